import type { Sighting } from '../../domain/agent.ts';
import { after, type Instant, instant, type MasterId, type ReactivationId } from '../../domain/ids.ts';
import { observeReactivation } from '../../domain/reactivation/observe.ts';
import type { Reactivation, ReactivationEvent } from '../../domain/reactivation.ts';
import { allToTheirEnd } from '../all-to-their-end.ts';
import { successorOf } from '../drains/look.ts';
import {
  leaderIn,
  lostAnswer,
  lostCall,
  settleMs,
  unlistedPollMs,
  type WatchDeps,
} from '../drains/watch-drains.ts';
import { VersionConflict } from '../faults.ts';
import { applyReactivation, auditOfReactivation } from './apply-reactivation.ts';

/** One pass over the reactivations that have not ended: looks at each agent whose hour has come, and writes what it
 * means. */
export function makeWatchReactivations(deps: WatchDeps) {
  const { store, master, clock, log, timing, judging } = deps;
  const startedAt = clock.now();
  /** When each was last looked at, in memory: forgetting it only means looking sooner. */
  const triedAt = new Map<ReactivationId, Instant>();

  return async function pass(now: Instant): Promise<Instant | null> {
    const open = await store.openReactivations(master.cluster);
    for (const id of triedAt.keys()) if (!open.some((each) => each.id === id)) triedAt.delete(id);
    await allToTheirEnd(open.filter((each) => dueAt(each) <= now).map(watch));
    const hours = (await store.openReactivations(master.cluster)).map(dueAt);
    return hours.length === 0 ? null : instant(Math.min(...hours));
  };

  function dueAt(reactivation: Reactivation): Instant {
    const { state, intendedAt } = reactivation;
    // Its door is in this process or died with another one.
    if (state.status === 'calling')
      return intendedAt < startedAt ? startedAt : after(intendedAt, timing.callDeadlineMs + settleMs);
    const tried = triedAt.get(reactivation.id);
    if (tried === undefined) return startedAt;
    if (state.status === 'confirming') {
      if (state.firstAbsent !== null) return after(tried, Math.min(judging.proofGapMs, timing.pollMs));
      const code = state.waiting?.cause.code;
      if (code === 'unreachable' || code === 'not-listed')
        return after(tried, Math.max(timing.pollMs, unlistedPollMs));
    }
    return after(tried, timing.pollMs);
  }

  async function watch(reactivation: Reactivation): Promise<void> {
    if (reactivation.state.status === 'calling') {
      return write(reactivation, [{ type: 'call-unknown', at: clock.now(), why: lostAnswer }], null);
    }
    const sighting = await look(reactivation);
    triedAt.set(reactivation.id, sighting.at);
    const successor = sighting.master.kind === 'absent' ? await successorOf(master, reactivation) : null;
    const events = observeReactivation(reactivation, sighting, successor, judging);
    await write(reactivation, events, leaderIn(sighting.master));
  }

  async function look({ agentId }: Reactivation): Promise<Sighting> {
    const seen = await master.lookAt(agentId);
    const agent =
      seen.kind === 'registered' && seen.agent.active
        ? await master.askAgent(agentId, seen.agent.address)
        : ({ kind: 'not-asked', why: 'it is not active' } as const);
    // After the reads, so that two sightings a second apart are two reads a second apart.
    return { at: clock.now(), master: seen, agent, frameworks: [], diagnosis: null };
  }

  async function write(
    reactivation: Reactivation,
    events: ReactivationEvent[],
    master: MasterId | null,
  ): Promise<void> {
    if (events.length === 0) return;
    try {
      await store.transact(async (tx) => {
        for (const { type, at } of events)
          if (type === 'call-unknown')
            await tx.append({ ...(await auditOfReactivation(tx, reactivation)), ...lostCall(at) });
        await applyReactivation(tx, reactivation, events, deps.newId, master);
      });
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
      log.debug({ agentId: reactivation.agentId }, 'a reactivation moved on during a look');
    }
    deps.onWritten();
  }
}
