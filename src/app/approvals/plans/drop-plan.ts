import type { PlanApproval, Settlement } from '../../../domain/approval.ts';
import type { Instant } from '../../../domain/ids.ts';
import { endPlan } from '../../plans/end-plan.ts';
import type { NewId, Tx } from '../../ports.ts';

/** Ends the plan of a question that came to another end than a yes, and is not asked again: nothing more of it is begun, and
 * what has begun goes on by itself. One that has ended already is left alone. */
export async function dropPlan(
  tx: Tx,
  approval: PlanApproval,
  how: Settlement,
  at: Instant,
  newId: NewId,
): Promise<void> {
  const plan = await tx.plan(approval.plan);
  if (plan === null || plan.state.status === 'ended' || how.how === 'used') return;
  const end = { kind: 'not-approved' as const, approval: approval.id };
  await endPlan(tx, plan, end, at, newId);
}
