import type { AuditEntry, AuditEvent, Json } from '../audit.ts';
import type { DeedState, GonePlan } from './deed.ts';

/** What a deed has come to by its entries, in their order. `verb`: what was asked for. An entry that says nothing of it, or that
 * this version does not know, changes nothing. */
export function stateBy(entries: readonly AuditEntry[], verb: string | null): DeedState {
  return entries.reduce<DeedState>(
    (state, entry) => next(state, entry, verb) ?? state,
    // Nothing of it was sent, as far as the log goes.
    { is: 'sent', unknown: false },
  );
}

function next(state: DeedState, entry: AuditEntry, verb: string | null): DeedState | null {
  const { at, outcome = '' } = entry;
  // A list is shown first, and what is confirmed of it goes on from there.
  const shown = state.is === 'answered';
  const begins =
    shown || state.is === 'asked' || state.is === 'scheduled' || state.is === 'held' || state.is === 'sent';
  const gone: GonePlan = 'gone' in state ? state.gone : 'none';
  const underWay = { is: 'under-way', left: null, of: null, waiting: null, gone } as const;
  const end = (how: string): DeedState => ({
    is: 'ended',
    how,
    at,
    drainedAt: state.is === 'drained' ? state.at : state.is === 'ended' ? state.drainedAt : null,
    by: personIn(entry.facts),
    outside: entry.actor.kind === 'outside',
    gone,
  });
  // What is done to a drain stands in that drain's entries; to the drain itself it is no end.
  const isChange = verb === 'hasten' || verb === 'cancel';
  const event: AuditEvent = entry.event;
  switch (event) {
    case 'command.answered':
      return { is: 'answered' };
    case 'command.refused':
      return { is: 'refused', code: entry.decision ?? '' };
    case 'command.failed':
      return { is: 'failed' };
    case 'command.late':
      return { is: 'late' };
    case 'command.accepted':
      return end('done');
    case 'approval.asked':
    case 'approval.released':
      return begins || state.is === 'settled' ? { is: 'asked' } : null;
    case 'approval.held':
    case 'approval.held-anew':
      return begins ? { is: 'held', ...hourIn(entry.facts) } : null;
    case 'approval.settled':
      if (!begins || outcome === 'used') return null;
      return { is: 'settled', how: outcome, at, by: entry.actor.kind === 'person' ? entry.actor.user : null };
    case 'call.intended':
      return begins ? { is: 'sent', unknown: false } : null;
    case 'call.unknown':
      return begins ? { is: 'sent', unknown: true } : null;
    case 'call.accepted':
    case 'drain.effect-seen':
    case 'drain.adopted':
    case 'mark-gone.effect-seen':
    case 'reactivation.effect-seen':
      return begins ? underWay : null;
    case 'plan.scheduled':
      return begins ? { is: 'scheduled', hour: at, ...hourIn(entry.facts) } : null;
    case 'plan.begun':
      return begins ? { is: 'sent', unknown: false } : null;
    case 'plan.line-refused':
      return { is: 'refused', code: entry.decision ?? '' };
    case 'plan.ended':
      if (state.is === 'scheduled') return end(outcome);
      // Of agents each has an end of its own.
      return verb?.startsWith('maintenance') && outcome !== 'not-confirmed' ? end(outcome) : null;
    case 'call.rejected':
      return begins ? end('rejected') : null;
    case 'drain.progressed': {
      const { left, of } = figures(entry.facts);
      return { ...underWay, left, of };
    }
    case 'drain.waiting':
    case 'mark-gone.waiting':
    case 'reactivation.waiting':
      if (state.is === 'drained' || state.is === 'ended') return null;
      return state.is === 'under-way' ? { ...state, waiting: outcome } : { ...underWay, waiting: outcome };
    case 'drain.moving-again':
      return state.is === 'under-way' ? { ...state, waiting: null } : null;
    case 'drain.drained':
    case 'drain.emptied':
      return { is: 'drained', at, gone };
    case 'drain.gone-planned':
      return 'gone' in state ? { ...state, gone: 'planned' } : null;
    case 'drain.gone-dropped':
      return 'gone' in state ? { ...state, gone: 'dropped' } : null;
    case 'drain.ended':
    case 'reactivation.ended':
      return end(outcome);
    case 'mark-gone.ended':
      // Of a drain's second call only the drain's own end tells: any other end than gone leaves it drained.
      return verb === 'mark-gone' || outcome === 'gone' ? end(outcome) : null;
    case 'drain.hastened':
    case 'drain.recalled':
      return isChange ? end('done') : null;
    case 'drain.hasten-failed':
    case 'drain.recall-failed':
      return isChange ? end(outcome) : null;
    default:
      // Votes, looks, messages that could not be delivered; and what a newer version files.
      return null;
  }
}

function hourIn(facts: Json | undefined): { hour?: string } {
  const { hour } = objectOf(facts);
  return typeof hour === 'string' ? { hour } : {};
}

function figures(facts: Json | undefined): { left: number | null; of: number | null } {
  const { left, of } = objectOf(facts);
  return { left: typeof left === 'number' ? left : null, of: typeof of === 'number' ? of : null };
}

function personIn(facts: Json | undefined): string | null {
  const { userId } = objectOf(objectOf(facts)['by']);
  return typeof userId === 'string' ? userId : null;
}

/** A JSON object's members; none where it is no object. */
export function objectOf(value: Json | undefined): { [key: string]: Json } {
  return value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value)
    ? value
    : {};
}
