import type { Drain, DrainEvent, DrainState } from '../drain.ts';

/** The drain after one event, with its version counted up. Throws a TypeError on an event that can't follow
 * its status: that would be a bug in `observe`, and writing it down would make a false history. */
export function evolve(drain: Drain, event: DrainEvent): Drain {
  return { ...drain, version: drain.version + 1, state: next(drain.state, event) };
}

function next(state: DrainState, event: DrainEvent): DrainState {
  switch (event.type) {
    case 'call-accepted':
    case 'effect-seen':
      if (state.status !== 'calling' && state.status !== 'checking') return cannot(state, event);
      return {
        status: 'draining',
        acceptedAt: event.at,
        progress: { left: null, quarter: 0, movedAt: event.at },
        waiting: null,
        firstDrained: null,
        firstAbsent: null,
      };
    case 'call-rejected':
      if (state.status !== 'calling') return cannot(state, event);
      return {
        status: 'ended',
        at: event.at,
        end: { kind: 'rejected', httpStatus: event.httpStatus, body: event.body },
        drainedAt: null,
      };
    case 'call-unknown':
      if (state.status !== 'calling') return cannot(state, event);
      return { status: 'checking', since: event.at, why: event.why, noEffect: null };
    case 'no-effect-seen':
      if (state.status !== 'checking') return cannot(state, event);
      return { ...state, noEffect: { leader: event.leader, at: event.at } };
    case 'progressed':
      if (state.status !== 'draining') return cannot(state, event);
      return { ...state, progress: { left: event.left, quarter: event.quarter, movedAt: event.at } };
    case 'waiting': {
      if (state.status !== 'draining') return cannot(state, event);
      const same = state.waiting !== null && state.waiting.cause.code === event.cause.code;
      return {
        ...state,
        waiting: {
          cause: event.cause,
          since: same && state.waiting ? state.waiting.since : event.at,
          toldAt: event.tell ? event.at : same && state.waiting ? state.waiting.toldAt : null,
        },
      };
    }
    case 'moving-again':
      if (state.status !== 'draining') return cannot(state, event);
      return { ...state, waiting: null, progress: { ...state.progress, movedAt: event.at } };
    case 'drained-seen':
      if (state.status !== 'draining') return cannot(state, event);
      return { ...state, firstDrained: { leader: event.leader, at: event.at } };
    case 'drained-unseen':
      if (state.status !== 'draining') return cannot(state, event);
      return { ...state, firstDrained: null };
    case 'absent-seen':
      if (state.status !== 'draining' && state.status !== 'drained') return cannot(state, event);
      return { ...state, firstAbsent: { leader: event.leader, at: event.at } };
    case 'listed-again':
      if (state.status !== 'draining' && state.status !== 'drained') return cannot(state, event);
      return { ...state, firstAbsent: null };
    case 'drained':
      if (state.status !== 'draining') return cannot(state, event);
      return {
        status: 'drained',
        acceptedAt: state.acceptedAt,
        provenAt: event.at,
        proof: event.proof,
        firstAbsent: null,
      };
    case 'ended':
      if (state.status === 'ended') return cannot(state, event);
      return {
        status: 'ended',
        at: event.at,
        end: event.end,
        drainedAt: state.status === 'drained' ? state.provenAt : null,
      };
  }
}

function cannot(state: DrainState, event: DrainEvent): never {
  throw new TypeError(`a ${state.status} drain can't have ${event.type}`);
}
