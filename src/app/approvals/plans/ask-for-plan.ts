import type { Command } from '../../../domain/command.ts';
import type { PersonFacts } from '../../../domain/person.ts';
import type { Plan } from '../../../domain/plan.ts';
import { type ApprovalReason, ok, type Result, refuse } from '../../../domain/refusal.ts';
import { withLink } from '../../answers/with-link.ts';
import { auditOfCommand } from '../../commands/record.ts';
import { Overtaken } from '../../overtaken.ts';
import { refuseUnlessAsRead } from '../../plans/still-as-read.ts';
import type { InboxCommand } from '../../ports.ts';
import type { AskDeps } from '../asking/ask-approval.ts';
import { mayAnybodyApprove } from '../asking/entitled.ts';
import { requesterOf } from '../read-votes.ts';
import { openPlanApproval } from './open-plan-approval.ts';
import type { PlanActs } from './plan-acts.ts';

/** Puts a plan that is stored as proposed before a second person, on the command by which its asker confirmed it: looks at
 * every line, judges, and posts the prompt. `because`: why; never empty. Throws VersionConflict where the plan moved on, and
 * AgentHeld where another plan took one of its agents. */
export async function askForPlan(
  deps: AskDeps,
  acts: PlanActs,
  plan: Plan,
  because: ApprovalReason[],
  command: Command,
  typed: InboxCommand,
  asker: PersonFacts,
): Promise<Result<'settled'>> {
  const { store, clock, people, policy, newId, previewFile } = deps;
  const requester = requesterOf(asker);
  if (requester === null) return refuse({ code: 'not-a-member-of-workspace', why: 'no-team' });
  const { reason, cluster, state } = plan;
  const hour = state.status === 'proposed' ? state.hour : undefined;
  if (reason === null) return refuse({ code: 'reason-needed', because });
  const looked = await acts.look(plan, null, true);
  if (!looked.ok) return refuse(await withLink(store, cluster, looked.refusal));
  const rules = policy.current();
  const nobody = await mayAnybodyApprove(people, rules, requester.key);
  if (nobody !== null) return refuse(nobody);
  try {
    await store.transact(async (tx) => {
      const at = clock.now();
      await refuseUnlessAsRead(tx, plan);
      const overtaken = await acts.overtakenBy(tx, plan, null);
      if (overtaken !== null) throw new Overtaken(overtaken);
      await tx.settleCommand(typed.id, 'done');
      const { actor } = auditOfCommand(typed, command);
      const asking = {
        cluster,
        requester,
        channel: plan.channel,
        correlation: plan.correlation,
        typed: plan.typed,
        parsed: command,
        reason,
        because,
        follows: null,
        ...(hour === undefined ? {} : { hour }),
        actor,
      };
      await openPlanApproval(tx, plan, looked.value, asking, rules.approvals, { at, newId, previewFile });
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(await withLink(store, cluster, fault.refusal));
    throw fault;
  }
  return ok('settled');
}
