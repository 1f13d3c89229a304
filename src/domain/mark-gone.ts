import type { MasterDrain } from './agent.ts';
import type { Read } from './drain.ts';
import type {
  AgentId,
  ApprovalId,
  ChannelId,
  ClusterName,
  CorrelationId,
  DrainId,
  Instant,
  MarkGoneId,
  MasterId,
  PlanId,
  Seconds,
  ThreadId,
} from './ids.ts';
import type { Person } from './person.ts';

/** Our record of marking one agent gone: the call that can't be undone, and its proof. */
export interface MarkGone {
  id: MarkGoneId;
  /** Counts its transitions; a write with a stale one is refused. */
  version: number;
  cluster: ClusterName;
  agentId: AgentId;
  hostname: string;
  requester: Person;
  approvedBy: Person[];
  channel: ChannelId;
  thread: ThreadId;
  correlation: CorrelationId;
  reason: string;
  approval: ApprovalId;
  /** It is a line of that plan, in whose thread it is told; absent: it stands alone. */
  plan?: PlanId;
  call: MarkGoneCall;
  intendedAt: Instant;
  state: MarkGoneState;
}

/** How the master is told. */
export type MarkGoneCall =
  /** DRAIN_AGENT with `mark_gone: true` on an agent that our drain has proven empty. */
  | { by: 'second-drain'; drain: DrainId; maxGrace: Seconds | null }
  /** MARK_AGENT_GONE. */
  | { by: 'mark-agent-gone' };

/** Where it stands. */
export type MarkGoneState =
  /** The intent is on disk; the call may or may not have left. */
  | { status: 'calling' }
  /** The call's fate is unknown, and is being found out by looking. */
  | { status: 'checking'; since: Instant; why: string; noEffect: Read | null; waiting: GoneWaiting | null }
  /** The master took it; the registry does not list it as gone yet. */
  | { status: 'confirming'; acceptedAt: Instant; waiting: GoneWaiting | null }
  | { status: 'ended'; at: Instant; end: MarkGoneEnd };

/** What the proof waits for, since when, and when people last heard of it. */
export interface GoneWaiting {
  cause: GoneCause;
  since: Instant;
  toldAt: Instant | null;
}

/** Why it is not proven yet. */
export type GoneCause =
  | { code: 'master-silent'; why: string }
  /** Known from the registry, not re-registered since a failover. */
  | { code: 'recovering' }
  | { code: 'unreachable'; since: Instant }
  /** The registry could not be asked. */
  | { code: 'not-listed'; why: string }
  /** In no list of the registry: that is no proof. */
  | { code: 'listed-nowhere' }
  /** The order stands with the master, and something on the agent holds it up. */
  | { code: 'still-there'; shown: MasterDrain | 'no drain' };

export type MarkGoneEnd =
  /** The registry of one leader lists it as gone. `checked`: by that read; absent: an older version did not write it. */
  | { kind: 'gone'; goneAt: Instant; checked?: Read }
  /** `httpStatus` null: no master could be reached, so nothing was sent. */
  | { kind: 'rejected'; httpStatus: number | null; body: string }
  | { kind: 'not-applied' }
  /** Somebody changed or took back the order before it was carried out. */
  | { kind: 'superseded'; shown: MasterDrain | 'deactivated' | 'in service' }
  | { kind: 'lost-sight'; forDays: number };

/** What happened to it. Past tense, facts only. */
export type MarkGoneEvent =
  | { type: 'call-accepted'; at: Instant; master: MasterId | null }
  | { type: 'call-rejected'; at: Instant; httpStatus: number | null; body: string }
  | { type: 'call-unknown'; at: Instant; why: string }
  | { type: 'effect-seen'; at: Instant; leader: MasterId }
  | { type: 'no-effect-seen'; at: Instant; leader: MasterId }
  | { type: 'waiting'; at: Instant; cause: GoneCause; tell: boolean }
  | { type: 'ended'; at: Instant; end: MarkGoneEnd };

/** Whether it stands in the way of other work on the same agent. */
export function isMarking({ state }: MarkGone): boolean {
  return state.status !== 'ended';
}
