import type { Settlement } from '../approval.ts';
import type { Approved, Drain, DrainEnd, Proof, Way } from '../drain.ts';
import { usualAtStart } from '../history/departures.ts';
import type { FrameworkUsual } from '../history/usual.ts';
import type { AgentId, ApprovalId, ClusterName, DrainId, Instant } from '../ids.ts';
import type { MarkGoneState } from '../mark-gone.ts';
import type { Person } from '../person.ts';
import { outUntil } from '../stay/stay.ts';
import type { Change } from './amendment.ts';
import type { Cause } from './cause.ts';

/** The face of a drain: what its card shows. */
export interface DrainCard {
  drain: DrainId;
  way: Way;
  cluster: ClusterName;
  agentId: AgentId;
  hostname: string;
  requester: Person;
  reason: string | null;
  maxGraceSeconds: number | null;
  markGone: boolean;
  goneNext: boolean;
  approved: Approved | null;
  tookOver: DrainId | null;
  /** Votes on the card still count: the one emoji that approves; null: they don't. */
  votes: { approving: string } | null;
  /** What became of the second call; null: none has left. */
  marking: MarkGoneState | null;
  /** How the approval of a mark gone came to nothing after the first call; null: it did not. */
  dropped: { how: Settlement; again: ApprovalId | null } | null;
  state: DrainFace;
  tasksLeft: number | null;
  tasksAtStart: number | null;
  startedAt: Instant;
  /** Elapsed counts from the start to this. */
  until: Instant;
  expectedEnd: Instant | null;
  /** How long it is to stay out of service, and until when, once that is known; absent: until somebody reactivates it. */
  outFor?: { seconds: number; until: Instant | null };
  /** How long it took the frameworks before; absent: an older bot did not tell. */
  usual?: FrameworkUsual[];
  checkedAt: Instant | null;
}

export type DrainFace =
  | { status: 'calling' }
  /** `waiting` absent: it could be looked for. */
  | { status: 'checking'; why: string; waiting?: Cause }
  | { status: 'draining'; waiting: Cause | null; masterSaysDrained: boolean; changing: Change | null }
  | { status: 'drained'; proof: Proof }
  | { status: 'ended'; end: DrainEnd; wasDrained: boolean };

/** What a card shows beside its drain. */
export type Beside = Pick<DrainCard, 'votes' | 'marking' | 'dropped'>;

const nothingBeside: Beside = { votes: null, marking: null, dropped: null };

/** The card of a drain as it stands. `checkedAt` null: not looked at yet. */
export function cardOf(
  drain: Drain,
  now: Instant,
  checkedAt: Instant | null,
  beside: Beside = nothingBeside,
): DrainCard {
  const { state } = drain;
  return {
    drain: drain.id,
    way: drain.way,
    cluster: drain.cluster,
    agentId: drain.agentId,
    hostname: drain.hostname,
    requester: drain.requester,
    reason: drain.reason,
    maxGraceSeconds: drain.maxGrace,
    markGone: drain.markGone,
    goneNext: drain.goneNext,
    approved: drain.approved,
    tookOver: drain.tookOver,
    ...beside,
    state: faceOf(drain),
    tasksLeft: state.status === 'draining' ? state.progress.left : state.status === 'drained' ? 0 : null,
    tasksAtStart: drain.tasksAtStart,
    startedAt: drain.intendedAt,
    until:
      state.status === 'drained'
        ? state.provenAt
        : state.status === 'ended'
          ? (state.drainedAt ?? state.at)
          : now,
    expectedEnd: drain.expectedEnd,
    ...outForOf(drain),
    usual: usualAtStart(drain),
    checkedAt,
  };
}

function outForOf(drain: Drain): Pick<DrainCard, 'outFor'> {
  const outFor = drain.stay?.outFor ?? null;
  return outFor === null ? {} : { outFor: { seconds: outFor.seconds, until: outUntil(drain) } };
}

function faceOf({ state }: Drain): DrainFace {
  switch (state.status) {
    case 'calling':
      return { status: 'calling' };
    case 'checking':
      return {
        status: 'checking',
        why: state.why,
        ...(state.waiting === null ? {} : { waiting: state.waiting.cause }),
      };
    case 'draining':
      return {
        status: 'draining',
        // Tasks inside their grace are no wait: the bar and the expected end tell of them.
        waiting: state.waiting?.cause.code === 'tasks-in-grace' ? null : (state.waiting?.cause ?? null),
        masterSaysDrained: state.firstDrained !== null,
        changing: state.amendment?.change ?? null,
      };
    case 'drained':
      return { status: 'drained', proof: state.proof };
    case 'ended':
      return { status: 'ended', end: state.end, wasDrained: state.drainedAt !== null };
  }
}
