import type { Cost } from '../approval/covers.ts';
import type { Approved } from '../drain.ts';
import type { AgentId, ChannelId, ClusterName, Instant, PlanId, UserId } from '../ids.ts';
import type { AgentBack, MachinesCall, MachinesPlan, MachinesWork, PlanEnd, WholeMachine } from '../plan.ts';
import type { ApprovalReason } from '../refusal.ts';
import type { Beside } from './events.ts';
import type { ScheduleLine } from './text.ts';

/** Which plan people are told of. */
export interface MaintenanceAbout {
  plan: PlanId;
  cluster: ClusterName;
  requester: UserId;
  work: MachinesWork;
  machines: WholeMachine[];
}

/** What is told in the thread of a plan over machines. */
export type MaintenanceNews =
  | { news: 'unknown'; call: MachinesCall; why: string }
  | { news: 'effect-seen'; call: MachinesCall }
  | { news: 'unseen'; call: MachinesCall; why: string; since: Instant }
  | { news: 'still-there'; agents: AgentId[] }
  | { news: 'step-done'; call: MachinesCall; beside: Beside | null }
  /** `was`: the agents that were there before; empty: none that anybody knows of. */
  | { news: 'back'; machine: WholeMachine; agentId: AgentId; was: AgentId[] }
  | { news: 'not-back'; machines: WholeMachine[]; since: Instant }
  | { news: 'outside'; lines: ScheduleLine[] }
  | { news: 'ended'; end: PlanEnd };

/** The root of that thread, edited in place. */
export interface MaintenanceCard {
  about: MaintenanceAbout;
  lines: MachinesPlan['lines'];
  reason: string | null;
  approved: Approved | null;
  state: MachinesPlan['state'];
  back: AgentBack[];
  at: Instant;
}

/** What the asker is shown before anything is done, with the button that does it. */
export interface MaintenancePreview {
  about: MaintenanceAbout;
  lines: MachinesPlan['lines'];
  reason: string | null;
  because: ApprovalReason[];
  expiresAt: Instant;
  /** What it changes in the schedule, and in how many places that has others'. Null: it does not write it. */
  difference: { lines: ScheduleLine[]; others: number } | null;
  /** What somebody else changed since it was shown before; null: it is shown for the first time. */
  changedSince: ScheduleLine[] | null;
  /** The agents there. `cost`: where they are to be shut down. */
  agents: {
    agentId: AgentId;
    hostname: string;
    state: string;
    cost: Pick<Cost, 'tasks' | 'volumes'> | null;
  }[];
  channel: ChannelId;
  at: Instant;
}

export function maintenanceAbout(plan: MachinesPlan): MaintenanceAbout {
  const { id, cluster, requester, work, lines } = plan;
  const machines = lines.map(({ machine }) => machine);
  return { plan: id, cluster, requester: requester.userId, work, machines };
}

/** What the root of its thread shows now. */
export function maintenanceCard(plan: MachinesPlan, at: Instant): MaintenanceCard {
  const { lines, reason, approved, state } = plan;
  const back = state.status === 'running' && state.step.at === 'returning' ? state.step.back : [];
  return { about: maintenanceAbout(plan), lines, reason, approved, state, back, at };
}
