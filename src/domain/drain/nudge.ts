import type { MasterSighting, Sighting } from '../agent.ts';
import { witnessDrift } from '../approval/drift.ts';
import { wordOf } from '../approval/witness.ts';
import type { Drain } from '../drain.ts';
import { after, type Instant } from '../ids.ts';
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

/** From when people are told of it, though nudges tell of themselves: that none leaves, or that the last came to nothing. */
export function tellFrom(
  cause: Extract<Cause, { code: 'missed-check' }>,
  { lastAt }: Nudges,
  since: Instant,
): Instant {
  const latest = lastAt !== null && lastAt > since ? lastAt : since;
  return after(latest, mayNudge(cause) ? 3 * everyMs : everyMs);
}

/** Whether the last one has had its time. */
export function isWorn({ lastAt, calling }: Nudges, at: Instant): boolean {
  return !calling && (lastAt === null || at >= lastAt + everyMs);
}

/** Whether a failover, or somebody, came between since the first of two calls (product.md 4): our next call would hide that. */
export function isStrange({ state }: Drain, seen: MasterSighting): boolean {
  if (state.status !== 'draining' || state.witness === null) return false;
  return witnessDrift(state.witness, wordOf(seen)).length > 0;
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
  // The master's lists are read seldom, and shown again until then: that is the same read.
  const readAt = cause.by === 'agent' ? at : (sighting.diagnosis?.at ?? waiting.since);
  return readAt >= waiting.since + idleMs && isWorn(nudges, at);
}
