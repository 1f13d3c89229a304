import type { MasterSighting } from '../../domain/agent.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import { gapBefore } from '../../domain/drain/gap.ts';
import { observe } from '../../domain/drain/observe.ts';
import type { Judging } from '../../domain/drain/proof.ts';
import { type Drain, type DrainEvent, givesWay } from '../../domain/drain.ts';
import { after, type DrainId, type Instant, instant } from '../../domain/ids.ts';
import { knownAgent } from '../agents/find-agent.ts';
import { allToTheirEnd } from '../all-to-their-end.ts';
import { VersionConflict } from '../faults.ts';
import type { Clock, Log, Master, NewId, Store, StoredDrain, Tx } from '../ports.ts';
import { applyEvents, auditOf } from './apply-events.ts';
import { look, successorOf } from './look.ts';

/** Beyond the call's own deadline, before a call without a recorded outcome counts as unknown. */
export const settleMs = 30_000;

/** What is filed of a call whose door is gone. */
export const lostAnswer =
  "the master's answer was not written down in time: the bot stopped, or its database did not take it";

/** Between two looks at an agent that the master does not list: each reads the whole registry (mesos-api 2.6). */
export const unlistedPollMs = 60_000;

export interface WatchDeps {
  store: Store;
  master: Master;
  clock: Clock;
  newId: NewId;
  log: Log;
  judging: Judging;
  timing: { pollMs: number; callDeadlineMs: number };
  onWritten(): void;
}

/** One pass over the open drains of a cluster: looks at each whose hour has come, and writes what it means. */
export function makeWatchDrains(deps: WatchDeps) {
  const { store, master, clock, log, timing, judging } = deps;
  const startedAt = clock.now();
  /** When each was last looked at, in memory: forgetting it only means looking sooner. */
  const triedAt = new Map<DrainId, Instant>();

  return async function pass(now: Instant): Promise<Instant | null> {
    const open = await store.openDrains(master.cluster);
    for (const id of triedAt.keys()) if (!open.some(({ drain }) => drain.id === id)) triedAt.delete(id);
    await allToTheirEnd(open.filter(({ drain }) => dueAt(drain) <= now).map(watch));
    const hours = (await store.openDrains(master.cluster)).map((stored) => dueAt(stored.drain));
    return hours.length === 0 ? null : instant(Math.min(...hours));
  };

  function dueAt(drain: Drain): Instant {
    const { state, intendedAt } = drain;
    // Its door is in this process or died with another one.
    if (state.status === 'calling')
      return intendedAt < startedAt ? startedAt : after(intendedAt, timing.callDeadlineMs + settleMs);
    const tried = triedAt.get(drain.id);
    if (tried === undefined) return startedAt;
    const first = state.status === 'draining' ? (state.firstDrained ?? state.firstAbsent) : null;
    // The second read of a proof comes as soon as it counts; what it leaves open waits for the next poll.
    if (first !== null && tried < first.at + judging.proofGapMs) return after(first.at, judging.proofGapMs);
    return after(tried, isUnlisted(drain) ? Math.max(timing.pollMs, unlistedPollMs) : timing.pollMs);
  }

  async function watch({ drain, checkedAt }: StoredDrain): Promise<void> {
    const at = clock.now();
    if (drain.state.status === 'calling')
      return write(drain, [{ type: 'call-unknown', at, why: lostAnswer }], null, lost(drain, at));
    if (isRecallLost(drain, at))
      return write(drain, [{ type: 'recall-unknown', at, why: lostAnswer }], null, lost(drain, at));
    const sighting = await look(master, clock, drain);
    triedAt.set(drain.id, sighting.at);
    const successor = sighting.master.kind === 'absent' ? await successorOf(master, drain) : null;
    const gap = gapBefore(drain, checkedAt, sighting.master, sighting.at, timing.pollMs);
    await write(drain, [...gap, ...observe(drain, sighting, successor, judging)], sighting.master);
  }

  /** Its door files a call's outcome; this one's is gone. */
  function lost(drain: Drain, at: Instant): AuditDraft {
    const entry: AuditDraft = { ...auditOf(drain), at, event: 'call.unknown', actor: { kind: 'bot' } };
    return { ...entry, outcome: 'unknown', facts: { why: lostAnswer } };
  }

  /** Whether nobody is waiting any more for the answer to a call that takes a `mark_gone` back. */
  function isRecallLost({ state }: Drain, now: Instant): boolean {
    if (state.status !== 'draining' || state.recall?.status !== 'calling') return false;
    return state.recall.at < startedAt || now >= after(state.recall.at, timing.callDeadlineMs + settleMs);
  }

  /** `seen` null: nobody looked. */
  async function write(
    drain: Drain,
    events: DrainEvent[],
    seen: MasterSighting | null,
    entry: AuditDraft | null = null,
  ): Promise<void> {
    try {
      await store.transact(async (tx) => {
        if (entry !== null) await tx.append(entry);
        if (seen !== null && seen.kind !== 'not-read') await tx.noteChecked(drain.id, clock.now());
        // What people ask meanwhile should not know less than the thread.
        if (seen?.kind === 'registered')
          await tx.rememberAgents(master.cluster, [knownAgent(seen.agent, clock.now())]);
        // While this bot reactivates it itself, that call's own watch ends the deactivation and tells it.
        if (
          givesWay(drain) &&
          (await tx.openReactivations(drain.cluster)).some((each) => each.drain === drain.id)
        )
          return;
        const left = events.every(isNotGone) || !(await isMarking(tx, drain)) ? events : [];
        await applyEvents(tx, drain, left, deps.newId);
      });
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
      // A command moved it on while we looked; the next pass judges the new state.
      log.debug({ drainId: drain.id }, 'a drain moved on during a look');
    }
    deps.onWritten();
  }
}

/** Whether this bot is marking its agent gone: by that call's own watch the drain ends, with by whom. */
async function isMarking(tx: Tx, { cluster, agentId }: Drain): Promise<boolean> {
  return (await tx.openMarkGones(cluster)).some((marking) => marking.agentId === agentId);
}

function isNotGone(event: DrainEvent): boolean {
  return event.type !== 'ended' || event.end.kind !== 'gone';
}

function isUnlisted({ state }: Drain): boolean {
  if (state.status !== 'draining') return false;
  const code = state.waiting?.cause.code;
  return code === 'unreachable' || code === 'not-listed';
}
