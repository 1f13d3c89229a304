import type { Drain, DrainEvent, DrainState } from '../drain.ts';
import { allStaying } from '../history/departures.ts';
import { isOfStay, stayAfter } from '../stay/evolve.ts';
import { type Amendment, changed } from './amendment.ts';
import { noNudges } from './nudge.ts';
import { unseenSince } from './unseen.ts';
import { waitAfter } from './wait.ts';

/** The drain after one event, with its version counted up. Throws a TypeError on an event that can't follow
 * its status: that would be a bug in `observe`, and writing it down would make a false history. */
export function evolve(drain: Drain, event: DrainEvent): Drain {
  return {
    ...drain,
    ...planAfter(drain, event),
    ...(isOfStay(event) ? { stay: stayAfter(drain.stay, event) } : {}),
    version: drain.version + 1,
    state: next(drain, event),
  };
}

/** What is meant to become of the agent. */
function planAfter(
  drain: Drain,
  event: DrainEvent,
): Pick<Drain, 'goneNext' | 'approved' | 'markGone' | 'maxGrace'> {
  const { goneNext, markGone, approved, maxGrace, state } = drain;
  switch (event.type) {
    case 'gone-planned':
      return { goneNext: true, markGone, maxGrace, approved: event.approved };
    case 'gone-dropped':
      return { goneNext: false, markGone, maxGrace, approved };
    case 'amended':
      if (state.status !== 'draining' || state.amendment === null) return cannot(state, event);
      return { goneNext, approved, ...changed(drain, state.amendment.change) };
    default:
      return { goneNext, markGone, maxGrace, approved };
  }
}

function next(drain: Drain, event: DrainEvent): DrainState {
  const { state } = drain;
  switch (event.type) {
    case 'call-accepted':
    case 'effect-seen':
    case 'adopted':
      if (state.status !== 'calling' && state.status !== 'checking') return cannot(state, event);
      return {
        status: 'draining',
        acceptedAt: event.at,
        progress: { left: null, quarter: 0, movedAt: event.at },
        // When somebody else began it, nobody knows: its times tell nothing.
        staying: event.type === 'adopted' ? [] : allStaying(drain),
        waiting: null,
        firstDrained: null,
        firstAbsent: null,
        witness: null,
        amendment: null,
        nudges: noNudges,
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
      return { status: 'checking', since: event.at, why: event.why, noEffect: null, waiting: null };
    case 'no-effect-seen':
      if (state.status !== 'checking') return cannot(state, event);
      return { ...state, noEffect: { leader: event.leader, at: event.at }, waiting: null };
    case 'progressed':
      if (state.status !== 'draining') return cannot(state, event);
      return { ...state, progress: { left: event.left, quarter: event.quarter, movedAt: event.at } };
    case 'framework-left':
      if (state.status !== 'draining') return cannot(state, event);
      return { ...state, staying: state.staying.filter(({ framework }) => framework !== event.framework) };
    case 'framework-slow':
      if (state.status !== 'draining') return cannot(state, event);
      return {
        ...state,
        staying: state.staying.map((each) =>
          each.framework === event.framework ? { ...each, slow: true } : each,
        ),
      };
    case 'waiting':
      if (state.status === 'checking') return { ...state, waiting: unseenSince(state.waiting, event) };
      if (state.status !== 'draining') return cannot(state, event);
      return { ...state, waiting: waitAfter(state.waiting, event) };
    case 'moving-again':
      if (state.status !== 'draining') return cannot(state, event);
      return { ...state, waiting: null, progress: { ...state.progress, movedAt: event.at } };
    case 'looked-again':
      if (state.status !== 'draining' && state.status !== 'drained') return cannot(state, event);
      return { ...state, gap: { from: event.from, to: event.at } };
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
        witness: state.witness,
      };
    case 'witnessed':
      if (state.status !== 'draining') return cannot(state, event);
      return { ...state, witness: event.word };
    case 'gone-planned':
    case 'gone-dropped':
    case 'stay-set':
      return state.status === 'ended' ? cannot(state, event) : state;
    case 'return-begun':
    case 'reminded':
      return state.status === 'draining' || state.status === 'drained' ? state : cannot(state, event);
    case 'amend-intended': {
      if (state.status !== 'draining' || state.amendment !== null || state.nudges.calling)
        return cannot(state, event);
      const { change, by, at } = event;
      return { ...state, amendment: { change, by, at, status: 'calling', noEffect: null } };
    }
    case 'amend-accepted':
    case 'amend-unknown':
      return amending(state, event, 'calling', (amendment) => ({
        ...amendment,
        status: event.type === 'amend-accepted' ? 'confirming' : 'checking',
      }));
    case 'amend-rejected':
      return amending(state, event, 'calling', () => null);
    case 'amend-no-effect-seen':
      return amending(state, event, null, (amendment) => ({
        ...amendment,
        noEffect: { leader: event.leader, at: event.at },
      }));
    case 'amend-not-applied':
    case 'amended':
      return amending(state, event, null, () => null);
    case 'nudge-intended':
      if (state.status !== 'draining' || state.amendment !== null || state.nudges.calling)
        return cannot(state, event);
      return { ...state, nudges: { sent: state.nudges.sent + 1, lastAt: event.at, calling: true } };
    case 'nudge-answered':
      if (state.status !== 'draining' || !state.nudges.calling) return cannot(state, event);
      return {
        ...state,
        nudges: { ...state.nudges, calling: false },
        // Our own call began the drain anew at the master: by that it is known again. What came between before, it must
        // not cover up.
        witness: event.outcome === 'accepted' && event.strange !== true ? null : state.witness,
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

/** `from`: the status that the amendment must have; null: any. */
function amending(
  state: DrainState,
  event: DrainEvent,
  from: Amendment['status'] | null,
  change: (amendment: Amendment) => Amendment | null,
): DrainState {
  if (state.status !== 'draining' || state.amendment === null) return cannot(state, event);
  if (from !== null && state.amendment.status !== from) return cannot(state, event);
  return { ...state, amendment: change(state.amendment) };
}

function cannot(state: DrainState, event: DrainEvent): never {
  throw new TypeError(`a ${state.status} drain can't have ${event.type}`);
}
