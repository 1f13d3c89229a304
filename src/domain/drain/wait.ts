import type { DrainEvent, Waiting } from '../drain.ts';
import type { Instant } from '../ids.ts';
import { type Cause, isSameWait } from './cause.ts';

/** The wait after one more look. */
export function waitAfter(
  before: Waiting | null,
  { at, cause, tell }: Extract<DrainEvent, { type: 'waiting' }>,
): Waiting {
  const heard = before?.cause.code === cause.code ? before.toldAt : null;
  const behind = isBlind(cause) ? behindOf(before) : null;
  return {
    cause,
    since: waitsSince(before, cause) ?? at,
    toldAt: tell ? at : heard,
    ...(behind === null ? {} : { behind }),
  };
}

/** Since when it has waited for this, also where nobody could see it for a look; null: only now. */
export function waitsSince(before: Waiting | null, cause: Cause): Instant | null {
  if (before === null) return null;
  if (isSameWait(before.cause, cause)) return before.since;
  // For a nudge, nothing left must have been seen in every look.
  const behind = cause.code === 'missed-check' ? null : behindOf(before);
  return behind !== null && isSameWait(behind.cause, cause) ? behind.since : null;
}

/** The last cause that was seen. */
export function lastSeen(before: Waiting | null): Cause | null {
  return behindOf(before)?.cause ?? before?.cause ?? null;
}

/** A look that could not see the agent's work. */
export function isBlind({ code }: Cause): boolean {
  return code === 'master-silent' || code === 'recovering' || code === 'not-known';
}

function behindOf(before: Waiting | null): Pick<Waiting, 'cause' | 'since'> | null {
  if (before === null) return null;
  if (isBlind(before.cause)) return before.behind ?? null;
  return { cause: before.cause, since: before.since };
}
