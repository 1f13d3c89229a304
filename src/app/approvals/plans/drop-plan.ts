import type { PlanApproval, Settlement } from '../../../domain/approval.ts';
import type { Instant } from '../../../domain/ids.ts';
import { applyAgentsPlan, auditOfPlan } from '../../plans/apply-agents-plan.ts';
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
  if (plan.of === 'agents') {
    await applyAgentsPlan(tx, plan, [{ type: 'ended', at, end }], newId);
    return;
  }
  const ended = { ...plan, version: plan.version + 1, state: { status: 'ended' as const, at, end } };
  await tx.savePlan(ended);
  await tx.append({
    ...(await auditOfPlan(tx, ended)),
    actor: { kind: 'bot' },
    at,
    event: 'plan.ended',
    outcome: end.kind,
  });
  await tx.cardStale(plan.thread, at);
}
