import { reasonsOfBrake } from '../../../domain/beside.ts';
import type { ConfirmCommand } from '../../../domain/command.ts';
import { threadId } from '../../../domain/ids.ts';
import type { PersonFacts } from '../../../domain/person.ts';
import { changedLines } from '../../../domain/plan/as-shown.ts';
import type { AgentsPlan } from '../../../domain/plan.ts';
import { refusalByPolicy } from '../../../domain/policy/judge-change.ts';
import { ok, type Result, refuse } from '../../../domain/refusal.ts';
import type { Hour } from '../../../domain/time/hour.ts';
import { refuseBesideAlone } from '../../agents/beside-others.ts';
import { withLink } from '../../answers/with-link.ts';
import type { AskDeps } from '../../approvals/asking/ask-approval.ts';
import { askForPlan } from '../../approvals/plans/ask-for-plan.ts';
import { auditOfCommand } from '../../commands/record.ts';
import { AgentHeld } from '../../faults.ts';
import { Overtaken } from '../../overtaken.ts';
import { standing } from '../../policies/standing-policy.ts';
import type { InboxCommand } from '../../ports.ts';
import { applyAgentsPlan } from '../apply-agents-plan.ts';
import { besideKept, besideOfList, insistsOfPlan, type ListBeside } from '../beside-of-plan.ts';
import { proposedUntil } from '../new-plan.ts';
import { putUnderWay } from '../put-under-way.ts';
import { refuseUnlessAsRead } from '../still-as-read.ts';
import { makeAgentsActs, overridesFreeze } from './agents-acts.ts';
import { asTheyAre } from './frozen-agents.ts';
import { reasonsForPlan } from './judge-agents.ts';
import { type LookedAgent, lineOf, lookAtAgents } from './look-at-agents.ts';
import { beyondLimits, keepAndShow, proposalOf } from './propose-agents.ts';

/** Looks at all of a plan again. As it was shown it begins, or a second person is asked; else it is shown anew, and nothing
 * is done. */
export async function confirmAgents(
  deps: AskDeps,
  command: ConfirmCommand,
  plan: AgentsPlan,
  typed: InboxCommand,
  person: PersonFacts,
): Promise<Result<'settled'>> {
  const { policy, clock } = deps;
  const overrideFreeze = overridesFreeze(plan);
  const wanted = { kind: plan.work.do, reason: plan.reason, overrideFreeze, underWay: false };
  // What waits for its hour is judged by that, and again then.
  const hour = hourOf(plan);
  const at = () => hour?.at ?? clock.now();
  const forbidden = refusalByPolicy(standing(policy), wanted, at());
  if (forbidden !== null) return refuse(forbidden);
  const looked = await lookAtAgents(deps, plan.work, await asTheyAre(deps, plan.lines), plan.id, hour);
  const changed = changedLines(plan.lines, looked.map(lineOf));
  const by = plan.requester.userId;
  const beside = await besideOfList(deps, by, looked, insistsOfPlan(plan, null), { hour: hour ?? null });
  const against = beside?.verdict.refusal ?? null;
  const isNew = against?.code === 'collides' && against.canInsist && plan.beside?.anyway === true;
  if (against !== null && !isNew) return refuse(await withLink(deps.store, plan.cluster, against));
  if (changed.length > 0 || isNew) return showAnew(deps, command, plan, looked, changed, beside, typed);
  const over = await beyondLimits(deps, plan.work, looked, hour);
  if (over !== null) return refuse(over);
  const because = [
    ...reasonsForPlan(policy.current(), plan.work, looked, overrideFreeze, at()),
    ...reasonsOfBrake(beside?.verdict.brake ?? null),
  ];
  if (because.length === 0) return begin(deps, command, plan, beside, typed);
  return askForPlan(deps, makeAgentsActs(deps), plan, because, command, typed, person);
}

/** It runs from here on, or from its hour; the loop of the plans begins its lines, one transaction each. */
async function begin(
  deps: AskDeps,
  command: ConfirmCommand,
  plan: AgentsPlan,
  beside: ListBeside | null,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  try {
    await deps.store.transact(async (tx) => {
      await refuseUnlessAsRead(tx, plan);
      if (beside !== null) await refuseBesideAlone(tx, beside.others, beside.wanted, null);
      await putUnderWay(tx, deps, plan, command, typed);
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(await withLink(deps.store, plan.cluster, fault.refusal));
    if (fault instanceof AgentHeld) return refuse({ code: 'plan-settled', plan: plan.id, how: 'held' });
    throw fault;
  }
  return ok('settled');
}

/** The same command once more, over the list as it is now. */
async function showAnew(
  deps: AskDeps,
  command: ConfirmCommand,
  plan: AgentsPlan,
  looked: LookedAgent[],
  changed: ReturnType<typeof changedLines>,
  beside: ListBeside | null,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const { policy, clock, newId, store } = deps;
  const at = clock.now();
  const overrideFreeze = overridesFreeze(plan);
  const because = [
    ...reasonsForPlan(policy.current(), plan.work, looked, overrideFreeze, hourOf(plan)?.at ?? at),
    ...reasonsOfBrake(beside?.verdict.brake ?? null),
  ];
  const anew: AgentsPlan = {
    ...plan,
    version: 0,
    thread: threadId(newId()),
    correlation: typed.correlation,
    because,
    beside: besideKept(beside, plan.beside?.anyway ?? false),
    proposedAt: at,
    lines: looked.map(lineOf),
    state: proposedUntil(at, hourOf(plan)),
  };
  const shown = await proposalOf(deps, anew, looked, changed, beside?.verdict.collisions ?? []);
  try {
    await store.transact(async (tx) => {
      await refuseUnlessAsRead(tx, plan);
      await tx.settleCommand(typed.id, 'done');
      await applyAgentsPlan(tx, plan, [{ type: 'ended', at, end: { kind: 'not-confirmed' } }], newId);
      await keepAndShow(tx, deps, anew, shown, typed, auditOfCommand(typed, command), at);
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(fault.refusal);
    throw fault;
  }
  return ok('settled');
}

function hourOf({ state }: AgentsPlan): Hour | undefined {
  return state.status === 'proposed' ? state.hour : undefined;
}
