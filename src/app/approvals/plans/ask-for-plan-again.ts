import type { Covers } from '../../../domain/approval/covers.ts';
import type { PlanApproval, Settlement } from '../../../domain/approval.ts';
import type { Plan } from '../../../domain/plan.ts';
import { MasterFault } from '../../faults.ts';
import type { JudgeDeps } from '../acting/subject.ts';
import { applyApproval } from '../apply-approval.ts';
import { hourOfQuestion } from '../asking/open-approval.ts';
import { settle } from '../settle-approval.ts';
import { openPlanApproval } from './open-plan-approval.ts';

/** Brings a question about a plan to its end, and asks again in a new message, with the list as it is now. Where that may
 * not be asked any more, it ends with that. `covers`: as it was just judged, for where nobody can look; null: it was not. */
export async function askForPlanAgain(
  deps: JudgeDeps,
  approval: PlanApproval,
  how: Settlement,
  covers: Covers | null,
): Promise<void> {
  const { store, clock, newId, previewFile, policy, planActs } = deps;
  const plan = await store.plan(approval.plan);
  const now = plan === null ? null : await lookAgain(deps, approval, plan, covers);
  if (plan === null || now === null) return settle(deps, approval, how);
  await store.transact(async (tx) => {
    const at = clock.now();
    const rules = policy.current().approvals;
    const telling = { newId, approving: rules.approving };
    const overtaken = await planActs[plan.of].overtakenBy(tx, plan, approval.id);
    if (overtaken !== null) {
      const refused = { how: 'refused' as const, refusal: overtaken };
      await applyApproval(tx, approval, [{ type: 'settled', at, how: refused, again: null }], telling);
      return;
    }
    // The old one must be settled first, and knows the number of the new one: numbers are given in this order.
    const again = await tx.nextApprovalId();
    await applyApproval(tx, approval, [{ type: 'settled', at, how, again }], telling);
    const { cluster, requester, channel, correlation, typed, reason, because } = approval;
    const asking = { cluster, requester, channel, correlation, typed, parsed: null, reason, because };
    const who = {
      follows: approval.id,
      actor: { kind: 'bot' as const },
      id: again,
      ...hourOfQuestion(approval),
    };
    await openPlanApproval(tx, plan, now, { ...asking, ...who }, rules, { at, newId, previewFile });
  });
}

/** Null: the same may not be asked for any more, or nobody can say what would be asked. */
async function lookAgain(
  { planActs }: JudgeDeps,
  approval: PlanApproval,
  plan: Plan,
  otherwise: Covers | null,
): Promise<Covers | null> {
  try {
    const found = await planActs[plan.of].look(plan, approval.id, true);
    return found.ok ? found.value : null;
  } catch (fault) {
    if (fault instanceof MasterFault) return otherwise;
    throw fault;
  }
}
