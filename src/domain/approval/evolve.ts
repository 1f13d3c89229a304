import {
  type Approval,
  type ApprovalEvent,
  type ApprovalState,
  approversOf,
  type Ballot,
} from '../approval.ts';
import { inPerson } from '../person.ts';

/** The approval after one event, with its version counted up. Throws a TypeError on an event that can't follow its
 * status: writing that down would make a false history. */
export function evolveApproval<A extends Approval>(approval: A, event: ApprovalEvent): A {
  const after = {
    ...approval,
    version: approval.version + 1,
    ballots: ballotsAfter(approval.ballots, event),
    ...(event.type === 'needs' ? { needed: event.needed, oneOf: event.oneOf } : {}),
    state: next(approval, event),
  };
  return event.type === 'stands' && after.of === 'agent' ? { ...after, drain: event.drain } : after;
}

function ballotsAfter(ballots: Ballot[], event: ApprovalEvent): Ballot[] {
  if (event.type !== 'voted' && event.type !== 'vote-gone') return ballots;
  const { user, mark } = event.ballot;
  const others = ballots.filter((each) => each.user !== user || each.mark !== mark);
  return event.type === 'voted' ? [...others, event.ballot] : others;
}

function next({ state, ballots }: Approval, event: ApprovalEvent): ApprovalState {
  switch (event.type) {
    case 'voted':
    case 'vote-gone':
      return state;
    case 'needs':
      if (state.status === 'settled') return cannot(state, event);
      return state;
    case 'held':
      if (state.status !== 'open') return cannot(state, event);
      return { status: 'holding', quorumAt: event.at, since: event.at, until: event.until, by: event.by };
    case 'held-anew':
      if (state.status !== 'holding') return cannot(state, event);
      return { ...state, since: event.at, until: event.until };
    case 'released':
      if (state.status !== 'holding') return cannot(state, event);
      return { status: 'open' };
    case 'waits':
      if (state.status !== 'standing') return cannot(state, event);
      return {
        ...state,
        waits: {
          since: state.waits?.since ?? event.at,
          toldAt: event.tell ? event.at : (state.waits?.toldAt ?? null),
        },
      };
    case 'stands':
      if (state.status !== 'holding') return cannot(state, event);
      // Whose votes stand now: those that made the quorum may have changed since.
      return {
        status: 'standing',
        quorumAt: state.quorumAt,
        since: event.at,
        by: approversOf({ ballots }).map(inPerson),
        waits: null,
      };
    case 'settled':
      if (state.status === 'settled') return cannot(state, event);
      return {
        status: 'settled',
        at: event.at,
        how: event.how,
        wasStanding: state.status === 'standing',
        again: event.again,
      };
  }
}

function cannot(state: ApprovalState, event: ApprovalEvent): never {
  throw new TypeError(`an approval that is ${state.status} can't have ${event.type}`);
}
