import type { Drain } from '../drain.ts';
import type { ApprovalId, Seconds } from '../ids.ts';
import type { Refusal } from '../refusal.ts';

/** Below this a second person is asked (product.md 3), which a hasten can't do. */
export const shortestHasten = 5;

/** What speaks against shortening the grace of this drain; null: nothing. `insteadOf`: the grace that the asker saw; null:
 * none was named. `pending`: a question that stands for the drain. */
export function mayHasten(
  drain: Drain,
  asked: { maxGrace: Seconds; insteadOf: Seconds | null },
  pending: ApprovalId | null,
): Refusal | null {
  const { id, state, way, maxGrace, approved } = drain;
  const refused = (why: Extract<Refusal, { code: 'cannot-hasten' }>['why']): Refusal => ({
    code: 'cannot-hasten',
    drain: id,
    why,
    approval: approved?.approval ?? pending,
    maxGraceSeconds: maxGrace,
  });
  if (state.status === 'ended') return { code: 'drain-ended', drain: id, end: state.end.kind };
  if (state.status === 'drained') return { code: 'drain-ended', drain: id, end: 'drained' };
  if (way === 'deactivate') return refused('deactivation');
  if (state.status !== 'draining') return { code: 'call-under-way', drain: id };
  if (state.amendment?.change.kind === 'hasten') return { code: 'hasten-open', drain: id };
  // An approval froze the call with its grace; another one would be a call that nobody approved.
  if (approved !== null || pending !== null) return refused('approved');
  if (asked.insteadOf !== null && asked.insteadOf !== maxGrace) return refused('changed');
  if (asked.maxGrace * 1000 >= longestMs(drain)) return refused('not-shorter');
  return asked.maxGrace < shortestHasten ? refused('too-short') : null;
}

/** What its tasks have at most; where each has its own, as far as that was known when it began. A max grace period would
 * raise a task that has less (grace.ts). */
function longestMs({ maxGrace, expectedEnd, intendedAt }: Drain): number {
  if (maxGrace !== null) return maxGrace * 1000;
  return expectedEnd === null ? Number.POSITIVE_INFINITY : expectedEnd - intendedAt;
}
