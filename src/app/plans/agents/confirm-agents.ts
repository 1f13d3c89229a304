import type { ConfirmCommand } from '../../../domain/command.ts';
import { after, noticeId, threadId } from '../../../domain/ids.ts';
import type { PersonFacts } from '../../../domain/person.ts';
import { changedLines } from '../../../domain/plan/as-shown.ts';
import { planCardOf } from '../../../domain/plan/card.ts';
import type { AgentsPlan } from '../../../domain/plan.ts';
import { refusalByPolicy } from '../../../domain/policy/judge-change.ts';
import { ok, type Refusal, type Result, refuse } from '../../../domain/refusal.ts';
import type { AskDeps } from '../../approvals/asking/ask-approval.ts';
import { askForPlan } from '../../approvals/plans/ask-for-plan.ts';
import { auditOfCommand } from '../../commands/record.ts';
import { AgentHeld } from '../../faults.ts';
import { Overtaken } from '../../overtaken.ts';
import { standing } from '../../policies/standing-policy.ts';
import type { InboxCommand, Tx } from '../../ports.ts';
import { applyAgentsPlan, auditOfPlan } from '../apply-agents-plan.ts';
import { holderOf } from '../held-by-plan.ts';
import { confirmableMs } from '../new-plan.ts';
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
  const forbidden = refusalByPolicy(standing(policy), wanted, clock.now());
  if (forbidden !== null) return refuse(forbidden);
  const looked = await lookAtAgents(deps, plan.work, await asTheyAre(deps, plan.lines), plan.id);
  const changed = changedLines(plan.lines, looked.map(lineOf));
  if (changed.length > 0) return showAnew(deps, command, plan, looked, changed, typed);
  const over = await beyondLimits(deps, plan.work, looked);
  if (over !== null) return refuse(over);
  const because = reasonsForPlan(policy.current(), plan.work, looked, overrideFreeze, clock.now());
  if (because.length === 0) return begin(deps, command, plan, typed);
  return askForPlan(deps, makeAgentsActs(deps), plan, because, command, typed, person);
}

/** It runs from here on; the loop of the plans begins its lines, one transaction each. */
async function begin(
  { store, clock, newId, master }: AskDeps,
  command: ConfirmCommand,
  plan: AgentsPlan,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  try {
    await store.transact(async (tx) => {
      const at = clock.now();
      await refuseUnlessAsRead(tx, plan);
      const held = await heldLine(tx, plan);
      if (held !== null) throw new Overtaken(held);
      await tx.settleCommand(typed.id, 'done');
      const rootNotice = noticeId(newId());
      const { thread, channel, id } = plan;
      await tx.openThread({ id: thread, channel, rootNotice, drain: null, approval: null, plan: id });
      const running = await applyAgentsPlan(tx, plan, [{ type: 'begun', at, approved: null }], newId);
      const none = { drain: () => null, reactivation: () => null };
      await tx.queue({
        id: rootNotice,
        to: { kind: 'root', thread },
        notice: { kind: 'plan-card', card: planCardOf(running, none, at) },
        createdAt: at,
      });
      const { actor, command: words } = auditOfCommand(typed, command);
      await tx.append({
        ...(await auditOfPlan(tx, running)),
        actor,
        ...(words === undefined ? {} : { command: words }),
        at,
        event: 'plan.begun',
        cluster: master.cluster,
        decision: 'allowed',
        outcome: plan.work.do,
      });
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(fault.refusal);
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
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const { policy, clock, newId, store } = deps;
  const at = clock.now();
  const because = reasonsForPlan(policy.current(), plan.work, looked, overridesFreeze(plan), at);
  const anew: AgentsPlan = {
    ...plan,
    version: 0,
    thread: threadId(newId()),
    correlation: typed.correlation,
    because,
    proposedAt: at,
    lines: looked.map(lineOf),
    state: { status: 'proposed', expiresAt: after(at, confirmableMs) },
  };
  const shown = await proposalOf(deps, anew, looked, changed);
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

async function heldLine(tx: Tx, plan: AgentsPlan): Promise<Refusal | null> {
  const plans = await tx.unendedPlans(plan.cluster);
  for (const { agentId, hostname, shown, state } of plan.lines) {
    const holder = state.is === 'todo' ? holderOf(plans, agentId, plan.id) : null;
    if (holder === null) continue;
    const agent = { agentId, hostname, state: shown.state };
    return {
      code: 'held-by-plan',
      agent,
      plan: holder.id,
      permalink: await tx.permalinkOf(holder.thread),
    };
  }
  return null;
}
