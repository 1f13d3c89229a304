import type { Requester } from './approval.ts';
import type { Approved } from './drain.ts';
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
  ReactivationId,
  Seconds,
  ThreadId,
} from './ids.ts';
import type { Person } from './person.ts';
import type { ApprovalReason, Refusal } from './refusal.ts';

/** One frozen list of agents or of machines, and what is done with all of them: one card, one thread, a line each. */
export type Plan = AgentsPlan | MachinesPlan;

interface PlanBase {
  id: PlanId;
  /** Counts its transitions; a write with a stale one is refused. */
  version: number;
  cluster: ClusterName;
  requester: Requester;
  channel: ChannelId;
  /** Its card is the root of it, from the moment on in which others see it. */
  thread: ThreadId;
  correlation: CorrelationId;
  typed: string;
  reason: string | null;
  /** Why a second person has to be asked, as the asker was shown; empty: nobody has to. */
  because: ApprovalReason[];
  /** Under which approval it runs; null: it needed none, or has none yet. */
  approved: Approved | null;
  proposedAt: Instant;
}

/** Where a plan stands. `Running` is what its kind has to know meanwhile. */
export type PlanState<Running extends object> =
  /** Only the asker has seen it, and can confirm it until then. Nothing of it is done by itself. */
  | { status: 'proposed'; expiresAt: Instant }
  /** A second person is asked. */
  | { status: 'asked'; approval: ApprovalId }
  | ({ status: 'running'; since: Instant } & Running)
  | { status: 'ended'; at: Instant; end: PlanEnd };

export type PlanEnd =
  /** Every line has come to its end, whatever that was: the lines tell. */
  | { kind: 'done' }
  /** The asker did not confirm it in time. */
  | { kind: 'not-confirmed' }
  /** Its question came to another end than a yes; the approval tells which. */
  | { kind: 'not-approved'; approval: ApprovalId }
  /** `by` had it stopped; what had begun by then goes on. */
  | { kind: 'cancelled'; by: Person }
  /** A rule broke before anything of it was done, or between two of its calls. */
  | { kind: 'refused'; refusal: Refusal }
  /** Of machines: a call of it did not do what it should, or what it waited for did not come. */
  | { kind: 'failed'; why: string }
  | { kind: 'given-up'; by: Person; reason: string };

// Agents

export interface AgentsPlan extends PlanBase {
  of: 'agents';
  work: AgentsWork;
  lines: AgentLineOfPlan[];
  state: PlanState<Record<never, never>>;
}

/** What is done with each agent. */
export type AgentsWork =
  | { do: 'drain'; maxGrace: Seconds | null }
  | { do: 'deactivate' }
  | { do: 'reactivate' };

/** One agent of the frozen list. */
export interface AgentLineOfPlan {
  agentId: AgentId;
  hostname: string;
  /** As shown; null: not known. */
  address: { ip: string; port: number } | null;
  state: AgentLineState;
}

export type AgentLineState =
  | { is: 'todo' }
  /** Its own record tells how far it has come; written in one transaction with the intent of its call. */
  | { is: 'begun'; by: { drain: DrainId } | { reactivation: ReactivationId } }
  /** Its own record came to the end that the plan had it for, or to another one. */
  | { is: 'ended'; by: { drain: DrainId } | { reactivation: ReactivationId }; well: boolean }
  | { is: 'refused'; refusal: Refusal }
  /** The plan was stopped before its turn. */
  | { is: 'dropped' };

// Machines

export interface MachinesPlan extends PlanBase {
  of: 'machines';
  work: MachinesWork;
  lines: MachineLine[];
  state: PlanState<{ step: MachinesStep }>;
}

/** A machine as Mesos tells it from others: both parts, never one alone. Source: mesos-api 6, MachineID. */
export interface WholeMachine {
  hostname: string;
  ip: string;
}

/** One machine of the frozen list, and the agent that the master had registered there when it was shown; null: none. */
export interface MachineLine {
  machine: WholeMachine;
  agentId: AgentId | null;
  /** Of `--drain-first`: the drain that emptied its agent; null: none yet. */
  drain: DrainId | null;
}

/** A time of unavailability in nanoseconds since the epoch, in decimal; past 2^53 a number would lose some.
 * `durationNs` null: without an end. */
export interface Unavailability {
  startNs: string;
  durationNs: string | null;
}

export type MachinesWork =
  | { do: 'schedule'; window: Unavailability }
  | { do: 'clear' }
  /** `window`: scheduled first, for they are not; null: they are already. `drainFirst` null: tasks are lost at once. */
  | { do: 'start'; window: Unavailability | null; drainFirst: { maxGrace: Seconds | null } | null }
  | { do: 'stop' };

/** A call of a plan over machines. */
export type MachinesCall = 'schedule' | 'clear' | 'start' | 'stop';

/** What a running plan over machines is at. Each step ends on proof only, and owns what it has to know for that. */
export type MachinesStep =
  /** Its agents are drained first; the lines' drains tell how far. */
  | { at: 'draining' }
  /** This call is next; nothing of it has left. */
  | { at: 'next'; call: MachinesCall }
  /** The intent is on disk; the call may or may not have left. */
  | { at: 'calling'; call: MachinesCall; intendedAt: Instant }
  /** Its fate is unknown, and is found out by looking. `noEffect`: the first read that shows none. */
  | {
      at: 'checking';
      call: MachinesCall;
      intendedAt: Instant;
      why: string;
      noEffect: { leader: MasterId; at: Instant } | null;
    }
  /** It was taken; what it is to bring about is waited for. */
  | { at: 'following'; call: MachinesCall; acceptedAt: Instant; toldAt: Instant | null };

/** The agents that a plan holds: no other drain, plan or question may begin on them. */
export function agentsHeld(plan: Plan): AgentId[] {
  if (plan.state.status !== 'asked' && plan.state.status !== 'running') return [];
  if (plan.of === 'machines') return plan.lines.flatMap(({ agentId }) => agentId ?? []);
  return plan.lines
    .filter(({ state }) => state.is === 'todo' || state.is === 'begun')
    .map(({ agentId }) => agentId);
}

/** Whether it still stands in the way of others. A proposed one does not: only its asker has seen it. */
export function isPlanOpen({ state }: Plan): boolean {
  return state.status === 'asked' || state.status === 'running';
}
