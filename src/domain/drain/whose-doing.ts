import type { Drain, DrainEnd } from '../drain.ts';

/** Whether somebody brought the end about by another tool than this bot. */
export function isElsewhere({ markGone }: Drain, end: DrainEnd): boolean {
  switch (end.kind) {
    case 'superseded':
      return true;
    case 'reactivated':
      return end.by === undefined;
    case 'gone':
      return end.by === undefined && !markGone;
    case 'removed':
      return end.down !== undefined && end.plan === undefined;
    case 'rejected':
    case 'not-applied':
    case 'upgraded':
    case 'replaced':
    case 'given-up':
    case 'lost-sight':
      return false;
  }
}
