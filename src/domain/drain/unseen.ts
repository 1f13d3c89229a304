import type { Instant } from '../ids.ts';
import { type Away, type AwayCause, causeOfAway } from './away.ts';
import type { Patience } from './stuck.ts';

/** Why nothing can be found out about a call, since when, and when people last heard of it. */
export interface Unseen<C extends { code: string }> {
  cause: C;
  since: Instant;
  toldAt: Instant | null;
}

/** While nothing can be found out about a call: told when that has lasted, then hourly, of an agent that is not listed
 * daily after a day; a call is never taken for lost because nobody could look. */
export function stillUnseen(
  { at, limits }: { at: Instant; limits: Patience },
  { waiting }: { waiting: Unseen<{ code: string }> | null },
  seen: Away,
): { type: 'waiting'; at: Instant; cause: AwayCause; tell: boolean }[] {
  const cause = causeOfAway(seen);
  const note = (tell: boolean) => [{ type: 'waiting' as const, at, cause, tell }];
  if (waiting === null) return note(false);
  const slow = cause.code === 'not-listed' && at >= waiting.since + limits.repeatSlowMs;
  const due =
    waiting.toldAt === null
      ? at >= waiting.since + limits.stuckAfterMs
      : at >= waiting.toldAt + (slow ? limits.repeatSlowMs : limits.repeatMs);
  if (due) return note(true);
  return waiting.cause.code === cause.code ? [] : note(false);
}

/** Whatever hides the fate of a call: one wait, however its cause changes. */
export function unseenSince<C extends { code: string }>(
  waiting: Unseen<C> | null,
  { at, cause, tell }: { at: Instant; cause: C; tell: boolean },
): Unseen<C> {
  return { cause, since: waiting?.since ?? at, toldAt: tell ? at : (waiting?.toldAt ?? null) };
}
