import type { Approval, Settlement, Waits } from '../approval.ts';
import { type Judging, judging } from '../drain/proof.ts';
import { type Instant, instant, type Seconds, seconds } from '../ids.ts';
import type { Hour } from '../time/hour.ts';

/** An approved call that has not left for so long is not run any more (promise 3). */
export const callWithin: Seconds = seconds(15 * 60);
/** The second of two calls leaves on votes of one day at most (product.md 4). */
export const secondCallWithin: Seconds = seconds(24 * 3600);

/** When a question that is asked now runs out: what waits for its hour is agreed to before that. */
export function expiryOf(askedAt: Instant, expiryMs: number, hour: Hour | undefined): Instant {
  return instant(Math.min(askedAt + expiryMs, hour?.at ?? Number.POSITIVE_INFINITY));
}

/** When what was approved may leave: after its hold, and not before its hour. */
export function leavesAt({ hour }: Pick<Approval, 'hour'>, at: Instant, holdMs: number): Instant {
  return instant(Math.max(at + holdMs, hour?.at ?? 0));
}

/** The end that time alone brings an approval to, or null. A question that runs out says so before anything else; one that
 * was agreed to, and waits for its hour, does not run out. */
export function endByTime({ state, expiresAt, hour }: Approval, at: Instant): Settlement | null {
  switch (state.status) {
    case 'open':
      return at >= expiresAt ? { how: 'expired' } : null;
    case 'holding':
      if (at >= expiresAt && hour === undefined) return { how: 'expired' };
      return isLate(dueFrom(state, hour), callWithin, at) ? { how: 'late', limit: callWithin } : null;
    case 'standing': // judged when the second call is about to leave: the drain itself may take days
    case 'settled':
      return null;
  }
}

/** Whether votes are too old for the second call. */
export function isTooOldForSecondCall({ state, hour }: Approval, at: Instant): boolean {
  return state.status === 'standing' && isLate(dueFrom(state, hour), secondCallWithin, at);
}

/** A second call that can't be judged for so long is told of, in milliseconds. */
const quietMs = 2 * 60_000;

/** Whether people should hear (again) that the second call waits: when it has lasted, then hourly, after a day daily. */
export function isWaitDue({ since, toldAt }: Waits, at: Instant, limits: Judging = judging): boolean {
  if (toldAt === null) return at >= since + quietMs;
  return at >= toldAt + (at >= since + limits.repeatSlowMs ? limits.repeatSlowMs : limits.repeatMs);
}

/** What its time runs from: everything is looked at anew at the hour. */
function dueFrom({ quorumAt }: { quorumAt: Instant }, hour: Hour | undefined): Instant {
  return instant(Math.max(quorumAt, hour?.at ?? 0));
}

function isLate(from: Instant, limit: Seconds, at: Instant): boolean {
  return at > from + limit * 1000;
}
