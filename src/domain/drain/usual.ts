import type { DrainEvent } from '../drain.ts';
import type { ReactivationEvent } from '../reactivation.ts';

/** Whether an event is a usual step of a drain, that is not told where many are told at once. */
export function isUsualStep(event: DrainEvent): boolean {
  switch (event.type) {
    case 'call-accepted':
    case 'effect-seen':
    case 'progressed':
    case 'drained':
    case 'looked-again':
      return true;
    // By this bot: whoever had that done is told of it.
    case 'ended':
      return (event.end.kind === 'reactivated' || event.end.kind === 'gone') && event.end.by !== undefined;
    default:
      return false;
  }
}

/** The same of a reactivation. */
export function isUsualReturn(event: ReactivationEvent): boolean {
  return (
    event.type === 'call-accepted' ||
    event.type === 'effect-seen' ||
    (event.type === 'ended' && event.end.kind === 'active')
  );
}
