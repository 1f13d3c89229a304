import { unseenSince } from '../drain/unseen.ts';
import type { Reactivation, ReactivationEvent, ReactivationState } from '../reactivation.ts';

/** The reactivation after one event, with its version counted up. Throws a TypeError on an event that can't follow
 * its status: writing that down would make a false history. */
export function evolveReactivation(reactivation: Reactivation, event: ReactivationEvent): Reactivation {
  return { ...reactivation, version: reactivation.version + 1, state: next(reactivation.state, event) };
}

function next(state: ReactivationState, event: ReactivationEvent): ReactivationState {
  switch (event.type) {
    case 'call-accepted':
    case 'effect-seen':
      if (state.status !== 'calling' && state.status !== 'checking') return cannot(state, event);
      return { status: 'confirming', acceptedAt: event.at, waiting: null, told: [], firstAbsent: null };
    case 'call-rejected':
      if (state.status !== 'calling') return cannot(state, event);
      return {
        status: 'ended',
        at: event.at,
        end: { kind: 'rejected', httpStatus: event.httpStatus, body: event.body },
      };
    case 'call-unknown':
      if (state.status !== 'calling') return cannot(state, event);
      return { status: 'checking', since: event.at, why: event.why, noEffect: null, waiting: null };
    case 'no-effect-seen':
      if (state.status !== 'checking') return cannot(state, event);
      return { ...state, noEffect: { leader: event.leader, at: event.at }, waiting: null };
    case 'waiting': {
      if (state.status === 'checking') return { ...state, waiting: unseenSince(state.waiting, event) };
      if (state.status !== 'confirming') return cannot(state, event);
      const { cause, at, tell } = event;
      const since = state.waiting?.cause.code === cause.code ? state.waiting.since : at;
      return { ...state, waiting: { cause, since }, told: tell ? [...state.told, cause.code] : state.told };
    }
    case 'absent-seen':
      if (state.status !== 'confirming') return cannot(state, event);
      return { ...state, firstAbsent: { leader: event.leader, at: event.at } };
    case 'listed-again':
      if (state.status !== 'confirming') return cannot(state, event);
      return { ...state, firstAbsent: null };
    case 'ended':
      if (state.status !== 'checking' && state.status !== 'confirming') return cannot(state, event);
      return { status: 'ended', at: event.at, end: event.end };
  }
}

function cannot(state: ReactivationState, event: ReactivationEvent): never {
  throw new TypeError(`a ${state.status} reactivation can't have ${event.type}`);
}
