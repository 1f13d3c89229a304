import type { MasterSighting } from '../agent.ts';
import type { Drain, DrainEvent, Gap } from '../drain.ts';
import type { Instant } from '../ids.ts';

/** That nobody looked for long before this look: what it shows did not happen just now. `lastAt` null: nobody had looked
 * before. `usualMs`: between two looks, when all is well; `worthMs`: the shortest that people hear of. */
export function gapBefore(
  { state }: Drain,
  lastAt: Instant | null,
  seen: MasterSighting,
  at: Instant,
  { usualMs, worthMs }: { usualMs: number; worthMs: number },
): DrainEvent[] {
  if (state.status !== 'draining' && state.status !== 'drained') return [];
  // That the master took it was the last that anybody knew.
  const from = lastAt ?? (state.status === 'draining' ? state.acceptedAt : null);
  if (from === null || seen.kind === 'not-read') return [];
  return at - from >= Math.max(worthMs, 3 * usualMs) ? [{ type: 'looked-again', at, from }] : [];
}

/** The gap in which something happened that the first look after it showed; null: it was seen to happen. `firstSeenAt`:
 * when it was first seen. */
export function gapOf({ state }: Drain, firstSeenAt: Instant): Gap | null {
  if (state.status !== 'draining' && state.status !== 'drained') return null;
  return state.gap !== undefined && state.gap.to === firstSeenAt ? state.gap : null;
}
