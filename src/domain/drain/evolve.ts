import type { Drain, DrainEvent, DrainState, Recall, Waiting } from '../drain.ts';

/** The drain after one event, with its version counted up. Throws a TypeError on an event that can't follow
 * its status: that would be a bug in `observe`, and writing it down would make a false history. */
export function evolve(drain: Drain, event: DrainEvent): Drain {
  return {
    ...drain,
    ...planAfter(drain, event),
    version: drain.version + 1,
    state: next(drain.state, event),
  };
}

/** What is meant to become of the agent. */
function planAfter(drain: Drain, event: DrainEvent): Pick<Drain, 'goneNext' | 'markGone' | 'approved'> {
  const { goneNext, markGone, approved } = drain;
  switch (event.type) {
    case 'gone-planned':
      return { goneNext: true, markGone, approved: event.approved };
    case 'gone-dropped':
      return { goneNext: false, markGone, approved };
    case 'recalled':
      return { goneNext, markGone: false, approved };
    default:
      return { goneNext, markGone, approved };
  }
}

function next(state: DrainState, event: DrainEvent): DrainState {
  switch (event.type) {
    case 'call-accepted':
    case 'effect-seen':
    case 'adopted':
      if (state.status !== 'calling' && state.status !== 'checking') return cannot(state, event);
      return {
        status: 'draining',
        acceptedAt: event.at,
        progress: { left: null, quarter: 0, movedAt: event.at },
        waiting: null,
        firstDrained: null,
        firstAbsent: null,
        witness: null,
        recall: null,
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
    case 'waiting': {
      if (state.status === 'checking') return { ...state, waiting: blindSince(state.waiting, event) };
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
      return state.status === 'ended' ? cannot(state, event) : state;
    case 'recall-intended':
      if (state.status !== 'draining' || state.recall !== null) return cannot(state, event);
      return { ...state, recall: { by: event.by, at: event.at, status: 'calling', noEffect: null } };
    case 'recall-accepted':
    case 'recall-unknown':
      return recalling(state, event, 'calling', (recall) => ({
        ...recall,
        status: event.type === 'recall-accepted' ? 'confirming' : 'checking',
      }));
    case 'recall-rejected':
      return recalling(state, event, 'calling', () => null);
    case 'recall-no-effect-seen':
      return recalling(state, event, null, (recall) => ({
        ...recall,
        noEffect: { leader: event.leader, at: event.at },
      }));
    case 'recall-not-applied':
    case 'recalled':
      return recalling(state, event, null, () => null);
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

/** `from`: the status that the recall must have; null: any. */
function recalling(
  state: DrainState,
  event: DrainEvent,
  from: Recall['status'] | null,
  change: (recall: Recall) => Recall | null,
): DrainState {
  if (state.status !== 'draining' || state.recall === null) return cannot(state, event);
  if (from !== null && state.recall.status !== from) return cannot(state, event);
  return { ...state, recall: change(state.recall) };
}

/** Whatever hides the fate of a call: one wait, however its cause changes. */
function blindSince(
  waiting: Waiting | null,
  { at, cause, tell }: Extract<DrainEvent, { type: 'waiting' }>,
): Waiting {
  return { cause, since: waiting?.since ?? at, toldAt: tell ? at : (waiting?.toldAt ?? null) };
}

function cannot(state: DrainState, event: DrainEvent): never {
  throw new TypeError(`a ${state.status} drain can't have ${event.type}`);
}
