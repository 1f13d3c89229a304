import type { Approval, Settlement, Waits } from '../approval.ts';
import { type Judging, judging } from '../drain/proof.ts';
import { type Instant, type Seconds, seconds } from '../ids.ts';

/** An approved call that has not left for so long is not run any more (promise 3). */
export const callWithin: Seconds = seconds(15 * 60);
/** The second of two calls leaves on votes of one day at most (product.md 4). */
export const secondCallWithin: Seconds = seconds(24 * 3600);

/** The end that time alone brings an approval to, or null. A question that runs out says so before anything else. */
export function endByTime({ state, expiresAt }: Approval, at: Instant): Settlement | null {
  switch (state.status) {
    case 'open':
      return at >= expiresAt ? { how: 'expired' } : null;
    case 'holding':
      if (at >= expiresAt) return { how: 'expired' };
      return isLate(state.quorumAt, callWithin, at) ? { how: 'late', limit: callWithin } : null;
    case 'standing': // judged when the second call is about to leave: the drain itself may take days
    case 'settled':
      return null;
  }
}

/** Whether votes are too old for the second call. */
export function isTooOldForSecondCall({ state }: Approval, at: Instant): boolean {
  return state.status === 'standing' && isLate(state.quorumAt, secondCallWithin, at);
}

/** A second call that can't be judged for so long is told of, in milliseconds. */
const quietMs = 2 * 60_000;

/** Whether people should hear (again) that the second call waits: when it has lasted, then hourly, after a day daily. */
export function isWaitDue({ since, toldAt }: Waits, at: Instant, limits: Judging = judging): boolean {
  if (toldAt === null) return at >= since + quietMs;
  return at >= toldAt + (at >= since + limits.repeatSlowMs ? limits.repeatSlowMs : limits.repeatMs);
}

function isLate(from: Instant, limit: Seconds, at: Instant): boolean {
  return at > from + limit * 1000;
}
