import type { TypedCommand } from '../app/ports.ts';
import type { Instant } from '../domain/ids.ts';
import { entities } from './blocks/text/escape.ts';
import { typedCommand } from './typed-command.ts';

/** A click on a button (Slack: block_actions payload) as the command that the button carries, given by who clicked; null
 * where an id is missing or none of Slack's. */
export function clickedCommand(
  body: Readonly<Record<string, unknown>>,
  value: string,
  receivedAt: Instant,
): TypedCommand | null {
  const { user, team, channel, container } = body;
  const typed = typedCommand(
    {
      trigger_id: body['trigger_id'],
      response_url: body['response_url'],
      user_id: within(user, 'id'),
      user_name: within(user, 'username') ?? within(user, 'name'),
      // Whoever clicks may be of another workspace than the one that the message is in.
      team_id: within(user, 'team_id') ?? within(team, 'id'),
      channel_id: within(channel, 'id') ?? within(container, 'channel_id'),
      // Slack hands a value back as it was given, and escapes what people type: from here on both are the same.
      text: entities(value),
    },
    receivedAt,
  );
  const ephemeral = within(container, 'is_ephemeral') === true ? { ephemeral: true as const } : {};
  return typed === null ? null : { ...typed, via: 'button', ...ephemeral };
}

function within(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined;
}
