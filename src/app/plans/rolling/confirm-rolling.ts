import { reasonsOfBrake } from '../../../domain/beside.ts';
import type { ConfirmCommand } from '../../../domain/command.ts';
import { threadId } from '../../../domain/ids.ts';
import type { PersonFacts } from '../../../domain/person.ts';
import { type ChangedLine, changedLines } from '../../../domain/plan/as-shown.ts';
import { changeKindOfPlan } from '../../../domain/policy/change-kind.ts';
import { refusalByPolicy } from '../../../domain/policy/judge-change.ts';
import { ok, type Result, refuse } from '../../../domain/refusal.ts';
import { isTogether, lastInstancesOn } from '../../../domain/rolling/alike.ts';
import { wavesOverLimits } from '../../../domain/rolling/limits.ts';
import type { RollingLine, RollingPlan } from '../../../domain/rolling.ts';
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
import { overridesFreeze } from '../agents/agents-acts.ts';
import { asTheyAre } from '../agents/frozen-agents.ts';
import type { LookedAgent } from '../agents/look-at-agents.ts';
import { besideKept, insistsOfPlan, type ListBeside } from '../beside-of-plan.ts';
import { proposedUntil } from '../new-plan.ts';
import { putUnderWay } from '../put-under-way.ts';
import { refuseUnlessAsRead } from '../still-as-read.ts';
import { applyRolling } from './apply-rolling.ts';
import { besideWaves, type DrawnUp, drawUp, lookAtRolling } from './draw-up.ts';
import { keepAndShow, linesOf, proposalOf } from './propose-rolling.ts';
import { makeRollingActs } from './rolling-acts.ts';

/** Looks at all of a plan again. As it was shown it begins, or a second person is asked; else it is shown anew, and nothing
 * is done. */
export async function confirmRolling(
  deps: AskDeps,
  command: ConfirmCommand,
  plan: RollingPlan,
  typed: InboxCommand,
  person: PersonFacts,
): Promise<Result<'settled'>> {
  const { policy, clock } = deps;
  const overrideFreeze = overridesFreeze(plan);
  // What waits for its hour is judged by that, and again then.
  const hour = hourOf(plan);
  const wanted = { kind: changeKindOfPlan(plan), reason: plan.reason, overrideFreeze, underWay: false };
  const forbidden =
    refusalByPolicy(standing(policy), wanted, hour?.at ?? clock.now()) ??
    wavesOverLimits(plan.work, policy.current().limits);
  if (forbidden !== null) return refuse(forbidden);
  const looked = await lookAtRolling(deps, plan.work, await asTheyAre(deps, plan.lines), plan.id, hour);
  const drawn = await drawUp(deps, plan.work, looked, overrideFreeze, hour);
  const changed = changesIn(plan, looked, drawn);
  const by = plan.requester.userId;
  const beside = await besideWaves(deps, by, drawn, insistsOfPlan(plan, null), hour);
  const against = beside?.verdict.refusal ?? null;
  const isNew = against?.code === 'collides' && against.canInsist && plan.beside?.anyway === true;
  if (against !== null && !isNew) return refuse(await withLink(deps.store, plan.cluster, against));
  const because = [...drawn.because, ...reasonsOfBrake(beside?.verdict.brake ?? null)];
  const now = { ...drawn, because };
  if (changed.length > 0 || isNew) return showAnew(deps, command, plan, now, changed, beside, typed);
  if (because.length === 0) return begin(deps, command, plan, beside, typed);
  return askForPlan(deps, makeRollingActs(deps), plan, because, command, typed, person);
}

/** In what way the list is not as it was shown: an agent of it, or a wave, which would take last instances by now. */
function changesIn(
  { lines }: RollingPlan,
  looked: readonly LookedAgent[],
  { around }: DrawnUp,
): ChangedLine[] {
  const changed = changedLines(lines.map(asLine), looked.map(asLookedLine));
  for (const wave of new Set(lines.map((line) => line.wave))) {
    const ids = lines.filter((line) => line.wave === wave).map(({ agentId }) => agentId);
    const taken = lastInstancesOn(ids, around.alike).filter(isTogether);
    for (const { agentId, hostname } of lines)
      if (taken.some(({ agents }) => agents.includes(agentId)) && ids.includes(agentId))
        changed.push({ hostname, changes: [{ what: 'last-instances' }] });
  }
  return changed;
}

function asLine({ agentId, hostname, address, shown }: RollingLine) {
  return { agentId, hostname, address, shown, state: { is: 'todo' as const } };
}

function asLookedLine({ agent, state, tasks, refusal }: LookedAgent) {
  const { agentId, hostname, address } = agent;
  return {
    agentId,
    hostname,
    address,
    shown: { state, tasks: tasks?.known ? tasks.value.length : null },
    state: refusal === null ? { is: 'todo' as const } : { is: 'refused' as const, refusal },
  };
}

/** It runs from here on, or from its hour; the loop of the plans does the rest. */
async function begin(
  deps: AskDeps,
  command: ConfirmCommand,
  plan: RollingPlan,
  beside: ListBeside | null,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  try {
    await deps.store.transact(async (tx) => {
      if (beside !== null) await refuseBesideAlone(tx, beside.others, beside.wanted, null);
      await refuseUnlessAsRead(tx, plan);
      await putUnderWay(tx, deps, plan, command, typed);
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(await withLink(deps.store, plan.cluster, fault.refusal));
    if (fault instanceof AgentHeld) return refuse({ code: 'plan-settled', plan: plan.id, how: 'held' });
    throw fault;
  }
  return ok('settled');
}

function hourOf({ state }: RollingPlan): Hour | undefined {
  return state.status === 'proposed' ? state.hour : undefined;
}

/** The same command once more, over the list as it is now. */
async function showAnew(
  deps: AskDeps,
  command: ConfirmCommand,
  plan: RollingPlan,
  drawn: DrawnUp,
  changed: ChangedLine[],
  beside: ListBeside | null,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const { clock, newId, store } = deps;
  const at = clock.now();
  const anew: RollingPlan = {
    ...plan,
    version: 0,
    thread: threadId(newId()),
    correlation: typed.correlation,
    because: drawn.because,
    beside: besideKept(beside, plan.beside?.anyway ?? false),
    proposedAt: at,
    lines: linesOf(drawn),
    unjudged: drawn.unjudged,
    state: proposedUntil(at, hourOf(plan)),
  };
  const shown = await proposalOf(deps, anew, drawn, changed, beside?.verdict.collisions ?? []);
  try {
    await store.transact(async (tx) => {
      await refuseUnlessAsRead(tx, plan);
      await tx.settleCommand(typed.id, 'done');
      await applyRolling(tx, plan, [{ type: 'ended', at, end: { kind: 'not-confirmed' } }], newId);
      await keepAndShow(tx, deps, anew, shown, typed, auditOfCommand(typed, command), at);
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(fault.refusal);
    throw fault;
  }
  return ok('settled');
}
