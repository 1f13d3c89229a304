import {
  endByTime,
  isTooOldForSecondCall,
  leavesAt,
  secondCallWithin,
} from '../../domain/approval/patience.ts';
import { readBallots } from '../../domain/approval/read-ballots.ts';
import type { Approval, ApprovalEvent } from '../../domain/approval.ts';
import type { Instant } from '../../domain/ids.ts';
import { ChatFault } from '../faults.ts';
import type { ThreadRow } from '../ports.ts';
import { makeOnAgent } from './acting/on-agent.ts';
import type { JudgeDeps, Subject } from './acting/subject.ts';
import { tellWait } from './acting/tell-wait.ts';
import { applyApproval } from './apply-approval.ts';
import { makeOnPlan } from './plans/on-plan.ts';
import { readVotes } from './read-votes.ts';
import { settle } from './settle-approval.ts';

/** One look at one approval: its time, its drain, the master where a call is about to leave, and last of all Slack's copy
 * of the votes; then what follows from that. Slack and the masters may be away: then it waits, and its time runs on. */
export function makeJudgeApproval(deps: JudgeDeps, startedAt: Instant) {
  const { store, clock, log, newId, policy } = deps;
  const telling = () => ({ newId, approving: policy.current().approvals.approving });
  const waiting = (approval: Approval, why: string) => tellWait(deps, approval, why);
  const onAgent = makeOnAgent(deps);
  const onPlan = makeOnPlan(deps);

  return async function judge(approval: Approval): Promise<void> {
    if (approval.state.status === 'settled') return judgeSettled(approval);
    const thread = await store.thread(approval.thread);
    if (thread?.dead != null) return settle(deps, approval, { how: 'no-prompt', why: 'undeliverable' });
    return approval.of === 'agent'
      ? judgeOn(approval, await onAgent(approval), thread)
      : judgeOn(approval, await onPlan(approval), thread);
  };

  async function judgeOn<A extends Approval>(
    approval: A,
    subject: Subject<A>,
    thread: ThreadRow | null,
  ): Promise<void> {
    if (subject.end !== null) return settle(deps, approval, subject.end);
    // Its turn came, and for a day nobody could say whether it may leave. What then was approved, is asked again.
    if (subject.isLastDue && isTooOldForSecondCall(approval, clock.now()))
      return subject.askAgain({ how: 'late', limit: secondCallWithin });
    const { state } = approval;
    // A hold of a process that is gone ran unseen: it begins anew, in full. Of one that waits for its hour enough may be left.
    const { holdMs } = policy.current().approvals;
    const cut =
      state.status === 'holding' &&
      state.since < startedAt &&
      leavesAt(approval, startedAt, holdMs) > state.until;
    const looked = cut ? { unread: null, act: null } : await subject.look();
    const read = thread === null || thread.ts === null ? null : await votes(approval, thread.ts);
    if (read !== null && 'noPrompt' in read)
      return settle(deps, approval, { how: 'no-prompt', why: read.noPrompt });
    if (read === null || 'unread' in read)
      return read !== null && subject.isLastDue
        ? waiting(approval, read.unread)
        : endIfLate(approval, subject);
    deps.seenOpen.add(approval.id);
    const now = await apply(approval, readBallots(approval, read.read, clock.now()));
    if (now.state.status === 'settled') return;
    if (endByTime(now, clock.now()) !== null) return endIfLate(now, subject);
    const until = leavesAt(now, clock.now(), holdMs);
    if (cut && now.state.status === 'holding')
      return void (await apply(now, [{ type: 'held-anew', at: clock.now(), until }]));
    if (looked.unread !== null && subject.isLastDue) return waiting(now, looked.unread);
    await looked.act?.(now, read.read);
  }

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

  async function endIfLate<A extends Approval>(approval: A, subject: Subject<A>): Promise<void> {
    const end = endByTime(approval, clock.now());
    if (end === null) return;
    // Nobody approved in time: whoever still wants it asks. Enough did, and it could not leave: it is asked again; but not
    // for an hour that is over.
    return end.how === 'late' && approval.hour === undefined
      ? subject.askAgain(end)
      : settle(deps, approval, end);
  }

  async function apply<A extends Approval>(approval: A, events: ApprovalEvent[]): Promise<A> {
    if (events.length === 0) return approval;
    return store.transact((tx) => applyApproval(tx, approval, events, telling()));
  }
}
