import type { PlanApproval, Settlement } from '../../../domain/approval.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { Tx } from '../../ports.ts';

/** Ends the plan of a question that came to another end than a yes, and is not asked again: nothing more of it is begun, and
 * what has begun goes on by itself. One that has ended already is left alone. */
export async function dropPlan(tx: Tx, approval: PlanApproval, how: Settlement, at: Instant): Promise<void> {
  const plan = await tx.plan(approval.plan);
  if (plan === null || plan.state.status === 'ended' || how.how === 'used') return;
  await tx.savePlan({
    ...plan,
    version: plan.version + 1,
    state: { status: 'ended', at, end: { kind: 'not-approved', approval: approval.id } },
  });
  await tx.cardStale(plan.thread, at);
}
