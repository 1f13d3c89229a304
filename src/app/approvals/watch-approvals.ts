import { isLastCallDue } from '../../domain/approval/plan-steps.ts';
import type { Approval } from '../../domain/approval.ts';
import { type ApprovalId, after, type Instant, instant } from '../../domain/ids.ts';
import { allToTheirEnd } from '../all-to-their-end.ts';
import { VersionConflict } from '../faults.ts';
import type { Reacted } from '../ports.ts';
import type { JudgeDeps } from './acting/subject.ts';
import { makeJudgeApproval } from './judge-approval.ts';

/** Slack's copy of a prompt is read at least so often while it is open. */
export const readEveryMs = 60_000;
/** Until something that could not be asked is asked again. */
const retryMs = 10_000;

/** The seventh loop's pass: looks at each approval whose hour has come. Events from Slack only wake it; what counts is read
 * from Slack's own copy, so that a doubled, late or forged event changes nothing. */
export function makeWatchApprovals(deps: JudgeDeps & { onWritten(): void }) {
  const { store, master, clock, log } = deps;
  const startedAt = clock.now();
  const judge = makeJudgeApproval(deps, startedAt);
  /** When each was last looked at, in memory: forgetting it only means looking sooner. */
  const triedAt = new Map<ApprovalId, Instant>();
  const reacted = new Map<string, Reacted>();

  async function pass(now: Instant): Promise<Instant | null> {
    const settled = await wakeReacted();
    const pending = await store.pendingApprovals(master.cluster);
    for (const id of triedAt.keys()) if (!pending.some((each) => each.id === id)) triedAt.delete(id);
    const due: Approval[] = [];
    for (const approval of pending) if ((await dueAt(approval)) <= now) due.push(approval);
    await allToTheirEnd([...due, ...settled].map(watch));
    const hours: Instant[] = [];
    for (const approval of await store.pendingApprovals(master.cluster)) hours.push(await dueAt(approval));
    return hours.length === 0 ? null : instant(Math.min(...hours));
  }

  /** Answers the settled ones among those that somebody reacted to; the others are due at once. */
  async function wakeReacted(): Promise<Approval[]> {
    const settled: Approval[] = [];
    for (const [key, { channel, ts }] of [...reacted]) {
      reacted.delete(key);
      const approval = await store.approvalByPrompt(channel, ts);
      // Each cluster hears of every reaction, and looks at its own.
      if (approval?.cluster !== master.cluster) continue;
      if (approval.state.status === 'settled') settled.push(approval);
      else triedAt.delete(approval.id);
    }
    return settled;
  }

  async function dueAt(approval: Approval): Promise<Instant> {
    const { id, state, expiresAt, hour } = approval;
    const tried = triedAt.get(id);
    if (tried === undefined) return startedAt;
    const read = after(tried, readEveryMs);
    switch (state.status) {
      case 'open':
        return soonest(read, notBefore(expiresAt, tried));
      case 'holding':
        return soonest(
          read,
          notBefore(state.until, tried),
          ...(hour === undefined ? [notBefore(expiresAt, tried)] : []),
        );
      case 'standing': {
        return (await isLastDue(approval)) ? after(tried, retryMs) : read;
      }
      case 'settled':
        return read;
    }
  }

  /** The proof for its last call is there, or the end of what it stands for. */
  async function isLastDue(approval: Approval): Promise<boolean> {
    if (approval.of === 'plan') {
      const plan = await store.plan(approval.plan);
      return plan !== null && (plan.state.status === 'ended' || isLastCallDue(plan));
    }
    const stored = approval.drain === null ? null : await store.drain(approval.drain);
    const status = stored?.drain.state.status;
    return status === 'drained' || status === 'ended';
  }

  async function watch(approval: Approval): Promise<void> {
    try {
      await judge(approval);
    } catch (fault) {
      // A command moved it on meanwhile; the next pass judges it as it is then.
      if (!(fault instanceof VersionConflict)) throw fault;
      log.debug({ approval: approval.id }, 'an approval moved on during a look');
    } finally {
      triedAt.set(approval.id, clock.now());
    }
    deps.onWritten();
  }

  return {
    pass,
    /** Somebody reacted to a message, or took a reaction back. */
    reacted: (to: Reacted) => void reacted.set(`${to.channel} ${to.ts}`, to),
    /** Its question is in Slack now. Whoever reacted before that was written down, reacted to a message that nobody knew. */
    asked: (id: ApprovalId) => void triedAt.delete(id),
    /** What happened while Slack was away, nobody told: everything is read again. */
    readAll: () => triedAt.clear(),
  };
}

/** An hour that has passed is tried again after a while. */
function notBefore(hour: Instant, tried: Instant): Instant {
  return hour > tried ? hour : after(tried, retryMs);
}

function soonest(...hours: Instant[]): Instant {
  return instant(Math.min(...hours));
}
