import { after, type Instant, instant } from '../../domain/ids.ts';
import { logFault } from '../outage.ts';
import type { ThreadRow } from '../ports.ts';
import { makeAnswerLane } from './answer-lane.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { addressOf, makePostLane, type PostDeps } from './post-lane.ts';

export interface OutboxDeps extends PostDeps {
  /** A lane has come to an end: it may have more, or the ops channel has news. */
  onSettled(): void;
}

/** Until a lane is tried again whose outcome the store did not take. */
const retryMs = 5_000;

/** Delivers what people have not been told yet, in order within a thread (promise 7): one message per lane at a time,
 * and the lanes side by side, so that a request which hangs holds up nobody but its own thread. */
export function makeDeliverOutbox(deps: OutboxDeps) {
  const { store, clock, log, pace } = deps;
  const post = makePostLane(deps);
  const answer = makeAnswerLane(deps);
  const underWay = new Map<string, Promise<void>>();
  const retryAt = new Map<string, Instant>();

  async function pass(now: Instant): Promise<Instant | null> {
    for (const [key, at] of retryAt) if (at <= now) retryAt.delete(key);
    // What is read of these may be told by the time it is looked at; their end wakes another pass.
    const stale = new Set(underWay.keys());
    const rows = await store.outbox();
    const threads = new Map<ThreadRow['id'], ThreadRow>();
    for (const { to } of rows) {
      if (to.kind !== 'root' && to.kind !== 'reply') continue;
      const thread = threads.has(to.thread) ? null : await store.thread(to.thread);
      if (thread !== null) threads.set(to.thread, thread);
    }
    const later: Instant[] = [...retryAt.values()];
    for (const lane of lanesOf(rows, threads)) {
      const key = keyOf(lane);
      if (stale.has(key) || retryAt.has(key)) continue;
      const ripe = ripeAt(lane, now);
      if (ripe > now) later.push(ripe);
      else underWay.set(key, deliver(lane, key, now));
    }
    return later.length === 0 ? null : instant(Math.min(...later));
  }

  async function deliver(lane: Lane, key: string, now: Instant): Promise<void> {
    try {
      await (lane.kind === 'answer' ? answer(lane, now) : post(lane, now));
    } catch (err) {
      logFault(log, err, { lane: key }, 'a delivery could not be written down');
      retryAt.set(key, after(clock.now(), retryMs));
    } finally {
      underWay.delete(key);
      deps.onSettled();
    }
  }

  /** When a lane may leave; reserves its place in Slack's rates if that is now. */
  function ripeAt(lane: Lane, now: Instant): Instant {
    if (lane.kind === 'answer') return lane.row.dueAt;
    if (lane.kind === 'dead') return now;
    const due = instant(Math.max(...lane.rows.map((row) => row.dueAt)));
    const address = addressOf(lane);
    return due > now || 'person' in address ? due : pace.post(address.channel, now);
  }

  return {
    pass,
    busy: () => underWay.size > 0,
    /** Resolves when nothing is being delivered. */
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
}

/** One message at a time for each: a thread, or a message that stands alone. */
function keyOf(lane: Lane): string {
  switch (lane.kind) {
    case 'answer':
      return lane.row.id;
    case 'channel':
      return lane.rows[0].id;
    case 'person':
      return lane.to.user;
    case 'root':
    case 'replies':
    case 'dead':
      return lane.thread.id;
  }
}
