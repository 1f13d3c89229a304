import { after, type Instant } from '../../../domain/ids.ts';
import { refusalAtCall } from '../../../domain/policy/judge-change.ts';
import { isUnreadable, type Refusal } from '../../../domain/refusal.ts';
import type { RollingEvent } from '../../../domain/rolling/events.ts';
import { mostWaitMs } from '../../../domain/rolling/halt.ts';
import { lostBy } from '../../../domain/rolling/leave-out.ts';
import type { RollingLine, RollingLineState } from '../../../domain/rolling.ts';
import { allToTheirEnd } from '../../all-to-their-end.ts';
import { MasterFault } from '../../faults.ts';
import { standing } from '../../policies/standing-policy.ts';
import type { PolicyInForce } from '../../ports.ts';
import {
  lookForReturn,
  objectionToReturn,
  type ReactivationDeps,
  sendReactivation,
} from '../../reactivations/send-reactivation.ts';
import { asTheyAre } from '../agents/frozen-agents.ts';
import { refuseIfHeld } from '../held-by-plan.ts';
import { commonOf } from '../take-out.ts';
import { applyHalting, type RunningPlan, stillDue, type WriteDeps, writeRolling } from './write-rolling.ts';

export type TakeBackDeps = ReactivationDeps & WriteDeps & { policy: PolicyInForce };

const atOnce = 4;

/** Takes agents of a plan back into service: what it has only kept away, and what is drained and due. */
export async function takeBack(
  deps: TakeBackDeps,
  plan: RunningPlan,
  lines: readonly RollingLine[],
): Promise<void> {
  const { policy, clock } = deps;
  for (let nth = 0; nth < lines.length; nth += atOnce)
    await allToTheirEnd(
      lines.slice(nth, nth + atOnce).map(async (line) => {
        const at = clock.now();
        const drained = line.state.is === 'drained';
        // What it only kept away is not changed but put right again: no freeze is about that.
        const frozen = drained
          ? refusalAtCall(standing(policy), { kind: 'reactivate', overridden: [] }, at)
          : null;
        const refusal = frozen ?? (await begin(deps, plan, line));
        if (refusal !== null) await write(deps, plan, line, refusal);
      }),
    );
}

/** Null: it has begun, or its turn comes again. */
async function begin(deps: TakeBackDeps, plan: RunningPlan, line: RollingLine): Promise<Refusal | null> {
  const { master, newId, log } = deps;
  const { agentId } = line;
  const [found] = await asTheyAre(deps, [line]);
  if (found === undefined) throw new TypeError('an agent of a frozen list got lost');
  const { chosen, others } = found;
  try {
    const looked = await lookForReturn(master, chosen);
    const objection = await objectionToReturn(deps, chosen, looked);
    if (objection !== null) return isUnreadable(objection) ? null : objection;
    const sent = await sendReactivation(deps, {
      ...commonOf(plan),
      agent: chosen,
      others,
      looked,
      plan: { id: plan.id, thread: plan.thread },
      quiet: true,
      record: async (tx, { id }) => {
        await refuseIfHeld(tx, chosen, master.cluster, plan.id);
        const now = await stillDue(tx, plan, (each) => isAsItWas(each, line));
        const drain = line.state.is === 'drained' ? line.state.drain : null;
        const to: RollingLineState = { is: 'returning', drain, reactivation: id };
        const at = deps.clock.now();
        await applyHalting(tx, now, [{ type: 'line-moved', at, agentId, from: line.state.is, to }], newId);
      },
    });
    if (sent.ok || sent.refusal.code === 'plan-settled' || sent.refusal.code === 'database-restored')
      return null;
    return sent.refusal;
  } catch (fault) {
    if (!(fault instanceof MasterFault)) throw fault;
    log.debug({ err: fault, agentId }, 'an agent of a plan can not be taken back now');
    return null;
  }
}

function isAsItWas({ lines }: RunningPlan, { agentId, state }: RollingLine): boolean {
  return lines.some((line) => line.agentId === agentId && line.state.is === state.is);
}

async function write(
  deps: TakeBackDeps,
  plan: RunningPlan,
  line: RollingLine,
  refusal: Refusal,
): Promise<void> {
  await writeRolling(deps, plan, (now, at) => {
    const current = now.lines.find(({ agentId }) => agentId === line.agentId);
    return current === undefined || current.state.is !== line.state.is
      ? []
      : refusedReturn(now, current, refusal, at);
  });
}

/** What a refusal to take an agent back makes of its plan. It may become possible by itself, so it is tried for a while. */
export function refusedReturn(
  plan: RunningPlan,
  line: RollingLine,
  refusal: Refusal,
  at: Instant,
): RollingEvent[] {
  const { agentId, state } = line;
  const move = (to: RollingLineState): RollingEvent[] => [
    { type: 'line-moved', at, agentId, from: state.is, to },
  ];
  const drain = state.is === 'drained' ? state.drain : null;
  // Somebody has put it back already. Of one that was drained, its own drain tells.
  if (refusal.code === 'not-deactivated') return drain === null ? move({ is: 'dropped' }) : [];
  const lost = lostBy(refusal);
  if (lost !== null) return drain === null ? move({ is: 'failed', drain, why: { code: lost } }) : [];
  if (refusal.code === 'against-policy' || refusal.code === 'policy-broken')
    // Also where no wave is left to hold up: it is tried until it may be, and people are told what it waits for.
    return plan.state.halt === null ? [{ type: 'halted', at, why: { code: 'refused', refusal } }] : [];
  const { waits } = plan.state;
  const why = { code: 'line-refused' as const, agentId, hostname: line.hostname, refusal };
  if (waits === null) return [{ type: 'waits', at, why, tell: false }];
  return at < after(waits.since, mostWaitMs)
    ? []
    : move({ is: 'failed', drain, why: { code: 'not-returned', refusal } });
}
