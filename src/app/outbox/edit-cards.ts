import { after, type Instant, instant } from '../../domain/ids.ts';
import { cardOf, type Notice } from '../../domain/notice.ts';
import type { Chat, Clock, Log, Store, StoredDrain, ThreadRow } from '../ports.ts';
import { backoffMs, type Pace } from './pace.ts';

/** One pass over the cards that no longer show the truth: edited in place, latest wins, within Slack's budget of
 * edits. Ended drains first, then the card that has been wrong for longest. */
export function makeEditCards({
  store,
  chat,
  clock,
  log,
  pace,
  cardEditMs,
}: {
  store: Store;
  chat: Chat;
  clock: Clock;
  log: Log;
  pace: Pace;
  cardEditMs: number;
}) {
  /** Failures in a row, in memory: an edit may always be tried again. */
  const failures = new Map<ThreadRow['id'], { count: number; until: Instant }>();

  return async function pass(now: Instant): Promise<Instant | null> {
    const stale = [];
    for (const thread of await store.staleCards()) {
      const stored = thread.drain === null ? null : await store.drain(thread.drain);
      if (stored !== null) stale.push({ thread, stored });
    }
    stale.sort(
      (a, b) =>
        rank(a.stored) - rank(b.stored) || (a.thread.cardStaleSince ?? 0) - (b.thread.cardStaleSince ?? 0),
    );
    // Side by side: each reserves its place in the budget in this order, and one that hangs holds up no other.
    const again = await Promise.all(stale.map(({ thread, stored }) => edit(thread, stored, now)));
    const next = again.filter((at) => at !== null);
    return next.length === 0 ? null : instant(Math.min(...next));
  };

  async function edit(thread: ThreadRow, stored: StoredDrain, now: Instant): Promise<Instant | null> {
    if (thread.ts === null) return null; // delivered first; the root shows the state of its queueing
    const due = Math.max(
      failures.get(thread.id)?.until ?? 0,
      thread.cardEditedAt === null ? 0 : thread.cardEditedAt + cardEditMs,
    ) as Instant;
    if (due > now) return due;
    const free = pace.edit(thread.channel, now);
    if (free > now) return free;
    const shown = { version: stored.drain.version, checkedAt: stored.checkedAt };
    const root = await store.notice(thread.rootNotice);
    const preview = root?.kind === 'drain-card' ? root.preview : null;
    const card: Notice = {
      kind: 'drain-card',
      card: cardOf(stored.drain, clock.now(), stored.checkedAt),
      preview,
    };
    const delivery = await chat.edit(thread.channel, thread.ts, card, [thread.rootNotice]);
    const at = clock.now();
    switch (delivery.kind) {
      case 'sent':
        failures.delete(thread.id);
        await store.transact((tx) => tx.cardEdited(thread.id, shown, at));
        return null;
      case 'refused':
        // The thread tells the story; a card that someone deleted, or that is too old to edit, stays as it is.
        log.warn({ channel: thread.channel, why: delivery.code }, 'a card can not be edited');
        await store.transact((tx) => tx.cardEdited(thread.id, shown, at));
        return null;
      case 'limited':
      case 'doubtful': {
        const count = (failures.get(thread.id)?.count ?? 0) + 1;
        const wait = delivery.kind === 'limited' ? delivery.retryAfterMs : backoffMs(count);
        const until = after(at, wait);
        failures.set(thread.id, { count, until });
        if (delivery.kind === 'limited') pace.limited('edit', thread.channel, until);
        return until;
      }
    }
  }
}

function rank({ drain }: StoredDrain): number {
  return drain.state.status === 'ended' || drain.state.status === 'drained' ? 0 : 1;
}
