import { type ApprovalId, after, type Instant, instant } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Chat, Log, ThreadRow } from '../ports.ts';
import { type FaceDeps, faceOfThread } from './face-of-thread.ts';
import { backoffMs, type Pace } from './pace.ts';

/** One pass over the roots that no longer show the truth: edited in place, latest wins, within Slack's budget of
 * edits. What has come to its end goes first, then the one that has been wrong for longest. */
export function makeEditCards({
  chat,
  log,
  pace,
  cardEditMs,
  seenOpen,
  ...deps
}: FaceDeps & {
  chat: Chat;
  log: Log;
  pace: Pace;
  cardEditMs: number;
  /** The questions whose prompts were read in this process, and found open. */
  seenOpen: ReadonlySet<ApprovalId>;
}) {
  const { store, clock } = deps;
  /** Failures in a row, in memory: an edit may always be tried again. */
  const failures = new Map<ThreadRow['id'], { count: number; until: Instant }>();

  return async function pass(now: Instant): Promise<Instant | null> {
    const stale = [];
    // The thread is read before what it shows: whatever changes in between leaves it stale.
    for (const thread of await store.staleCards()) {
      const face = await faceOfThread(deps, thread);
      if (face === null) continue;
      // A database from the past may take a question for open that its own prompt says is settled: an edit would make
      // that prompt take votes again. So it is read first; its loop wakes this one.
      if (face.takesVotes !== null && !seenOpen.has(face.takesVotes)) continue;
      stale.push({ thread, ...face });
    }
    stale.sort(
      (a, b) =>
        Number(b.settled) - Number(a.settled) ||
        (a.thread.cardStaleSince ?? 0) - (b.thread.cardStaleSince ?? 0),
    );
    // Side by side: each reserves its place in the budget in this order, and one that hangs holds up no other.
    const again = await Promise.all(stale.map(({ thread, notice }) => edit(thread, notice, now)));
    const next = again.filter((at) => at !== null);
    return next.length === 0 ? null : instant(Math.min(...next));
  };

  async function edit(thread: ThreadRow, notice: Notice, now: Instant): Promise<Instant | null> {
    if (thread.ts === null) return null; // delivered first; the root shows the state of its queueing
    const due = Math.max(
      failures.get(thread.id)?.until ?? 0,
      thread.cardEditedAt === null ? 0 : thread.cardEditedAt + cardEditMs,
    ) as Instant;
    if (due > now) return due;
    const free = pace.edit(thread.channel, now);
    if (free > now) return free;
    // It keeps the anchor that it was posted with: a database from the past must not paint over what shows that it is.
    const delivery = await chat.edit(thread.channel, thread.ts, notice, []);
    const at = clock.now();
    switch (delivery.kind) {
      case 'sent':
        failures.delete(thread.id);
        await store.transact((tx) => tx.cardEdited(thread.id, thread.cardRevision, at));
        return null;
      case 'refused':
        // The thread tells the story; a card that someone deleted, or that is too old to edit, stays as it is.
        log.warn({ channel: thread.channel, why: delivery.code }, 'a card can not be edited');
        await store.transact((tx) => tx.cardEdited(thread.id, thread.cardRevision, at));
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
