import type { GoneWaiting, MarkGone, MarkGoneEvent, MarkGoneState } from '../mark-gone.ts';

/** The mark gone after one event, with its version counted up. Throws a TypeError on an event that can't follow its
 * status: writing that down would make a false history. */
export function evolveMarkGone(marking: MarkGone, event: MarkGoneEvent): MarkGone {
  return { ...marking, version: marking.version + 1, state: next(marking.state, event) };
}

function next(state: MarkGoneState, event: MarkGoneEvent): MarkGoneState {
  switch (event.type) {
    case 'call-accepted':
    case 'effect-seen':
      if (state.status !== 'calling' && state.status !== 'checking') return cannot(state, event);
      return { status: 'confirming', acceptedAt: event.at, waiting: null };
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
      return { ...state, noEffect: { leader: event.leader, at: event.at } };
    case 'waiting':
      if (state.status !== 'checking' && state.status !== 'confirming') return cannot(state, event);
      return { ...state, waiting: waitingAfter(state.waiting, event) };
    case 'ended':
      if (state.status === 'ended') return cannot(state, event);
      return { status: 'ended', at: event.at, end: event.end };
  }
}

/** The week until it is given up counts from the first wait, whatever the causes were. */
function waitingAfter(
  waiting: GoneWaiting | null,
  { cause, at, tell }: Extract<MarkGoneEvent, { type: 'waiting' }>,
): GoneWaiting {
  return { cause, since: waiting?.since ?? at, toldAt: tell ? at : (waiting?.toldAt ?? null) };
}

function cannot(state: MarkGoneState, event: MarkGoneEvent): never {
  throw new TypeError(`a mark gone that is ${state.status} can't have ${event.type}`);
}
