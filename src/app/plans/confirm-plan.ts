import type { ConfirmCommand } from '../../domain/command.ts';
import type { PersonFacts } from '../../domain/person.ts';
import { type Result, refuse } from '../../domain/refusal.ts';
import type { AskDeps } from '../approvals/asking/ask-approval.ts';
import { requesterOf } from '../approvals/read-votes.ts';
import type { InboxCommand } from '../ports.ts';
import { confirmAgents } from './agents/confirm-agents.ts';
import { findPlan } from './find-plan.ts';

/** `confirm PLAN`: has done what its asker was shown, after another look at all of it; or has a second person asked. */
export async function confirmPlan(
  deps: AskDeps,
  command: ConfirmCommand,
  typed: InboxCommand,
  person: PersonFacts,
): Promise<Result<'settled'>> {
  const { store, clock } = deps;
  const found = await findPlan(store, command.plan);
  if (!found.ok) return found;
  const plan = found.value;
  const { state } = plan;
  const requester = requesterOf(person);
  if (requester === null) return refuse({ code: 'not-a-member-of-workspace', why: 'no-team' });
  if (requester.key !== plan.requester.key) return refuse({ code: 'not-your-plan', plan: plan.id });
  if (state.status !== 'proposed')
    return refuse({
      code: 'plan-settled',
      plan: plan.id,
      how: state.status === 'ended' ? state.end.kind : state.status,
    });
  if (clock.now() >= state.expiresAt)
    return refuse({ code: 'plan-settled', plan: plan.id, how: 'not-confirmed' });
  if (plan.of === 'agents') return confirmAgents(deps, command, plan, typed, person);
  throw new TypeError('a plan over machines is not confirmed yet');
}
