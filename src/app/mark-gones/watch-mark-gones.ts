import { after, type Instant, instant, type MarkGoneId, type MasterId } from '../../domain/ids.ts';
import { observeMarkGone } from '../../domain/mark-gone/observe.ts';
import type { MarkGone, MarkGoneEvent } from '../../domain/mark-gone.ts';
import { allToTheirEnd } from '../all-to-their-end.ts';
import {
  leaderIn,
  lostAnswer,
  lostCall,
  settleMs,
  unlistedPollMs,
  type WatchDeps,
} from '../drains/watch-drains.ts';
import { VersionConflict } from '../faults.ts';
import { applyMarkGone, auditOfMarkGone } from './apply-mark-gone.ts';

/** One pass over the mark gones that have not ended: looks at the registry of each whose hour has come, and writes what it
 * means. */
export function makeWatchMarkGones(deps: WatchDeps) {
  const { store, master, clock, log, timing, judging } = deps;
  const startedAt = clock.now();
  /** When each was last looked at, in memory: forgetting it only means looking sooner. */
  const triedAt = new Map<MarkGoneId, Instant>();

  return async function pass(now: Instant): Promise<Instant | null> {
    const open = await store.openMarkGones(master.cluster);
    for (const id of triedAt.keys()) if (!open.some((each) => each.id === id)) triedAt.delete(id);
    await allToTheirEnd(open.filter((each) => dueAt(each) <= now).map(watch));
    const hours = (await store.openMarkGones(master.cluster)).map(dueAt);
    return hours.length === 0 ? null : instant(Math.min(...hours));
  };

  function dueAt({ id, state, intendedAt }: MarkGone): Instant {
    // Its door is in this process or died with another one.
    if (state.status === 'calling')
      return intendedAt < startedAt ? startedAt : after(intendedAt, timing.callDeadlineMs + settleMs);
    const tried = triedAt.get(id);
    if (tried === undefined) return startedAt;
    const waits = (state.status === 'checking' || state.status === 'confirming') && state.waiting !== null;
    // What lasts is looked at less often: each look at an agent that is not listed reads the whole registry.
    const pause =
      waits && hasLasted(state.waiting?.since, tried)
        ? Math.max(timing.pollMs, unlistedPollMs)
        : timing.pollMs;
    return after(tried, pause);
  }

  async function watch(marking: MarkGone): Promise<void> {
    if (marking.state.status === 'calling') {
      const at = clock.now();
      return write(marking, [{ type: 'call-unknown', at, why: lostAnswer }], null);
    }
    const seen = await master.lookAt(marking.agentId);
    const at = clock.now();
    triedAt.set(marking.id, at);
    await write(marking, observeMarkGone(marking, seen, at, judging), leaderIn(seen));
  }

  async function write(marking: MarkGone, events: MarkGoneEvent[], master: MasterId | null): Promise<void> {
    if (events.length === 0) return;
    try {
      await store.transact(async (tx) => {
        for (const { type, at } of events)
          if (type === 'call-unknown')
            await tx.append({ ...(await auditOfMarkGone(tx, marking)), ...lostCall(at) });
        await applyMarkGone(tx, marking, events, deps.newId, master);
      });
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
      log.debug({ agentId: marking.agentId }, 'a mark gone moved on during a look');
    }
    deps.onWritten();
  }
}

/** Whether a wait has lasted for more than a minute. */
function hasLasted(since: Instant | undefined, now: Instant): boolean {
  return since !== undefined && now > since + unlistedPollMs;
}
