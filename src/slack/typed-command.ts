import type { TypedCommand } from '../app/ports.ts';
import { channelId, type Instant, teamId, userId } from '../domain/ids.ts';

/** Longer texts are no commands; Slack itself takes about 4000 characters. */
const longestText = 4_000;

/** A slash command's payload (Slack: slash commands) with its ids checked; null where one is missing or none of
 * Slack's. People and channels are known by their ids alone: names can be changed by their owners. */
export function typedCommand(
  payload: Readonly<Record<string, unknown>>,
  receivedAt: Instant,
): TypedCommand | null {
  const field = (name: string) => {
    const value = payload[name];
    return typeof value === 'string' ? value : '';
  };
  try {
    const triggerId = field('trigger_id');
    const responseUrl = field('response_url');
    if (!/^\S{1,256}$/.test(triggerId) || !URL.canParse(responseUrl)) return null;
    return {
      via: 'typed',
      triggerId,
      user: userId(field('user_id')),
      userName: field('user_name').slice(0, 256).toWellFormed(),
      team: teamId(field('team_id')),
      channel: channelId(field('channel_id')),
      text: field('text').slice(0, longestText).toWellFormed(),
      responseUrl,
      receivedAt,
    };
  } catch {
    return null; // the ids' parsers: not one of Slack's
  }
}
