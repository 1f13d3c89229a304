import type { MasterDrain, MasterSighting } from '../agent.ts';
import type { Act } from '../approval.ts';
import { isOurs } from '../drain/look.ts';
import { type Drain, isOpen } from '../drain.ts';
import { maxSeconds, type Seconds, seconds } from '../ids.ts';

/** How an approved drain begins. */
export type FirstStep =
  /** By a call. */
  | { step: 'call' }
  /** Our own drain of the agent is under way or proven: it is the first step. */
  | { step: 'ours'; drain: Drain }
  /** Somebody else's drain is: it is followed as ours from here on. */
  | { step: 'adopt'; maxGrace: Seconds | null };

/** What an act begins with on this agent. `drains`: ours of it that are open or out of service. */
export function firstStepOf(act: Act, seen: MasterSighting, drains: Drain[]): FirstStep {
  if (act.kind !== 'drain-then-gone') return { step: 'call' };
  const shown = seen.kind === 'registered' ? seen.agent.drain : null;
  if (shown === null) return { step: 'call' };
  const ours = drains.find(isOpen) ?? drains.at(-1);
  // One that the master shows no more was changed by somebody: it is no step of anything.
  if (ours !== undefined && isOurs(shown, ours)) return { step: 'ours', drain: ours };
  return { step: 'adopt', maxGrace: wholeSeconds(shown) };
}

/** The act with the grace of the drain that it goes on from: the second call must repeat it exactly. */
export function withGraceOf(act: Act, first: FirstStep): Act {
  if (act.kind !== 'drain-then-gone' || first.step === 'call') return act;
  return { ...act, maxGrace: first.step === 'ours' ? first.drain.maxGrace : first.maxGrace };
}

/** Null: none is set. A grace that we could not send again is refused before (may-ask.ts). */
function wholeSeconds({ maxGraceNs }: MasterDrain): Seconds | null {
  return maxGraceNs === null || !canBeRepeated(maxGraceNs) ? null : seconds(maxGraceNs / 1e9);
}

/** Whether `max_grace_period` can be sent again exactly: whole seconds from 0. */
export function canBeRepeated(maxGraceNs: number): boolean {
  const whole = maxGraceNs / 1e9;
  return Number.isInteger(whole) && whole >= 0 && whole <= maxSeconds;
}
