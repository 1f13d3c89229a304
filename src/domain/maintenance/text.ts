import type { Machine } from '../agent.ts';
import type { Difference } from './difference.ts';
import type { Span } from './merge.ts';
import type { Window } from './window.ts';

// The schedule as JSON can hold it: int64 in decimal, for past 2^53 a number would lose some.

/** A time of unavailability in nanoseconds since the epoch. `durationNs` null: without an end. */
export interface Unavailability {
  startNs: string;
  durationNs: string | null;
}

export interface WindowText extends Unavailability {
  machines: Machine[];
}

/** One machine whose place in the schedule is told. Null: it was or is not in it. */
export interface ScheduleLine {
  machine: Machine;
  before: Unavailability | null;
  after: Unavailability | null;
}

export function spanText({ startNs, durationNs }: Span): Unavailability {
  return { startNs: startNs.toString(), durationNs: durationNs?.toString() ?? null };
}

export function windowsText(windows: readonly Window[]): WindowText[] {
  return windows.map(({ machines, ...span }) => ({ machines, ...spanText(span) }));
}

export function lineText({ machine, before, after }: Difference): ScheduleLine {
  return { machine, before: before && spanText(before), after: after && spanText(after) };
}

/** Throws a SyntaxError where a number is none; the store's shapes let none through. */
export function spanOf({ startNs, durationNs }: Unavailability): Span {
  return { startNs: BigInt(startNs), durationNs: durationNs === null ? null : BigInt(durationNs) };
}

/** Throws as {@link spanOf}. */
export function windowsOf(texts: readonly WindowText[]): Window[] {
  return texts.map(({ machines, ...span }) => ({ machines, ...spanOf(span) }));
}
