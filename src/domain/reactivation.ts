import type { MasterDrain } from './agent.ts';
import type { Unseen } from './drain/unseen.ts';
import type { Read } from './drain.ts';
import type {
  AgentId,
  ChannelId,
  ClusterName,
  CorrelationId,
  DrainId,
  Instant,
  MasterId,
  PlanId,
  ReactivationId,
  ThreadId,
} from './ids.ts';
import type { Person } from './person.ts';

/** Our record of one reactivation: an agent that was out of service is to take tasks again. */
export interface Reactivation {
  id: ReactivationId;
  /** Counts its transitions; a write with a stale one is refused. */
  version: number;
  cluster: ClusterName;
  agentId: AgentId;
  hostname: string;
  requester: Person;
  channel: ChannelId;
  /** The thread of our drain where there is one, else one of its own. */
  thread: ThreadId;
  correlation: CorrelationId;
  reason: string | null;
  /** Our drain that it ends; null: the agent was taken out of service elsewhere. */
  drain: DrainId | null;
  /** The plan that it is a line of, in whose thread it is told; null: it stands alone. */
  plan: PlanId | null;
  /** Its usual steps are told by its plan, for many at once; absent: it tells them itself. */
  quiet?: true;
  intendedAt: Instant;
  state: ReactivationState;
}

/** Where a reactivation stands. */
export type ReactivationState =
  /** The intent is on disk; the call may or may not have left. */
  | { status: 'calling' }
  /** The call's fate is unknown, and is being found out by looking. */
  | {
      status: 'checking';
      since: Instant;
      why: string;
      noEffect: Read | null;
      /** Why nothing can be found out for now; null: it could be looked for. */
      waiting: Unseen<ReturnCause> | null;
    }
  /** It took effect at the master; that the agent is back is not proven yet. */
  | {
      status: 'confirming';
      acceptedAt: Instant;
      waiting: { cause: ReturnCause; since: Instant } | null;
      /** What people were told it waits for: each cause once. */
      told: ReturnCause['code'][];
      /** The first of the two reads that prove it is listed nowhere. */
      firstAbsent: Read | null;
    }
  | { status: 'ended'; at: Instant; end: ReactivationEnd };

/** Why a reactivated agent is not back yet. */
export type ReturnCause =
  | { code: 'master-silent'; why: string }
  /** Known from the registry, not re-registered since a failover. */
  | { code: 'recovering' }
  | { code: 'unreachable'; since: Instant }
  /** Registered, not deactivated, and yet not active: its connection is gone (mesos-api 2.4). */
  | { code: 'disconnected' }
  /** The master does not list it and the registry could not say why. */
  | { code: 'not-listed'; why: string }
  /** The agent itself still drains: it would drop every new task (mesos-api 2.3). */
  | { code: 'agent-draining' }
  | { code: 'agent-silent'; why: string };

export type ReactivationEnd =
  /** Registered, active, not deactivated. `agentNotAsked`: why its own word is missing; null: it drains no more. */
  | { kind: 'active'; agentNotAsked: string | null }
  /** `httpStatus` null: no master could be reached, so nothing was sent. */
  | { kind: 'rejected'; httpStatus: number | null; body: string }
  | { kind: 'not-applied' }
  | { kind: 'taken-out-again'; shown: MasterDrain | 'deactivated' }
  | { kind: 'gone'; goneAt: Instant }
  | { kind: 'removed' }
  | { kind: 'replaced'; by: AgentId }
  | { kind: 'lost-sight'; forDays: number };

/** What happened to a reactivation. Past tense, facts only. */
export type ReactivationEvent =
  /** `away`: accepted by the 409 that took effect, so the agent is not registered now. */
  | { type: 'call-accepted'; at: Instant; master: MasterId | null; away: boolean }
  | { type: 'call-rejected'; at: Instant; httpStatus: number | null; body: string }
  | { type: 'call-unknown'; at: Instant; why: string }
  | { type: 'effect-seen'; at: Instant; leader: MasterId }
  | { type: 'no-effect-seen'; at: Instant; leader: MasterId }
  | { type: 'waiting'; at: Instant; cause: ReturnCause; tell: boolean }
  | { type: 'absent-seen'; at: Instant; leader: MasterId }
  | { type: 'listed-again'; at: Instant }
  | { type: 'ended'; at: Instant; end: ReactivationEnd };

/** Whether it stands in the way of another on the same agent. */
export function isUnderWay(reactivation: Reactivation): boolean {
  return reactivation.state.status !== 'ended';
}

/** Whether the master's word on the agent may still be from before the call. */
export function mayStillLeave({ state }: Reactivation): boolean {
  return state.status === 'calling' || state.status === 'checking';
}
