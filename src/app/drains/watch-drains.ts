import type { Diagnosis, MasterSighting } from '../../domain/agent.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import { gapBefore } from '../../domain/drain/gap.ts';
import { nudgeDue } from '../../domain/drain/nudge.ts';
import { observe } from '../../domain/drain/observe.ts';
import type { Judging } from '../../domain/drain/proof.ts';
import { wantsDiagnosis } from '../../domain/drain/stuck.ts';
import { type Drain, type DrainEvent, givesWay } from '../../domain/drain.ts';
import { after, type DrainId, type Instant, instant, type MasterId } from '../../domain/ids.ts';
import { isTakenDownBy } from '../../domain/maintenance/may-maintain.ts';
import { knownAgent } from '../agents/find-agent.ts';
import { allToTheirEnd } from '../all-to-their-end.ts';
import { VersionConflict } from '../faults.ts';
import type { Clock, Master, StoredDrain, Tx } from '../ports.ts';
import { applyEvents, auditOf } from './apply-events.ts';
import { diagnosis, look, successorOf } from './look.ts';
import { nudgeDrain } from './nudge-drain.ts';
import type { SendDeps } from './send-drain.ts';

/** Beyond the call's own deadline, before a call without a recorded outcome counts as unknown. */
export const settleMs = 30_000;

/** What is filed of a call whose door is gone. */
export const lostAnswer =
  "the master's answer was not written down in time: the bot stopped, or its database did not take it";

/** Between two looks at an agent that the master does not list: each reads the whole registry (mesos-api 2.6). */
export const unlistedPollMs = 60_000;

/** Between two readings of the tasks of the whole cluster for one drain (product.md 5.2). */
const diagnosisMs = 600_000;

export interface WatchDeps extends SendDeps {
  master: Master;
  clock: Clock;
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
  /** What the master last listed of each whose agent can't be asked. */
  const diagnoses = new Map<DrainId, Diagnosis>();

  return async function pass(now: Instant): Promise<Instant | null> {
    const open = await store.openDrains(master.cluster);
    for (const id of [...triedAt.keys(), ...diagnoses.keys()])
      if (!open.some(({ drain }) => drain.id === id)) {
        triedAt.delete(id);
        diagnoses.delete(id);
      }
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
    return after(tried, pollMsOf(drain));
  }

  function pollMsOf(drain: Drain): number {
    return isUnlisted(drain) ? Math.max(timing.pollMs, unlistedPollMs) : timing.pollMs;
  }

  async function watch({ drain, checkedAt }: StoredDrain): Promise<void> {
    const at = clock.now();
    if (drain.state.status === 'calling')
      return write(drain, [{ type: 'call-unknown', at, why: lostAnswer }], null, lostCall(at));
    const answerless = answerLost(drain, at);
    if (answerless !== null) return write(drain, [answerless], null, lostCall(at));
    const sighting = await look(master, clock, drain, () => diagnose(drain));
    triedAt.set(drain.id, sighting.at);
    const successor = sighting.master.kind === 'absent' ? await successorOf(master, drain) : null;
    const gap = gapBefore(drain, checkedAt, sighting.master, sighting.at, {
      usualMs: pollMsOf(drain),
      worthMs: judging.stuckAfterMs,
    });
    await write(drain, [...gap, ...observe(drain, sighting, successor, judging)], sighting.master);
    if (drain.state.status !== 'draining' || drain.state.waiting?.cause.code !== 'missed-check') return;
    const now = (await store.drain(drain.id))?.drain;
    if (now !== undefined && nudgeDue(now, sighting)) await nudgeDrain(deps, now, sighting.master);
  }

  async function diagnose(drain: Drain): Promise<Diagnosis | null> {
    const now = clock.now();
    if (!wantsDiagnosis(drain, now, judging)) return null;
    const last = diagnoses.get(drain.id);
    if (last !== undefined && now < after(last.at, diagnosisMs)) return last;
    const read = await diagnosis(master, clock, drain);
    diagnoses.set(drain.id, read);
    return read;
  }

  /** What is written of a change or a nudge whose answer nobody is waiting for any more; null: somebody is, or there is
   * none. */
  function answerLost({ state }: Drain, at: Instant): DrainEvent | null {
    if (state.status !== 'draining') return null;
    const { amendment, nudges } = state;
    if (amendment?.status === 'calling' && isLost(amendment.at))
      return { type: 'amend-unknown', at, why: lostAnswer };
    if (nudges.calling && nudges.lastAt !== null && isLost(nudges.lastAt))
      return { type: 'nudge-answered', at, outcome: 'unknown', why: lostAnswer };
    return null;

    function isLost(intendedAt: Instant): boolean {
      return intendedAt < startedAt || at >= after(intendedAt, timing.callDeadlineMs + settleMs);
    }
  }

  /** `seen` null: nobody looked. */
  async function write(
    drain: Drain,
    events: DrainEvent[],
    seen: MasterSighting | null,
    entry: LostCall | null = null,
  ): Promise<void> {
    try {
      await store.transact(async (tx) => {
        if (entry !== null) await tx.append({ ...(await auditOf(tx, drain)), ...entry });
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
        const plans = await tx.unendedPlans(drain.cluster);
        if (plans.some((plan) => isTakenDownBy(plan, drain.agentId))) return;
        const left = events.every(isNotGone) || !(await isMarking(tx, drain)) ? events : [];
        await applyEvents(tx, drain, left, deps.newId, leaderIn(seen));
      });
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
      // A command moved it on while we looked; the next pass judges the new state.
      log.debug({ drainId: drain.id }, 'a drain moved on during a look');
    }
    deps.onWritten();
  }
}

type LostCall = Pick<AuditDraft, 'at' | 'event' | 'actor' | 'outcome' | 'facts'>;

/** What the door would have filed of a call, had it lived. */
export function lostCall(at: Instant): LostCall {
  return {
    at,
    event: 'call.unknown',
    actor: { kind: 'bot' },
    outcome: 'unknown',
    facts: { why: lostAnswer },
  };
}

/** Whose word a look gave; null: nobody's. */
export function leaderIn(seen: MasterSighting | null): MasterId | null {
  return seen !== null && 'leader' in seen ? seen.leader : null;
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
