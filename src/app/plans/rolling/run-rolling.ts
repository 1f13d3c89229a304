import { after, type Instant, instant, type PlanId } from '../../../domain/ids.ts';
import { advanceFully } from '../../../domain/rolling/advance.ts';
import { dueOf } from '../../../domain/rolling/due.ts';
import { newsOfLines } from '../../../domain/rolling/follow-lines.ts';
import { heldUp } from '../../../domain/rolling/halt.ts';
import type { RollingLine, RollingLineState, RollingPlan } from '../../../domain/rolling.ts';
import { lostAnswer, lostCall, settleMs } from '../../drains/watch-drains.ts';
import { MasterFault } from '../../faults.ts';
import { auditOfPlan } from '../apply-agents-plan.ts';
import { type BeginWaveDeps, beginWave } from './begin-wave.ts';
import { keepAway } from './keep-away.ts';
import { lookAtAway } from './look-at-away.ts';
import { recordsOfRolling } from './records-of-rolling.ts';
import { type TakeBackDeps, takeBack } from './take-back.ts';
import { applyHalting, isRunning, type RunningPlan, runningOf, writeRolling } from './write-rolling.ts';

export type RunRollingDeps = BeginWaveDeps &
  TakeBackDeps & { timing: { pollMs: number; callDeadlineMs: number } };

/** Carries running rolling plans on: by what the records of their lines say, by looks at what they keep away, and by the clock.
 * Each pass derives all of it anew from what is stored. Answers when to look again; null: whatever is written next wakes it. */
export function makeRunRolling(deps: RunRollingDeps) {
  const { store, master, clock, timing, judging, log } = deps;
  const startedAt = clock.now();
  /** When the agents of each were last looked at, in memory: forgetting it only means looking sooner. */
  const lookedAt = new Map<PlanId, Instant>();
  const sweptAt = new Map<PlanId, Instant>();
  /** What was due and could not be done is tried again then. */
  const tried = new Map<PlanId, { at: Instant; version: number }>();

  return async function run(planned: RollingPlan): Promise<Instant | null> {
    if (!isRunning(planned)) return null;
    let plan: RunningPlan | null = await followed(planned);
    if (plan !== null) plan = await settledLost(plan);
    if (plan !== null) plan = await looked(plan);
    if (plan !== null) plan = await writeRolling(deps, plan, advanceFully);
    if (plan !== null) await actOn(plan);
    const now = await store.plan(planned.id);
    if (now?.of === 'rolling' && isRunning(now)) return nextHour(now);
    for (const each of [lookedAt, sweptAt, tried]) each.delete(planned.id);
    return null;
  };

  async function followed(plan: RunningPlan): Promise<RunningPlan | null> {
    const records = await recordsOfRolling(store, plan);
    return writeRolling(deps, plan, (now, at) => newsOfLines(now, records, at));
  }

  /** Calls whose door is in another process that died, or that nobody waits for any more. */
  async function settledLost(plan: RunningPlan): Promise<RunningPlan | null> {
    const isLostNow = (line: RollingLine) => lostAt(line) !== null && clock.now() >= (lostAt(line) ?? 0);
    if (!plan.lines.some(isLostNow)) return plan;
    const written = await store.transact(async (tx) => {
      const now = await runningOf(tx, plan);
      if (now === null) return null;
      const at = clock.now();
      const lost = now.lines.filter(isLostNow);
      for (const { agentId, hostname } of lost)
        await tx.append({
          ...(await auditOfPlan(tx, now)),
          agent: { id: agentId, hostname },
          ...lostCall(at),
        });
      return applyHalting(
        tx,
        now,
        lost.map((line) => ({
          type: 'line-moved',
          at,
          agentId: line.agentId,
          from: line.state.is,
          to: checking(line),
        })),
        deps.newId,
      );
    });
    deps.onWritten();
    return written !== null && isRunning(written) ? written : null;
  }

  /** Null: nobody waits for an answer. */
  function lostAt({ state }: RollingLine): Instant | null {
    if (state.is !== 'deactivating' || state.call.at !== 'calling') return null;
    const { intendedAt } = state.call;
    return intendedAt < startedAt ? startedAt : after(intendedAt, timing.callDeadlineMs + settleMs);
  }

  async function looked(plan: RunningPlan): Promise<RunningPlan | null> {
    const due = lookDue(plan);
    const doubted = await doubtedBySweep(plan);
    const lines = [...(due !== null && due <= clock.now() ? inDoubt(plan) : []), ...doubted];
    if (lines.length === 0) return plan;
    try {
      return await lookAtAway(deps, plan, lines);
    } catch (fault) {
      return orHeldUp(plan, fault);
    } finally {
      lookedAt.set(plan.id, clock.now());
    }
  }

  /** Null: none is in doubt. A second read of one leader makes a proof as soon as it counts. */
  function lookDue(plan: RunningPlan): Instant | null {
    const lines = inDoubt(plan);
    if (lines.length === 0) return null;
    const last = lookedAt.get(plan.id);
    if (last === undefined) return startedAt;
    return after(
      last,
      lines.some(isHalfProven) ? Math.min(judging.proofGapMs, timing.pollMs) : timing.pollMs,
    );
  }

  /** What the latest sweep showed otherwise than kept away. It is slow, and its word only wakes a look. */
  async function doubtedBySweep(plan: RunningPlan): Promise<RollingLine[]> {
    const away = plan.lines.filter(({ state }) => state.is === 'kept-away' && state.amiss === null);
    const swept = away.length === 0 ? null : await store.swept(master.cluster);
    if (swept === null || (sweptAt.get(plan.id) ?? 0) >= swept.at) return [];
    sweptAt.set(plan.id, swept.at);
    const shown = new Map((await store.directory(master.cluster)).map((each) => [each.agentId, each.state]));
    return away.filter(({ agentId }) => !mayBeAway.has(shown.get(agentId) ?? 'unlisted'));
  }

  async function actOn(plan: RunningPlan): Promise<void> {
    // What the lost part of a log has done already, nobody here knows.
    if ((await store.thisDatabase()).restored !== null) return;
    const now = clock.now();
    const due = dueOf(plan, now);
    const isAny = due.keepAway.length + due.giveBack.length + due.bringBack.length > 0 || due.wave !== null;
    if (!isAny) return;
    const before = tried.get(plan.id);
    if (before?.version === plan.version && now < after(before.at, timing.pollMs)) return;
    tried.set(plan.id, { at: now, version: plan.version });
    try {
      await takeBack(deps, plan, [...due.giveBack, ...due.bringBack]);
      if (due.keepAway.length > 0) await keepAway(deps, plan, due.keepAway);
      if (due.wave !== null) await beginWave(deps, plan, due.wave);
    } catch (fault) {
      await orHeldUp(plan, fault);
    }
  }

  async function orHeldUp(plan: RunningPlan, fault: unknown): Promise<RunningPlan | null> {
    if (!(fault instanceof MasterFault)) throw fault;
    log.debug({ err: fault, planId: plan.id }, 'the agents of a plan can not be looked at now');
    const why = { code: 'unreadable' as const, why: fault.message };
    return writeRolling(deps, plan, (now, at) => heldUp(now, why, at));
  }

  function nextHour(plan: RunningPlan): Instant | null {
    const now = clock.now();
    const due = dueOf(plan, now);
    const left = due.keepAway.length + due.giveBack.length + due.bringBack.length > 0 || due.wave !== null;
    const hours = [
      due.at,
      lookDue(plan),
      left ? after(now, timing.pollMs) : null,
      ...plan.lines.map(lostAt),
    ].filter((hour) => hour !== null);
    return hours.length === 0 ? null : instant(Math.max(now, Math.min(...hours)));
  }
}

/** Whose state only a look can tell. */
function inDoubt({ lines }: RunningPlan): RollingLine[] {
  return lines.filter(({ state }) =>
    state.is === 'deactivating'
      ? state.call.at !== 'calling'
      : state.is === 'kept-away' && state.amiss !== null,
  );
}

function isHalfProven({ state }: RollingLine): boolean {
  if (state.is === 'kept-away') return state.amiss !== null;
  if (state.is !== 'deactivating') return false;
  const { call } = state;
  return call.at === 'checking' ? call.noEffect !== null : call.at === 'confirming' && call.amiss !== null;
}

const mayBeAway: ReadonlySet<string> = new Set(['deactivated', 'unreachable', 'recovered']);

function checking({ state }: RollingLine): RollingLineState {
  if (state.is !== 'deactivating' || state.call.at !== 'calling')
    throw new TypeError('no call of it is on its way');
  const { intendedAt } = state.call;
  return { is: 'deactivating', call: { at: 'checking', intendedAt, why: lostAnswer, noEffect: null } };
}
