import type { MasterDrain } from '../agent.ts';
import type { DrainEvent } from '../drain.ts';
import type { MasterId } from '../ids.ts';
import type { In, Look } from './look.ts';
import { first, proven } from './proof.ts';

/** Whether a `mark_gone` that somebody takes back is off: the master shows so, or two late reads of one leader show that
 * the call did not take effect. */
export function observeRecall(
  { limits, at }: Look,
  { recall }: In<'draining'>,
  shown: MasterDrain | null,
  leader: MasterId,
): DrainEvent[] {
  if (recall === null || shown === null) return [];
  // Also while the door still waits for the answer: what the master shows is the answer.
  if (!shown.markGone) return [{ type: 'recalled', at, leader }];
  if (recall.status === 'calling') return [];
  if (at < recall.at + limits.unknownMs) return [];
  return proven(recall.noEffect, leader, at, limits)
    ? [{ type: 'recall-not-applied', at }]
    : first(recall.noEffect, leader, { type: 'recall-no-effect-seen', at, leader });
}
