import type { AgentWord, Attributes, Machine, MasterDrain } from './agent.ts';
import type { MasterWord } from './approval/witness.ts';
import type { Amendment, Change } from './drain/amendment.ts';
import type { Cause } from './drain/cause.ts';
import type { Nudges } from './drain/nudge.ts';
import type { FrameworkAtStart, Staying } from './history/departures.ts';
import type {
  AgentId,
  ApprovalId,
  ChannelId,
  ClusterName,
  CorrelationId,
  DrainId,
  Instant,
  MasterId,
  PlanId,
  Seconds,
  ThreadId,
} from './ids.ts';
import type { FrameworkRef } from './open-work.ts';
import type { Person } from './person.ts';
import type { StayEvent } from './stay/evolve.ts';
import type { Stay } from './stay/stay.ts';

/** How an agent is emptied: the master has its tasks killed, or it only keeps new ones away and the frameworks take
 * theirs off by themselves. */
export type Way = 'drain' | 'deactivate';

/** Our record of one drain: who asked for what, and how far it has come. */
export interface Drain {
  id: DrainId;
  way: Way;
  /** Counts its transitions; a write with a stale one is refused. */
  version: number;
  cluster: ClusterName;
  agentId: AgentId;
  hostname: string;
  attributes: Attributes;
  requester: Person;
  channel: ChannelId;
  thread: ThreadId;
  correlation: CorrelationId;
  reason: string | null;
  /** Null: no max grace period is sent; each task keeps its own kill policy. */
  maxGrace: Seconds | null;
  /** Sent with `mark_gone: true`: the master marks the agent gone by itself, once it is empty. */
  markGone: boolean;
  /** Once it is proven empty, a second call marks the agent gone, under `approved`. */
  goneNext: boolean;
  /** Under which approval it began, or goes on; null: it needed none. */
  approved: Approved | null;
  /** Our own deactivation of the agent that it took over from; null: there was none. */
  tookOver: DrainId | null;
  /** The plan that it is a line of, in whose thread it is told; null: it stands alone. */
  plan: PlanId | null;
  intendedAt: Instant;
  /** Null: could not be read. */
  tasksAtStart: number | null;
  /** Whose they were; null: not followed, or not known. */
  frameworks: FrameworkAtStart[] | null;
  /** Those that had tasks there; absent: not known, or an older version did not write it down. */
  runsFor?: FrameworkRef[];
  expectedEnd: Instant | null;
  /** Its usual steps are told by its plan, for many at once; absent: it tells them itself. */
  quiet?: true;
  /** Absent: out of service until somebody reactivates it, and nobody was reminded of it. */
  stay?: Stay;
  state: DrainState;
}

/** An approval, and whose votes stood when it was used. */
export interface Approved {
  approval: ApprovalId;
  by: Person[];
}

/** One read of one leader; two of the same leader make a proof. */
export interface Read {
  leader: MasterId;
  at: Instant;
}

/** Where a drain stands. Each status owns its data, so that what can't be can't be written down. */
export type DrainState =
  /** The intent is on disk; the call may or may not have left. */
  | { status: 'calling' }
  /** The call's fate is unknown, and is being found out by looking. */
  | {
      status: 'checking';
      since: Instant;
      why: string;
      noEffect: Read | null;
      /** Why nothing can be found out for now, since when; null: it could be looked for. */
      waiting: Waiting | null;
    }
  | {
      status: 'draining';
      acceptedAt: Instant;
      progress: Progress;
      /** The frameworks of which tasks are still there, as far as was seen. */
      staying: Staying[];
      waiting: Waiting | null;
      /** The first of the two reads that prove DRAINED, or that a deactivated agent holds nothing. */
      firstDrained: Read | null;
      /** The first of the two reads that prove it is listed nowhere. */
      firstAbsent: Read | null;
      /** What the master showed of it after the first of two calls; null: not looked, or there is no second. */
      witness: MasterWord | null;
      /** Somebody changes it, by the same call with another config. */
      amendment: Amendment | null;
      nudges: Nudges;
      /** The latest time in which nobody looked; absent: there was none. */
      gap?: Gap;
    }
  /** Proven, and out of service until it is reactivated, gone or removed. Of a deactivation: it holds nothing any more. */
  | {
      status: 'drained';
      acceptedAt: Instant;
      provenAt: Instant;
      proof: Proof;
      firstAbsent: Read | null;
      witness: MasterWord | null;
      gap?: Gap;
    }
  | { status: 'ended'; at: Instant; end: DrainEnd; drainedAt: Instant | null };

/** A time in which nobody looked: the bot was away, or could not read the master. */
export interface Gap {
  from: Instant;
  to: Instant;
}

/** `left` null: could not be read yet. `quarter`: how many quarters of the tasks were told as gone. */
export interface Progress {
  left: number | null;
  quarter: 0 | 1 | 2 | 3;
  movedAt: Instant;
}

/** What a drain waits for, since when, and when people last heard of it. */
export interface Waiting {
  cause: Cause;
  since: Instant;
  toldAt: Instant | null;
  /** While nobody can see what it waits for: what that was before. Absent: nothing was. */
  behind?: { cause: Cause; since: Instant };
}

/** What "drained" rests on. `checked`: what was read for it; absent: an older version did not write that down. */
export type Proof =
  | { by: 'master-and-agent'; checked?: TwoReads & { agent: AgentWord } }
  | { by: 'master-only'; agentNotAsked: string; checked?: TwoReads & { silentSince: Instant } };

/** Two reads of one leader that both showed DRAINED. */
export interface TwoReads {
  leader: MasterId;
  first: Instant;
  second: Instant;
}

export type DrainEnd =
  /** `httpStatus` null: no master could be reached, so nothing was sent. */
  | { kind: 'rejected'; httpStatus: number | null; body: string }
  | { kind: 'not-applied' }
  | { kind: 'superseded'; shown: MasterDrain | 'deactivated' }
  /** A deactivation's: a drain of ours goes on from it. */
  | { kind: 'upgraded'; to: DrainId }
  /** `by`: whoever had this bot do it; absent: it was done elsewhere. `away`: it takes no tasks yet, for it is not
   * connected. */
  | { kind: 'reactivated'; by?: Person; away?: true }
  /** `by`: whoever had this bot mark it gone by a call of its own; absent: the drain's own `mark_gone`, or elsewhere.
   * `checked`: the read of the registry that lists it; absent: an older version did not write that down. */
  | { kind: 'gone'; goneAt: Instant; by?: Person; checked?: Read }
  /** `down`: its machine, which was taken down for maintenance; absent: the registry shows no such thing. `plan`: our own plan
   * that did it; absent: it was done elsewhere. */
  | { kind: 'removed'; down?: Machine; plan?: PlanId }
  | { kind: 'replaced'; by: AgentId }
  | { kind: 'given-up'; by: Person; reason: string }
  | { kind: 'lost-sight'; forDays: number };

/** What happened to a drain. Past tense, facts only. */
export type DrainEvent =
  | { type: 'call-accepted'; at: Instant; master: MasterId | null }
  | { type: 'call-rejected'; at: Instant; httpStatus: number | null; body: string }
  | { type: 'call-unknown'; at: Instant; why: string }
  | { type: 'effect-seen'; at: Instant; leader: MasterId }
  | { type: 'no-effect-seen'; at: Instant; leader: MasterId }
  | { type: 'progressed'; at: Instant; left: number; quarter: Progress['quarter'] }
  /** The last of its tasks was gone by then. `unseen`: nobody could see when. */
  | { type: 'framework-left'; at: Instant; framework: string; unseen?: true }
  /** It takes longer than it used to. `left` null: not known how many of its tasks. */
  | { type: 'framework-slow'; at: Instant; framework: string; left: number | null }
  | { type: 'waiting'; at: Instant; cause: Cause; tell: boolean }
  /** What it was last told to wait for no longer holds it up. */
  | { type: 'moving-again'; at: Instant; was: Cause }
  /** Nobody had looked since `from`. */
  | { type: 'looked-again'; at: Instant; from: Instant }
  | { type: 'drained-seen'; at: Instant; leader: MasterId }
  | { type: 'drained-unseen'; at: Instant }
  | { type: 'absent-seen'; at: Instant; leader: MasterId }
  | { type: 'listed-again'; at: Instant }
  | { type: 'drained'; at: Instant; leader: MasterId; proof: Proof }
  /** It was under way at the master, by somebody else's call, and is followed as ours from here on. */
  | { type: 'adopted'; at: Instant }
  | { type: 'witnessed'; at: Instant; word: MasterWord }
  | { type: 'gone-planned'; at: Instant; approved: Approved }
  | { type: 'gone-dropped'; at: Instant }
  | { type: 'amend-intended'; at: Instant; by: Person; change: Change }
  | { type: 'amend-accepted'; at: Instant }
  | { type: 'amend-rejected'; at: Instant; httpStatus: number | null; body: string }
  | { type: 'amend-unknown'; at: Instant; why: string }
  | { type: 'amend-no-effect-seen'; at: Instant; leader: MasterId }
  | { type: 'amend-not-applied'; at: Instant }
  /** The master shows the drain as it was changed. */
  | { type: 'amended'; at: Instant; leader: MasterId }
  | { type: 'nudge-intended'; at: Instant }
  /** `strange`: before it left already, the master did not show what it had shown of the drain after the first call. */
  | {
      type: 'nudge-answered';
      at: Instant;
      outcome: 'accepted' | 'rejected' | 'unknown';
      why: string | null;
      strange?: true;
    }
  /** `told`: people hear of it from the record of the call that brought it about, in the same thread. */
  | { type: 'ended'; at: Instant; end: DrainEnd; told?: true }
  | StayEvent;

/** Whether a drain still stands in the way of another on the same agent. */
export function isOpen(drain: Drain): boolean {
  const { status } = drain.state;
  return status === 'calling' || status === 'checking' || status === 'draining';
}

/** Whether the next call for its agent may go on from it: a drain that ends what is left, or a reactivation. */
export function givesWay({ way, state }: Drain): boolean {
  return way === 'deactivate' && (state.status === 'draining' || state.status === 'drained');
}
