import type { ConfirmCommand } from '../../domain/command.ts';
import type { PersonFacts } from '../../domain/person.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import type { AskDeps } from '../approvals/asking/ask-approval.ts';
import { askForPlan } from '../approvals/plans/ask-for-plan.ts';
import { requesterOf } from '../approvals/read-votes.ts';
import { type ConfirmMachinesDeps, confirmMachines } from '../maintenance/confirm-machines.ts';
import { makeMachinesActs } from '../maintenance/machines-acts.ts';
import type { InboxCommand } from '../ports.ts';
import { confirmAgents } from './agents/confirm-agents.ts';
import { findPlan } from './find-plan.ts';
import { confirmRolling } from './rolling/confirm-rolling.ts';
import { settledBy } from './still-as-read.ts';

export type ConfirmDeps = AskDeps & ConfirmMachinesDeps;

/** `confirm PLAN`: has done what its asker was shown, after another look at all of it; or has a second person asked. */
export async function confirmPlan(
  deps: ConfirmDeps,
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
  if (state.status !== 'proposed') return refuse(settledBy(plan.id, plan));
  if (clock.now() >= state.expiresAt)
    return refuse({ code: 'plan-settled', plan: plan.id, how: 'not-confirmed' });
  if (plan.of === 'agents') return confirmAgents(deps, command, plan, typed, person);
  if (plan.of === 'rolling') return confirmRolling(deps, command, plan, typed, person);
  const confirmed = await confirmMachines(deps, command, plan, typed);
  if (!confirmed.ok) return confirmed;
  if (confirmed.value === 'settled') return ok('settled');
  const acts = makeMachinesActs(deps);
  return askForPlan(deps, acts, plan, confirmed.value.ask, command, typed, person);
}
