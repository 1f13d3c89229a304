import type { SlackModel } from '../model.ts';
import type { Change } from '../workspace/changes.ts';
import type { Message } from '../workspace/messages.ts';
import { botIsIn } from '../workspace/workspace.ts';

/** The scope an event needs beside being listed in the manifest (Slack: Events API, event types). */
const scopeOf: Record<string, string> = {
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  app_mention: 'app_mentions:read',
};

/** The Events API body for a change, or null when the app isn't told of it: an event that isn't listed, a scope it
 * lacks, a channel the bot isn't in. */
export function eventFor(model: SlackModel, change: Change): Record<string, unknown> | null {
  const event = eventOf(model, change);
  if (event === null) return null;
  const scope = scopeOf[event.type];
  if (!model.app.events.has(event.type) || scope === undefined || !model.app.scopes.has(scope)) return null;
  if (!('message' in change)) return null;
  const channel = model.workspace.channels.get(change.message.channel);
  if (channel === undefined || !botIsIn(model.workspace, channel)) return null;
  return envelope(model, event, channel.isExtShared);
}

interface SlackEvent {
  type: string;
  event_ts: string;
  [field: string]: unknown;
}

function eventOf(model: SlackModel, change: Change): SlackEvent | null {
  switch (change.kind) {
    case 'reaction added':
      return reaction(model, 'reaction_added', change);
    case 'reaction removed':
      return reaction(model, 'reaction_removed', change);
    case 'posted':
      return mention(model, change.message);
    case 'edited':
    case 'removed':
    case 'whispered':
      return null;
    default:
      return change satisfies never;
  }
}

function reaction(
  model: SlackModel,
  type: string,
  change: { message: Message; user: string; name: string },
): SlackEvent {
  const { message } = change;
  return {
    type,
    user: change.user,
    reaction: change.name,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    item_user: message.user,
    event_ts: model.nextTs(),
  };
}

function mention(model: SlackModel, message: Message): SlackEvent | null {
  const { bot } = model.workspace;
  if (message.botId !== null || !message.text.includes(`<@${bot.userId}>`)) return null;
  return {
    type: 'app_mention',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: model.workspace.team.id,
    channel: message.channel,
    event_ts: message.ts,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
  };
}

function envelope(model: SlackModel, event: SlackEvent, isExtShared: boolean): Record<string, unknown> {
  const { team, bot } = model.workspace;
  return {
    token: 'local-verification-token',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: team.enterpriseId,
    api_app_id: bot.appId,
    event,
    type: 'event_callback',
    event_id: `Ev${model.newId()}`,
    event_time: Math.floor(model.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: team.enterpriseId,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isExtShared,
    event_context: `4-${model.newId()}`,
  };
}
