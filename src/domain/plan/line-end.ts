import type { Drain } from '../drain.ts';
import type { Reactivation } from '../reactivation.ts';

/** Whether the work on one agent of a plan has come to the end that the plan had it for; null: to none yet. A record that is
 * not there any more has come to another one. */
export function hasEndedWell(
  own: { drain: Drain | null } | { reactivation: Reactivation | null },
): boolean | null {
  if ('drain' in own) {
    if (own.drain === null) return false;
    const { state } = own.drain;
    if (state.status === 'drained') return true;
    return state.status === 'ended' ? state.drainedAt !== null : null;
  }
  if (own.reactivation === null) return false;
  const { state } = own.reactivation;
  return state.status === 'ended' ? state.end.kind === 'active' : null;
}
