import type { Drain } from '../drain.ts';
import { after, type Instant, type Seconds } from '../ids.ts';
import type { Person } from '../person.ts';
import type { AfterWindow } from '../policy.ts';

/** How long an agent is to stay out of service, and what came of that. */
export interface Stay {
  /** Null: until somebody reactivates it. */
  outFor: OutFor | null;
  /** When its return was begun, or people were last reminded that it is still out; null: neither yet. */
  toldAt: Instant | null;
}

/** Counted from when it was out of service. `by`: on whose behalf it comes back then. */
export interface OutFor {
  seconds: Seconds;
  by: Person;
}

/** What is to be done about an agent that is out of service. */
export type Due =
  /** Null: it is not out of service, so nothing is. */
  | { what: 'nothing'; until: Instant | null }
  | { what: 'return'; hour: Instant }
  | { what: 'remind'; why: 'forgotten' | 'by-policy' | 'late' };

/** What a policy says of this. */
export interface StayRules {
  afterWindow: AfterWindow;
  /** How long an agent is out before people are reminded of it, in ms; null: they are not. */
  remindAfterMs: number | null;
}

/** How late a return may still begin by itself, in ms: after that somebody has to look first (product.md 2.3). */
export const lateMs = 15 * 60_000;

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** Since when our drain keeps its agent out of service: by the proof that it is drained, or from when the master took the
 * deactivation, whatever is still on it. Null: it does not, or what it waits for comes next. */
export function outSince({
  way,
  state,
  goneNext,
}: Pick<Drain, 'way' | 'state' | 'goneNext'>): Instant | null {
  if (goneNext) return null;
  switch (state.status) {
    case 'drained':
      return way === 'deactivate' ? state.acceptedAt : state.provenAt;
    case 'draining':
      return way === 'deactivate' ? state.acceptedAt : null;
    case 'calling':
    case 'checking':
    case 'ended':
      return null;
  }
}

/** When its time out of service is over; null: it has none, or that has not begun. */
export function outUntil(drain: Pick<Drain, 'way' | 'state' | 'goneNext' | 'stay'>): Instant | null {
  const since = outSince(drain);
  const outFor = drain.stay?.outFor ?? null;
  return since === null || outFor === null ? null : after(since, outFor.seconds * 1000);
}

/** What is due at this moment. People are reminded after a day, then daily, and after a week weekly. */
export function dueOn(
  drain: Pick<Drain, 'way' | 'state' | 'goneNext' | 'stay'>,
  { afterWindow, remindAfterMs }: StayRules,
  at: Instant,
): Due {
  const since = outSince(drain);
  if (since === null) return { what: 'nothing', until: null };
  const hour = outUntil(drain);
  const toldAt = drain.stay?.toldAt ?? null;
  if (hour !== null && toldAt === null) {
    if (at < hour) return { what: 'nothing', until: hour };
    if (afterWindow === 'remind') return { what: 'remind', why: 'by-policy' };
    return at > after(hour, lateMs) ? { what: 'remind', why: 'late' } : { what: 'return', hour };
  }
  if (remindAfterMs === null) return { what: 'nothing', until: null };
  const next = toldAt === null ? after(since, remindAfterMs) : after(toldAt, pauseAfter(since, toldAt));
  return at < next ? { what: 'nothing', until: next } : { what: 'remind', why: 'forgotten' };
}

function pauseAfter(since: Instant, toldAt: Instant): number {
  return toldAt - since >= weekMs ? weekMs : dayMs;
}
