import type { App } from '@slack/bolt';
import type { Log, Reacted } from '../app/ports.ts';
import { channelId, messageTs } from '../domain/ids.ts';

/** Tells which messages people reacted to, or took a reaction from. Whoever did it, and how, is not passed on: an event may
 * be late, doubled or replayed, and what counts is read from Slack's own copy. */
export function listenForReactions(
  app: App,
  { log, onReacted }: { log: Log; onReacted(to: Reacted): void },
): void {
  app.event('reaction_added', async ({ event }) => tell(event.item));
  app.event('reaction_removed', async ({ event }) => tell(event.item));

  function tell(item: { type?: string; channel?: string; ts?: string }): void {
    if (item.type !== 'message') return;
    try {
      onReacted({ channel: channelId(item.channel ?? ''), ts: messageTs(item.ts ?? '') });
    } catch (err) {
      log.warn({ err }, 'a reaction to something that is no message');
    }
  }
}
