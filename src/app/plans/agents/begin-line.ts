import { isIdle, overriddenBy, reasonsForApproval } from '../../../domain/approval/needs-approval.ts';
import { approvalInLog } from '../../../domain/audit/approval-in-log.ts';
import { objectionsToDeactivation } from '../../../domain/deactivation/may-deactivate.ts';
import { objectionsTo } from '../../../domain/drain/may-drain.ts';
import type { Drain } from '../../../domain/drain.ts';
import { inPerson } from '../../../domain/person.ts';
import { changedLines, type LineChange } from '../../../domain/plan/as-shown.ts';
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
import { buildPreview } from '../../agents/build-preview.ts';
import { withLink } from '../../answers/with-link.ts';
import { refuseBesideOthers } from '../../drains/open-drain.ts';
import { type SendDeps, sendDrain } from '../../drains/send-drain.ts';
import { Overtaken } from '../../overtaken.ts';
import { standing } from '../../policies/standing-policy.ts';
import type { Clock, Master, PolicyInForce, Tx } from '../../ports.ts';
import { lookForReturn, objectionToReturn, sendReactivation } from '../../reactivations/send-reactivation.ts';
import { applyAgentsPlan } from '../apply-agents-plan.ts';
import { refuseIfHeld } from '../held-by-plan.ts';
import { asTheyAre } from './frozen-agents.ts';

export interface BeginDeps extends SendDeps {
  master: Master;
  clock: Clock;
  policy: PolicyInForce;
}

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

async function beginLeaving(
  deps: BeginDeps,
  plan: AgentsPlan,
  line: AgentLineOfPlan,
  work: Exclude<AgentsWork, { do: 'reactivate' }>,
  { chosen, others }: ResolvedTarget,
): Promise<Result<'sent'>> {
  const { store, master, clock, policy } = deps;
  const { cluster } = master;
  const maxGrace = work.do === 'drain' ? work.maxGrace : null;
  const looked = await buildPreview(
    master,
    { chosen, others },
    { maxGrace, markGone: false, unattended: false, openDrain: null, at: clock.now() },
  );
  const { preview, sighting } = looked;
  const { limits } = policy.current();
  const judge = (open: Drain[], outOfService: Drain[]): Refusal | undefined =>
    work.do === 'drain'
      ? objectionsTo(chosen, sighting, preview, open, limits)[0]
      : objectionsToDeactivation(chosen, sighting, preview.master, { open, outOfService }, limits)[0];
  const drainsOf = (stored: { drain: Drain }[]) => stored.map(({ drain }) => drain);
  const objection = judge(
    drainsOf(await store.openDrains(cluster)),
    drainsOf(await store.outOfService(cluster)),
  );
  if (objection !== undefined) return refuse(await withLink(store, cluster, objection));
  const registered = sighting.kind === 'registered' ? sighting.agent : null;
  const changes = isAnother(line, registered ?? chosen);
  // A grace so short wants two wherever tasks run; where none did, nobody was asked.
  const two = wantsTwo(deps, plan, isIdle(preview));
  if (two.some(({ why }) => why === 'short-grace')) changes.push({ what: 'tasks-came' });
  if (changes.length > 0) return refuse({ code: 'not-as-shown', agent: labelOf(chosen), changes });
  if (two.length > 0) return refuse({ code: 'needs-approval', because: two });
  return sendDrain(deps, {
    ...common(plan),
    way: work.do,
    agent: chosen,
    preview,
    thread: plan.thread,
    plan: plan.id,
    maxGrace,
    markGone: false,
    goneNext: false,
    outFor: work.outFor,
    approved: plan.approved,
    record: async (tx, drain) => {
      const open = (await tx.openDrains(cluster)).filter(({ id }) => id !== drain.id);
      const overtaken = judge(open, await tx.outOfService(cluster));
      if (overtaken !== undefined) throw new Overtaken(overtaken);
      await refuseBesideOthers(tx, chosen, cluster, plan.id);
      await markBegun(tx, deps, plan, line, { drain: drain.id });
    },
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
    ...common(plan),
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

/** What every line of a plan has of it. */
function common(plan: AgentsPlan) {
  const { cluster, requester, channel, correlation, reason, typed, approved } = plan;
  const person = inPerson(requester);
  return {
    cluster,
    requester: person,
    channel,
    correlation,
    reason,
    audit: {
      actor: { kind: 'person' as const, person },
      correlation,
      command: { typed },
      place: { channel },
      ...(approved === null ? {} : { approval: approvalInLog(approved) }),
    },
  };
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

/** Whether it is another machine by now, or elsewhere. */
function isAnother(
  line: AgentLineOfPlan,
  { hostname, address }: Pick<AgentLineOfPlan, 'hostname' | 'address'>,
): LineChange[] {
  return changedLines([line], [{ ...line, hostname, address }])[0]?.changes ?? [];
}
