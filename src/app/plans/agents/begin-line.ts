import { overriddenBy, reasonsForApproval } from '../../../domain/approval/needs-approval.ts';
import type { Drain } from '../../../domain/drain.ts';
import type { AgentLineOfPlan, AgentsPlan, AgentsWork, OwnRecord } from '../../../domain/plan.ts';
import { refusalAtCall } from '../../../domain/policy/judge-change.ts';
import {
  type ApprovalReason,
  isUnreadable,
  type Refusal,
  type Result,
  refuse,
} from '../../../domain/refusal.ts';
import { labelOf, type ResolvedTarget } from '../../../domain/target.ts';
import { withLink } from '../../answers/with-link.ts';
import { Overtaken } from '../../overtaken.ts';
import { standing } from '../../policies/standing-policy.ts';
import type { Tx } from '../../ports.ts';
import { lookForReturn, objectionToReturn, sendReactivation } from '../../reactivations/send-reactivation.ts';
import { applyAgentsPlan } from '../apply-agents-plan.ts';
import { refuseIfHeld } from '../held-by-plan.ts';
import { commonOf, isAnother, type TakeOutDeps, takeOut } from '../take-out.ts';
import { asTheyAre } from './frozen-agents.ts';

export type BeginDeps = TakeOutDeps;

/** Begins the work on one agent of a running plan: looks, judges by what is there now, and goes through the door that a
 * single command goes through. Its record, and that the line has begun, are on disk before the call leaves. Answers why
 * not; then nothing was sent. Throws a MasterFault where the master can't say what the agent is: its turn comes again. */
export async function beginLine(
  deps: BeginDeps,
  plan: AgentsPlan,
  line: AgentLineOfPlan,
): Promise<Result<'sent'>> {
  const { policy, clock } = deps;
  // What was to be overridden was over when it began, where nobody was asked.
  const overridden = plan.approved === null ? [] : overriddenBy(plan.because);
  const frozen = refusalAtCall(standing(policy), { kind: plan.work.do, overridden }, clock.now());
  if (frozen !== null) return refuse(frozen);
  const [found] = await asTheyAre(deps, [line]);
  if (found === undefined) throw new TypeError('an agent of a frozen list got lost');
  return plan.work.do === 'reactivate'
    ? beginReturn(deps, plan, line, found)
    : beginLeaving(deps, plan, line, plan.work, found);
}

/** Whether it stands for "nobody can say now", so that its turn comes again. */
export function waitsFor(refusal: Refusal): boolean {
  return (
    isUnreadable(refusal) || refusal.code === 'master-unreadable' || refusal.code === 'database-restored'
  );
}

function beginLeaving(
  deps: BeginDeps,
  plan: AgentsPlan,
  line: AgentLineOfPlan,
  work: Exclude<AgentsWork, { do: 'reactivate' }>,
  found: ResolvedTarget,
): Promise<Result<'sent'>> {
  return takeOut(deps, {
    plan,
    line,
    found,
    way: work.do,
    maxGrace: work.do === 'drain' ? work.maxGrace : null,
    goneNext: false,
    outFor: work.outFor,
    wantsTwo: (idle) => wantsTwo(deps, plan, idle),
    begun: (tx, { id }) => markBegun(tx, deps, plan, line, { drain: id }),
  });
}

async function beginReturn(
  deps: BeginDeps,
  plan: AgentsPlan,
  line: AgentLineOfPlan,
  { chosen, others }: ResolvedTarget,
): Promise<Result<'sent'>> {
  const { master } = deps;
  const looked = await lookForReturn(master, chosen);
  const objection = await objectionToReturn(deps, chosen, looked);
  if (objection !== null) return refuse(objection);
  const registered = looked.master.kind === 'registered' ? looked.master.agent : null;
  const changes = isAnother(line, registered ?? chosen);
  if (changes.length > 0) return refuse({ code: 'not-as-shown', agent: labelOf(chosen), changes });
  const since = await takenOutSince(deps, plan, line);
  if (since !== null) {
    const gone = {
      code: 'taken-out-since' as const,
      agent: labelOf(chosen),
      drain: since.id,
      permalink: null,
    };
    return refuse(await withLink(deps.store, master.cluster, gone));
  }
  const two = wantsTwo(deps, plan, false);
  if (two.length > 0) return refuse({ code: 'needs-approval', because: two });
  return sendReactivation(deps, {
    ...commonOf(plan),
    agent: chosen,
    others,
    looked,
    plan: { id: plan.id, thread: plan.thread },
    record: async (tx, { id }) => {
      await refuseIfHeld(tx, chosen, master.cluster, plan.id);
      await markBegun(tx, deps, plan, line, { reactivation: id });
    },
  });
}

/** What took it out of service after its return was asked for: that may be hours ago. */
async function takenOutSince(
  { store }: BeginDeps,
  { cluster, proposedAt }: AgentsPlan,
  { agentId }: AgentLineOfPlan,
): Promise<Drain | null> {
  const out = await store.outOfService(cluster);
  return out.find(({ drain }) => drain.agentId === agentId && drain.intendedAt > proposedAt)?.drain ?? null;
}

/** Why a second person has to be asked by now about a line of a plan that nobody was asked about: the policy and the hour may
 * be others than when it was confirmed. */
function wantsTwo(
  { policy, clock }: BeginDeps,
  { work, approved }: AgentsPlan,
  idle: boolean,
): ApprovalReason[] {
  if (approved !== null) return [];
  const maxGrace = work.do === 'drain' ? work.maxGrace : null;
  const change = { kind: work.do, agents: 1, maxGrace, idle, overrideFreeze: false };
  return reasonsForApproval(policy.current(), change, clock.now());
}

/** Only while the plan runs and the line's turn has not come yet: what somebody stopped meanwhile does not begin. */
async function markBegun(
  tx: Tx,
  { clock, newId }: BeginDeps,
  { id }: AgentsPlan,
  { agentId }: AgentLineOfPlan,
  by: OwnRecord,
): Promise<void> {
  const plan = await tx.plan(id);
  const isTodo =
    plan?.of === 'agents' &&
    plan.state.status === 'running' &&
    plan.lines.some((each) => each.agentId === agentId && each.state.is === 'todo');
  if (!isTodo) throw new Overtaken({ code: 'plan-settled', plan: id, how: plan?.state.status ?? 'lost' });
  await applyAgentsPlan(tx, plan, [{ type: 'line-begun', at: clock.now(), agentId, by }], newId);
}
