import type { Read } from './drain.ts';
import type { AgentId, DrainId, Instant, ReactivationId, Seconds } from './ids.ts';
import type { WholeMachine } from './maintenance/machine.ts';
import type { ScheduleLine, Unavailability, WindowText } from './maintenance/text.ts';
import type { FrameworkRef } from './open-work.ts';
import type { PlanBase, PlanState } from './plan/base.ts';
import type { Refusal } from './refusal.ts';
import { heldByRolling } from './rolling/held.ts';
import type { RollingPlan } from './rolling.ts';

export type { PlanEnd, PlanState } from './plan/base.ts';

/** One frozen list of agents or of machines, and what is done with all of them: one card, one thread, a line each. */
export type Plan = AgentsPlan | RollingPlan | MachinesPlan;

// Agents

export interface AgentsPlan extends PlanBase {
  of: 'agents';
  work: AgentsWork;
  lines: AgentLineOfPlan[];
  /** Since when it runs, or ran; null: it never did. */
  begunAt: Instant | null;
  state: PlanState<Record<never, never>>;
}

/** What is done with each agent. `outFor`: how long it then stays out of service; absent: until somebody reactivates it. */
export type AgentsWork =
  | { do: 'drain'; maxGrace: Seconds | null; outFor?: Seconds }
  | { do: 'deactivate'; outFor?: Seconds }
  | { do: 'reactivate' };

/** One agent of the frozen list. */
export interface AgentLineOfPlan {
  agentId: AgentId;
  hostname: string;
  /** As shown; null: not known. */
  address: { ip: string; port: number } | null;
  /** What was shown of it beside; what it is now, its own record tells. */
  shown: AgentAsShown;
  state: AgentLineState;
}

/** `state`: the word that `agents` has for it. `tasks` null: not known, or nothing that matters here. */
export interface AgentAsShown {
  state: string;
  tasks: number | null;
  /** Those that have tasks on it; absent: not known, or an older version did not write it down. */
  frameworks?: FrameworkRef[];
}

/** The record of the work on one agent. */
export type OwnRecord = { drain: DrainId } | { reactivation: ReactivationId };

export type AgentLineState =
  | { is: 'todo' }
  /** Its own record tells how far it has come; written in one transaction with the intent of its call. */
  | { is: 'begun'; by: OwnRecord }
  /** Its own record came to the end that the plan had it for, or to another one. */
  | { is: 'ended'; by: OwnRecord; well: boolean }
  /** It was refused when it was shown, or at its moment. */
  | { is: 'refused'; refusal: Refusal }
  /** The plan was stopped before its turn. */
  | { is: 'dropped' };

// Machines

export interface MachinesPlan extends PlanBase {
  of: 'machines';
  work: MachinesWork;
  lines: MachineLine[];
  /** The whole schedule, as the asker was shown it. */
  shown: WindowText[];
  state: Exclude<PlanState<{ step: MachinesStep }>, { status: 'scheduled' }>;
}

/** One machine of the frozen list, and the agents that the master had registered there when it was shown, or that were
 * last known there. */
export interface MachineLine {
  machine: WholeMachine;
  agents: AgentOfMachine[];
}

/** `drain`: of `--drain-first`, what empties it; null: none yet. */
export interface AgentOfMachine {
  agentId: AgentId;
  drain: DrainId | null;
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
  | ({ at: 'calling'; intendedAt: Instant } & Written)
  /** Its fate is unknown, and is found out by looking. */
  | ({
      at: 'checking';
      intendedAt: Instant;
      why: string;
      /** The first read that shows no effect. */
      noEffect: Read | null;
      /** Since when nobody could look; null: somebody could. */
      blindSince: Instant | null;
      toldAt: Instant | null;
    } & Looked)
  /** It was taken; what it is to bring about is waited for. `amiss`: the first read that shows something else. */
  | ({ at: 'following'; acceptedAt: Instant; amiss: Read | null; toldAt: Instant | null } & Looked)
  /** The machines are up; their agents are waited for. */
  | { at: 'returning'; since: Instant; toldAt: Instant | null; back: AgentBack[] };

/** The call that was sent. `base`: the schedule that ours was made from; null: it does not write the schedule. */
interface Written {
  call: MachinesCall;
  base: WindowText[] | null;
}

/** `between`: what later reads showed of the schedule, where others had changed it. */
interface Looked extends Written {
  between: WindowText[][];
}

/** An agent that registered on one of the machines again. */
export interface AgentBack {
  machine: WholeMachine;
  agentId: AgentId;
}

export type { WholeMachine } from './maintenance/machine.ts';

/** Why a plan over machines stopped short. */
export type MachinesFailure =
  | { code: 'rejected'; call: MachinesCall; httpStatus: number | null; body: string }
  | { code: 'not-applied'; call: MachinesCall }
  /** It had taken effect, and two reads show that it does not stand. */
  | { code: 'undone'; call: MachinesCall; now: ScheduleLine[] }
  /** Somebody else changed the schedule of these machines before it was their turn. */
  | { code: 'changed'; now: ScheduleLine[] }
  | { code: 'drain-ended'; agentId: AgentId; drain: DrainId | null; how: string }
  | { code: 'not-back'; machines: WholeMachine[]; forDays: number };

/** The agents that a plan holds: no other drain, plan or question may begin on them. One that is scheduled holds none: others
 * are told of it, and at its hour it is judged by what there is then. */
export function agentsHeld(plan: Plan): AgentId[] {
  if (plan.state.status !== 'asked' && plan.state.status !== 'running') return [];
  if (plan.of === 'rolling') return heldByRolling(plan);
  if (plan.of === 'machines') {
    // Whoever is back is in service, and anybody may drain it.
    if (plan.state.status === 'running' && plan.state.step.at === 'returning') return [];
    return plan.lines.flatMap(({ agents }) => agents.map(({ agentId }) => agentId));
  }
  // What has begun is guarded by its own record, by the rules that hold for every such record.
  return plan.lines.filter(({ state }) => state.is === 'todo').map(({ agentId }) => agentId);
}

/** The agents whose turn in a plan is still to come, at its hour or now: no two plans have the same. */
export function agentsToCome(plan: Plan): AgentId[] {
  if (plan.of === 'machines' || plan.state.status !== 'scheduled') return agentsHeld(plan);
  return plan.lines.flatMap(({ agentId, state }) => (state.is === 'todo' ? [agentId] : []));
}

/** Whether it still stands in the way of others. A proposed one does not: only its asker has seen it. */
export function isPlanOpen({ state }: Plan): boolean {
  return state.status === 'asked' || state.status === 'running';
}
