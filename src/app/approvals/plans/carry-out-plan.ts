import { endByTime } from '../../../domain/approval/patience.ts';
import type { FirstOfPlan } from '../../../domain/approval/plan-steps.ts';
import { mayLeave, readBallots } from '../../../domain/approval/read-ballots.ts';
import type { ApprovalEvent, PlanApproval } from '../../../domain/approval.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { Plan } from '../../../domain/plan.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { ChatFault, VersionConflict } from '../../faults.ts';
import { Overtaken } from '../../overtaken.ts';
import type { Tx } from '../../ports.ts';
import type { JudgeDeps } from '../acting/subject.ts';
import { applyApproval, approvedBy } from '../apply-approval.ts';
import { readVotes } from '../read-votes.ts';

/** Begins a plan on its approval, which is used up by that, or goes on to stand for the call that can't be undone. Answers why
 * not, where a rule broke in the meantime; then nothing was begun. Throws VersionConflict where either moved on. */
export async function beginPlan(
  deps: JudgeDeps,
  approval: PlanApproval,
  plan: Plan,
  first: Exclude<FirstOfPlan, 'send'>,
): Promise<Refusal | null> {
  try {
    await deps.store.transact(async (tx) => {
      const at = deps.clock.now();
      await refuseIfOvertaken(tx, deps, approval, plan);
      const event = first === 'begin' ? used(approval, at) : { type: 'stands' as const, at, drain: null };
      await apply(tx, deps, approval, event);
      // Asked again while it runs: it has begun.
      if (plan.state.status === 'running') return;
      // While the approval stands, its message goes on taking votes; the card of a rolling plan does so too.
      if (first === 'begin' || plan.of === 'rolling') await tx.planInThread(plan.thread, plan.id);
      await deps.planActs[plan.of].begin(tx, plan, approvedBy(approval), at);
    });
    return null;
  } catch (fault) {
    if (fault instanceof Overtaken) return fault.refusal;
    throw fault;
  }
}

/** Sends the call of a plan that can't be undone. The approval is used up in the transaction of the intent. Answers and throws
 * as above. */
export function sendOfPlan(deps: JudgeDeps, approval: PlanApproval, plan: Plan): Promise<Refusal | null> {
  return deps.planActs[plan.of].send(plan, approvedBy(approval), {
    voted: () => readAgain(deps, approval),
    used: async (tx, at) => {
      await refuseIfOvertaken(tx, deps, approval, plan);
      await apply(tx, deps, approval, used(approval, at));
      await tx.planInThread(plan.thread, plan.id);
    },
  });
}

/** Other writers of the schedule, and the master, may have been waited for since the votes were read. */
async function readAgain(deps: JudgeDeps, approval: PlanApproval): Promise<void> {
  const ts = (await deps.store.thread(approval.thread))?.ts ?? null;
  const votes = ts === null ? null : await readVotes(deps, approval, ts).catch(nullOfChatFault);
  const stand =
    votes !== null &&
    'read' in votes &&
    readBallots(approval, votes.read, deps.clock.now()).length === 0 &&
    mayLeave(approval, votes.read);
  if (!stand) throw new VersionConflict(`The votes on a${approval.id} have to be looked at again.`);
}

function nullOfChatFault(fault: unknown): null {
  if (fault instanceof ChatFault) return null;
  throw fault;
}

/** By what the transaction sees: the time that is left, and everything else that may have come up. */
async function refuseIfOvertaken(tx: Tx, deps: JudgeDeps, approval: PlanApproval, plan: Plan): Promise<void> {
  if (endByTime(approval, deps.clock.now()) !== null)
    throw new Overtaken({ code: 'approval-settled', approval: approval.id, how: 'late' });
  const restored = await tx.restored();
  if (restored !== null) throw new Overtaken({ code: 'database-restored', since: restored.since });
  const overtaken = await deps.planActs[plan.of].overtakenBy(tx, plan, approval.id);
  if (overtaken !== null) throw new Overtaken(overtaken);
}

function used(approval: PlanApproval, at: Instant): ApprovalEvent {
  return { type: 'settled', at, how: { how: 'used', by: approvedBy(approval).by }, again: null };
}

async function apply(tx: Tx, deps: JudgeDeps, approval: PlanApproval, event: ApprovalEvent): Promise<void> {
  const telling = { newId: deps.newId, approving: deps.policy.current().approvals.approving };
  await applyApproval(tx, approval, [event], telling);
}
