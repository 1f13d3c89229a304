import type { Sighting } from '../agent.ts';
import type { Drain } from '../drain.ts';
import type { Instant } from '../ids.ts';
import { type Cause, causeOf, isSameWait } from './cause.ts';

/** A nudge: the same drain, sent once more so that a master that missed its own check looks again (mesos-api 2.2). The
 * one call that is repeated, on evidence and with an intent of its own (product.md 5.4). */
export interface Nudges {
  sent: number;
  lastAt: Instant | null;
  /** The intent of the last is on disk, its answer is not. */
  calling: boolean;
}

export const noNudges: Nudges = { sent: 0, lastAt: null, calling: false };

/** How many may be sent for one drain. */
export const mostNudges = 5;
/** Between two of them, in ms; also how long the last may take to show an effect. */
const everyMs = 60_000;
/** Between the two reads that show nothing left, in ms. */
const idleMs = 30_000;

/** Whether another one may follow, sooner or later. */
export function mayNudge({ held, nudges }: Extract<Cause, { code: 'missed-check' }>): boolean {
  return held === null && nudges < mostNudges;
}

/** Whether the last one has had its time. */
export function isWorn({ lastAt, calling }: Nudges, at: Instant): boolean {
  return !calling && (lastAt === null || at >= lastAt + everyMs);
}

/** Whether it is time for one, after a look whose events are in `drain` already: DRAINING as we meant it (or the drain
 * would have ended), with nothing left, in two reads of one leader. */
export function nudgeDue(drain: Drain, sighting: Sighting): boolean {
  const { state } = drain;
  const { at } = sighting;
  if (drain.way !== 'drain' || state.status !== 'draining') return false;
  if (state.amendment !== null || state.waiting === null) return false;
  const { waiting, nudges } = state;
  const cause = causeOf(drain, sighting, at, waiting.cause);
  if (cause.code !== 'missed-check' || !isSameWait(cause, waiting.cause) || !mayNudge(cause)) return false;
  return at >= waiting.since + idleMs && isWorn(nudges, at);
}
