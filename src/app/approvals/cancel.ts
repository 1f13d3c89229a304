import { type AskedOfPlan, askedOfPlan } from '../../domain/approval/asked.ts';
import { type Approval, drainUnder } from '../../domain/approval.ts';
import type { CancelCommand } from '../../domain/command.ts';
import type { ApprovalId, DrainId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { noSuchApproval, noSuchDrain } from '../answers/status.ts';
import { auditOfCommand, queueAnswer } from '../commands/record.ts';
import { type AmendDeps, amendDrain } from '../drains/amend-drain.ts';
import { beingMarkedGone } from '../mark-gones/being-marked-gone.ts';
import { cancelPlan } from '../plans/cancel-plan.ts';
import { findPlan } from '../plans/find-plan.ts';
import type { InboxCommand } from '../ports.ts';
import { asItStands } from '../races.ts';
import { applyApproval, auditOfApproval } from './apply-approval.ts';
import type { AskDeps } from './asking/ask-approval.ts';

export type CancelDeps = AskDeps & AmendDeps;

/** `cancel`: takes back what can still be taken back: a question, the mark gone that is to follow a drain, or the
 * `mark_gone` of an unattended one. A plain drain can't be (mesos-api 1.3). */
export async function cancel(
  deps: CancelDeps,
  command: CancelCommand,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const { work } = command;
  return asItStands(async () => {
    if ('approval' in work) return cancelApproval(deps, command, work.approval, typed);
    if ('drain' in work) return cancelDrain(deps, command, work.drain, typed);
    const plan = await findPlan(deps.store, work.plan);
    if (!plan.ok) return plan;
    // What stands between it and its beginning, or its last call, is its question.
    const question = await questionOf(deps, plan.value);
    return question === null
      ? cancelPlan(deps, command, plan.value, typed)
      : cancelApproval(deps, command, question, typed);
  });
}

async function questionOf({ store }: CancelDeps, { id, cluster, state }: Plan): Promise<ApprovalId | null> {
  if (state.status === 'asked') return state.approval;
  const pending = await store.pendingApprovals(cluster);
  return pending.find((each) => each.of === 'plan' && each.plan === id)?.id ?? null;
}

async function cancelApproval(
  deps: CancelDeps,
  command: CancelCommand,
  id: ApprovalId,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const approval = await deps.store.approval(id);
  if (approval === null) return noSuchApproval(deps.store, id);
  const { state } = approval;
  if (state.status === 'settled')
    return refuse({ code: 'approval-settled', approval: id, how: state.how.how });
  return withdraw(deps, command, approval, typed);
}

async function cancelDrain(
  deps: CancelDeps,
  command: CancelCommand,
  id: DrainId,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const { store } = deps;
  const stored = await store.drain(id);
  if (stored === null) return noSuchDrain(store, id);
  const { drain } = stored;
  const pending = (await store.pendingApprovals(drain.cluster)).find((each) => drainUnder(each) === id);
  if (pending !== undefined) return withdraw(deps, command, pending, typed);
  const { state } = drain;
  if (state.status === 'ended') return refuse({ code: 'drain-ended', drain: id, end: state.end.kind });
  const marked = await beingMarkedGone(store, drain);
  if (marked !== null) return refuse(marked);
  if (drain.markGone)
    return amendDrain(
      deps,
      drain,
      { kind: 'take-back' },
      { command, typed, answer: (permalink) => ({ kind: 'recalling', drain: id, permalink }) },
    );
  if (drain.way === 'deactivate') {
    const { agentId, hostname } = drain;
    return refuse({
      code: 'cannot-cancel-deactivation',
      agent: { agentId, hostname, state: 'deactivated' },
      drain: id,
    });
  }
  if (state.status === 'drained') return refuse({ code: 'drain-ended', drain: id, end: 'drained' });
  return refuse({ code: 'cannot-cancel-drain', drain: id });
}

/** What of a plan goes on without its last call. */
async function begunOf({ store }: CancelDeps, approval: Approval): Promise<{ begun?: AskedOfPlan['does'] }> {
  if (approval.of === 'agent') return {};
  const isBegun = (await store.plan(approval.plan))?.state.status === 'running';
  return isBegun ? { begun: askedOfPlan(approval).does } : {};
}

async function withdraw(
  deps: CancelDeps,
  command: CancelCommand,
  approval: Approval,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const { store, clock, newId, policy } = deps;
  const by = { userId: typed.user, teamId: typed.team, name: typed.userName };
  const begun = await begunOf(deps, approval);
  await store.transact(async (tx) => {
    const at = clock.now();
    await tx.settleCommand(typed.id, 'done');
    await tx.append({
      ...(await auditOfApproval(tx, approval)),
      ...auditOfCommand(typed, command),
      at,
      event: 'command.accepted',
      decision: 'taken back',
    });
    const telling = { newId, approving: policy.current().approvals.approving };
    await applyApproval(
      tx,
      approval,
      [{ type: 'settled', at, how: { how: 'withdrawn', by }, again: null }],
      telling,
    );
    const permalink = await tx.permalinkOf(approval.thread);
    const answer = {
      kind: 'cancelled' as const,
      approval: approval.id,
      drain: drainUnder(approval),
      permalink,
      ...begun,
    };
    await queueAnswer(tx, typed, answer, { clock, newId });
  });
  return ok('settled');
}
