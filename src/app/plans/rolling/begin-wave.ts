import { isUnreadable, type Refusal } from '../../../domain/refusal.ts';
import type { RollingEvent } from '../../../domain/rolling/events.ts';
import { judgeGate } from '../../../domain/rolling/gate.ts';
import { heldUp } from '../../../domain/rolling/halt.ts';
import { refusedAtTurn } from '../../../domain/rolling/leave-out.ts';
import { isItsTurn, isToBegin } from '../../../domain/rolling/standing.ts';
import type { HaltReason, RollingLine } from '../../../domain/rolling.ts';
import { allToTheirEnd } from '../../all-to-their-end.ts';
import type { VoteDeps } from '../../approvals/read-votes.ts';
import { MasterFault } from '../../faults.ts';
import type { AskGate } from '../../ports.ts';
import { asTheyAre } from '../agents/frozen-agents.ts';
import { type TakeOutDeps, takeOut } from '../take-out.ts';
import { wantsTwo } from './forbidden-now.ts';
import { judgeWave } from './judge-wave.ts';
import { type LookAtAwayDeps, lookAtAway } from './look-at-away.ts';
import { whyVotesFail } from './votes-stand.ts';
import { applyHalting, type RunningPlan, stillDue, writeRolling } from './write-rolling.ts';

export type BeginWaveDeps = TakeOutDeps & LookAtAwayDeps & VoteDeps & { askGate: AskGate };

/** Drains that are begun at once: each is a look and a call. */
const atOnce = 4;

/** Judges what is left to begin of a wave, and begins it; or writes what holds it up. */
export async function beginWave(
  deps: BeginWaveDeps,
  planned: RunningPlan,
  { wave, lines }: { wave: number; lines: readonly RollingLine[] },
): Promise<void> {
  const plan = await lookAtAway(deps, planned, lines);
  if (plan === null || plan.state.halt !== null) return;
  // One that did not show as kept away once, has to be looked at again.
  const now = plan.lines.filter((line) => line.wave === wave && isToBegin(line.state));
  if (now.length === 0 || now.some(({ state }) => state.is !== 'kept-away' || state.amiss !== null)) return;
  const why = await whatHoldsUp(deps, plan, wave);
  if (why !== null) {
    await writeRolling(deps, plan, (each, at) => holdUp(each, why, at));
    return;
  }
  const begun = await writeRolling(deps, plan, (each, at) => {
    const { phase, halt } = each.state;
    return halt === null && phase.at === 'between' && phase.wave === wave
      ? [{ type: 'phase-begun', at, phase: { at: 'wave', wave, since: at } }]
      : [];
  });
  if (begun === null) return;
  for (let nth = 0; nth < now.length; nth += atOnce)
    await allToTheirEnd(now.slice(nth, nth + atOnce).map((line) => begin(deps, begun, line)));
}

/** The votes last of all. */
async function whatHoldsUp(deps: BeginWaveDeps, plan: RunningPlan, wave: number): Promise<HaltReason | null> {
  const { policy, askGate } = deps;
  const verdict = await judgeWave(deps, plan, wave);
  if (!verdict.begins) return verdict.why;
  const { gate } = policy.current();
  if (gate !== null) {
    const said = judgeGate(await askGate(gate));
    if (!said.open) return { code: 'gate', why: said.why };
  }
  return whyVotesFail(deps, plan);
}

/** An agent that is refused may be left out, where somebody wants the others to go on. */
function holdUp(plan: RunningPlan, why: HaltReason, at: Parameters<typeof heldUp>[2]): RollingEvent[] {
  if (plan.state.halt !== null) return [];
  if (why.code !== 'line-refused') return heldUp(plan, why, at);
  const line = plan.lines.find(({ agentId }) => agentId === why.agentId);
  return line === undefined || !isToBegin(line.state) ? [] : refusedAtTurn(plan, line, why.refusal, at);
}

async function begin(deps: BeginWaveDeps, plan: RunningPlan, line: RollingLine): Promise<void> {
  const why = await whyNot(deps, plan, line);
  if (why === null) return;
  await writeRolling(deps, plan, (now, at) => holdUp(now, why, at));
}

/** Null: it has begun, or the plan has moved on. */
async function whyNot(deps: BeginWaveDeps, plan: RunningPlan, line: RollingLine): Promise<HaltReason | null> {
  const { clock, newId } = deps;
  const { agentId, hostname } = line;
  const [found] = await asTheyAre(deps, [line]);
  if (found === undefined) throw new TypeError('an agent of a frozen list got lost');
  try {
    const taken = await takeOut(deps, {
      plan,
      line,
      found,
      way: 'drain',
      maxGrace: plan.work.maxGrace,
      quiet: true,
      goneNext: plan.work.afterwards.do === 'mark-gone',
      wantsTwo: (idle) => wantsTwo(deps, plan, 1, idle, clock.now()),
      begun: async (tx, { id }, at) => {
        const now = await stillDue(tx, plan, (each) => isItsTurn(each, line));
        const from = 'kept-away' as const;
        const isOthers = line.state.is === 'kept-away' && !line.state.ours;
        const to = { is: 'draining' as const, drain: id, ...(isOthers ? { others: true as const } : {}) };
        await applyHalting(tx, now, [{ type: 'line-moved', at, agentId, from, to }], newId);
      },
    });
    if (taken.ok || taken.refusal.code === 'plan-settled' || taken.refusal.code === 'database-restored')
      return null;
    const { refusal } = taken;
    if (isUnreadable(refusal) || refusal.code === 'master-unreadable') return unreadable(hostname);
    return isAboutAll(refusal)
      ? { code: 'refused', refusal }
      : { code: 'line-refused', agentId, hostname, refusal };
  } catch (fault) {
    if (!(fault instanceof MasterFault)) throw fault;
    return { code: 'unreadable', why: fault.message };
  }
}

function isAboutAll({ code }: Refusal): boolean {
  return code === 'limit-reached' || code === 'master-cannot-drain';
}

function unreadable(hostname: string): HaltReason {
  return { code: 'unreadable', why: `the master does not show ${hostname} as it is now` };
}
