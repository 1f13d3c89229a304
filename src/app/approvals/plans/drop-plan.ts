import type { PlanApproval, Settlement } from '../../../domain/approval.ts';
import type { ApprovalId, Instant } from '../../../domain/ids.ts';
import { leftBy } from '../../../domain/maintenance/left-standing.ts';
import type { Plan, PlanEnd } from '../../../domain/plan.ts';
import { isWriting } from '../../maintenance/draw-up.ts';
import { endPlan } from '../../plans/end-plan.ts';
import { dropMarking } from '../../plans/rolling/drop-marking.ts';
import type { NewId, Tx } from '../../ports.ts';

/** The end of a plan whose question had this one. */
export function endWithout(plan: Plan, approval: ApprovalId, how: Settlement): PlanEnd {
  return how.how === 'withdrawn' && plan.state.status === 'running'
    ? { kind: 'cancelled', by: how.by, ...leftBy(plan) }
    : { kind: 'not-approved', approval, ...leftBy(plan) };
}

/** Ends the plan of a question that came to another end than a yes, and is not asked again: nothing more of it is begun, and
 * what has begun goes on by itself. One that has ended already is left alone; one that drains in waves only marks nothing gone
 * any more. */
export async function dropPlan(
  tx: Tx,
  approval: PlanApproval,
  how: Settlement,
  at: Instant,
  newId: NewId,
): Promise<void> {
  const plan = await tx.plan(approval.plan);
  if (plan === null || plan.state.status === 'ended' || how.how === 'used') return;
  // What it keeps away and drains goes on without the calls that the votes were for, once somebody wants that.
  if (plan.of === 'rolling' && plan.state.status === 'running')
    return dropMarking(tx, plan, approval.id, how, at, newId);
  // A call that may have left is followed first; then nobody lets the next one leave, and the plan's own loop ends it.
  if (isWriting(plan)) return;
  await endPlan(tx, plan, endWithout(plan, approval.id, how), at, newId);
}
