import type { MasterDrain } from '../agent.ts';
import { sameGrace } from '../agent.ts';
import type { Drain, DrainEvent, Read } from '../drain.ts';
import type { Instant, MasterId, Seconds } from '../ids.ts';
import type { Person } from '../person.ts';
import type { In, Look } from './look.ts';
import { first, proven } from './proof.ts';

/** What somebody changes of a drain that is under way. */
export type Change =
  /** An unattended drain becomes a plain one: `mark_gone: false`. */
  | { kind: 'take-back' }
  /** A shorter grace for the tasks that still run. */
  | { kind: 'hasten'; maxGrace: Seconds };

/** The same call with another config. Its intent is on disk (calling), its fate is unknown (checking), or the master took
 * it and must show so (confirming). */
export interface Amendment {
  change: Change;
  by: Person;
  at: Instant;
  status: 'calling' | 'checking' | 'confirming';
  noEffect: Read | null;
}

/** What the call carries: the whole config, for the master replaces all of it (mesos-api 1.1). */
export function changed(
  { maxGrace, markGone }: Pick<Drain, 'maxGrace' | 'markGone'>,
  change: Change,
): Pick<Drain, 'maxGrace' | 'markGone'> {
  switch (change.kind) {
    case 'take-back':
      return { maxGrace, markGone: false };
    case 'hasten':
      return { maxGrace: change.maxGrace, markGone };
  }
}

/** Whether the master shows exactly this config. */
export function shows(shown: MasterDrain, config: Pick<Drain, 'maxGrace' | 'markGone'>): boolean {
  return shown.markGone === config.markGone && sameGrace(shown.maxGraceNs, config.maxGrace);
}

/** Whether a change has come about: the master shows so, or two late reads of one leader show that the call did not
 * take effect. */
export function observeAmendment(
  { drain, limits, at }: Look,
  { amendment }: In<'draining'>,
  shown: MasterDrain | null,
  leader: MasterId,
): DrainEvent[] {
  if (amendment === null || shown === null) return [];
  // Also while the door still waits for the answer: what the master shows is the answer.
  if (shows(shown, changed(drain, amendment.change))) return [{ type: 'amended', at, leader }];
  if (amendment.status === 'calling') return [];
  if (at < amendment.at + limits.unknownMs) return [];
  return proven(amendment.noEffect, leader, at, limits)
    ? [{ type: 'amend-not-applied', at }]
    : first(amendment.noEffect, leader, { type: 'amend-no-effect-seen', at, leader });
}
