import type { Read } from '../drain.ts';
import type { Instant, MasterId } from '../ids.ts';
import type { Patience } from './stuck.ts';

/** How long what takes. Milliseconds. */
export interface Judging extends Patience {
  /** From sending until a missing effect may count; product.md, promise 3. */
  unknownMs: number;
  /** Between the two reads of one leader that make a proof. */
  proofGapMs: number;
  /** How long an agent that can't be asked is waited for after the master's DRAINED. */
  agentSilenceMs: number;
}

export const judging: Judging = {
  unknownMs: 60_000,
  proofGapMs: 1_000,
  agentSilenceMs: 30_000,
  stuckAfterMs: 120_000,
  repeatMs: 3_600_000,
  repeatSlowMs: 86_400_000,
  giveUpMs: 7 * 86_400_000,
};

/** Whether this read is the second of one leader, late enough after the first. */
export function proven(before: Read | null, leader: MasterId, at: Instant, limits: Judging): boolean {
  return before !== null && before.leader === leader && at >= before.at + limits.proofGapMs;
}

/** The event that notes a first read, unless the same leader's is noted already. */
export function first<E>(before: Read | null, leader: MasterId, event: E): E[] {
  return before !== null && before.leader === leader ? [] : [event];
}
