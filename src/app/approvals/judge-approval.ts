import { driftOfFirstCall } from '../../domain/approval/drift.ts';
import { endByTime, isTooOldForSecondCall, secondCallWithin } from '../../domain/approval/patience.ts';
import { mayLeave, type Reading, readBallots } from '../../domain/approval/read-ballots.ts';
import { type AgentApproval, type Approval, type ApprovalEvent, drainUnder } from '../../domain/approval.ts';
import type { Drain } from '../../domain/drain.ts';
import { type ApprovalId, after, type Instant } from '../../domain/ids.ts';
import type { Refusal, Result } from '../../domain/refusal.ts';
import { applyEvents } from '../drains/apply-events.ts';
import { ChatFault } from '../faults.ts';
import type { Log, Prompts } from '../ports.ts';
import { type CarryOutDeps, carryOut } from './acting/carry-out.ts';
import { type Looked, lookBeforeCall } from './acting/look-before-call.ts';
import { type Checked, sendSecondCall } from './acting/second-call.ts';
import { tellWait } from './acting/tell-wait.ts';
import { applyApproval } from './apply-approval.ts';
import type { Prepared } from './asking/prepare-act.ts';
import { readVotes } from './read-votes.ts';
import { askAgain, settle } from './settle-approval.ts';

export type JudgeDeps = CarryOutDeps & {
  prompts: Prompts;
  log: Log;
  /** The questions whose prompts this process has read, and found open: no other may be edited (edit-cards.ts). */
  seenOpen: Set<ApprovalId>;
};

/** One look at one approval: its time, its drain, the master where a call is about to leave, and last of all Slack's copy
 * of the votes; then what follows from that. Slack and the masters may be away: then it waits, and its time runs on. */
export function makeJudgeApproval(deps: JudgeDeps, startedAt: Instant) {
  const { store, clock, log, newId, policy } = deps;
  const telling = () => ({ newId, approving: policy.current().approvals.approving });
  const waiting = (approval: Approval, why: string) => tellWait(deps, approval, why, telling());

  return async function judge(approval: Approval): Promise<void> {
    if (approval.state.status === 'settled') return judgeSettled(approval);
    const thread = await store.thread(approval.thread);
    if (thread?.dead != null) return settle(deps, approval, { how: 'no-prompt', why: 'undeliverable' });
    const under = drainUnder(approval);
    const drain = under === null ? null : ((await store.drain(under))?.drain ?? null);
    if (drain?.state.status === 'ended')
      return settle(deps, approval, { how: 'drain-ended', end: drain.state.end.kind });
    // Its turn came, and for a day nobody could say whether it may leave. What then was approved, is asked again.
    if (
      approval.of === 'agent' &&
      drain?.state.status === 'drained' &&
      isTooOldForSecondCall(approval, clock.now())
    )
      return askAgain(deps, approval, { how: 'late', limit: secondCallWithin }, null);
    const { state } = approval;
    // A hold of a process that is gone ran unseen: it begins anew, in full.
    const cut = state.status === 'holding' && state.since < startedAt;
    const looked: Looked =
      cut || approval.of === 'plan'
        ? { for: 'nothing', unread: null }
        : await lookBeforeCall(deps, approval, drain);
    const read = thread === null || thread.ts === null ? null : await votes(approval, thread.ts);
    if (read !== null && 'noPrompt' in read)
      return settle(deps, approval, { how: 'no-prompt', why: read.noPrompt });
    if (read === null || 'unread' in read)
      return read !== null && isSecondDue(approval, drain)
        ? waiting(approval, read.unread)
        : endIfLate(approval);
    deps.seenOpen.add(approval.id);
    const now = await apply(approval, readBallots(approval, read.read, clock.now()));
    if (now.state.status === 'settled') return;
    if (endByTime(now, clock.now()) !== null) return endIfLate(now);
    const until = after(clock.now(), policy.current().approvals.holdMs);
    if (cut && now.state.status === 'holding')
      return void (await apply(now, [{ type: 'held-anew', at: clock.now(), until }]));
    if (looked.for === 'nothing' && looked.unread !== null && isSecondDue(now, drain))
      return waiting(now, looked.unread);
    await go(now, looked, read.read);
  };

  /** What comes after its end grants nothing; whoever votes is told so. */
  async function judgeSettled(approval: Approval): Promise<void> {
    const thread = await store.thread(approval.thread);
    const read = thread === null || thread.ts === null ? null : await votes(approval, thread.ts);
    if (read === null || !('read' in read)) return;
    await apply(approval, readBallots(approval, read.read, clock.now()));
  }

  /** `unread`: Slack can't be asked now, so nothing leaves, and no vote counts. */
  async function votes(approval: Approval, ts: Parameters<typeof readVotes>[2]) {
    try {
      return await readVotes(deps, approval, ts);
    } catch (fault) {
      if (!(fault instanceof ChatFault)) throw fault;
      log.warn({ err: fault, approval: approval.id }, 'the votes on a prompt can not be read now');
      return { unread: `the votes can't be read: ${fault.message}` };
    }
  }

  async function endIfLate(approval: Approval): Promise<void> {
    const end = endByTime(approval, clock.now());
    if (end === null) return;
    // Nobody approved in time: whoever still wants it asks. Enough did, and it could not leave: it is asked again.
    return end.how === 'late' && approval.of === 'agent'
      ? askAgain(deps, approval, end, null)
      : settle(deps, approval, end);
  }

  async function go(approval: Approval, looked: Looked, reading: Reading): Promise<void> {
    if (approval.of === 'plan') return;
    const { state } = approval;
    if (looked.for === 'first' && state.status === 'holding') {
      if (mayLeave(approval, reading)) return first(approval, looked.prepared);
    }
    if (looked.for === 'second' && state.status === 'standing')
      return second(approval, looked.drain, looked.checked, reading);
  }

  async function first(approval: AgentApproval, prepared: Result<Prepared>): Promise<void> {
    if (!prepared.ok) return settle(deps, approval, { how: 'refused', refusal: prepared.refusal });
    const what = driftOfFirstCall(approval, prepared.value);
    if (what.length > 0) return askAgain(deps, approval, { how: 'changed', what }, prepared.value);
    await endIfRefused(approval, await carryOut(deps, approval, prepared.value));
  }

  async function second(
    approval: AgentApproval,
    drain: Drain,
    checked: Checked,
    reading: Reading,
  ): Promise<void> {
    // The next look settles it by the drain's end.
    if (checked.is === 'drain-ended')
      return void (await store.transact((tx) => applyEvents(tx, drain, [checked.seen], newId)));
    if (checked.is === 'refused') return settle(deps, approval, { how: 'refused', refusal: checked.refusal });
    if (checked.is === 'changed')
      return askAgain(deps, approval, { how: 'changed', what: checked.what }, checked.prepared);
    if (mayLeave(approval, reading))
      return endIfRefused(approval, await sendSecondCall(deps, approval, drain, checked.prepared));
    // Who can't be asked about now may well be entitled still, and whoever objects must be heard.
    const unknown = reading.ballots.find(({ voter }) => voter.kind === 'unknown')?.voter;
    if (unknown?.kind === 'unknown')
      return waiting(approval, `Slack can't be asked who voted: ${unknown.why}`);
    await askAgain(deps, approval, { how: 'changed', what: [{ what: 'not-entitled' }] }, checked.prepared);
  }

  async function endIfRefused(approval: Approval, refusal: Refusal | null): Promise<void> {
    // Its time ran out while it was being carried out: the next look says so.
    if (refusal === null || refusal.code === 'approval-settled') return;
    // The drain moved on meanwhile: the next look judges it as it is then.
    if (refusal.code === 'drain-ended') return;
    await settle(deps, approval, { how: 'refused', refusal });
  }

  async function apply(approval: Approval, events: ApprovalEvent[]): Promise<Approval> {
    if (events.length === 0) return approval;
    return store.transact((tx) => applyApproval(tx, approval, events, telling()));
  }
}

/** Whether the turn of the second call has come. */
function isSecondDue({ state }: Approval, drain: Drain | null): boolean {
  return state.status === 'standing' && drain?.state.status === 'drained';
}
