import type { AgentId } from '../ids.ts';
import type { AgentsWork, MachinesWork, WholeMachine } from '../plan.ts';
import type { Loss } from './loss.ts';

/** The frozen list that a question about a plan asks for, as its prompt shows it. */
export type Covers =
  | { of: 'agents'; work: AgentsWork; lines: CoveredAgent[] }
  | { of: 'machines'; work: MachinesWork; lines: CoveredMachine[] };

/** One agent of the list. */
export interface CoveredAgent {
  agentId: AgentId;
  hostname: string;
  /** As shown; null: not known. */
  address: { ip: string; port: number } | null;
  /** What would be destroyed on it: the approval covers this and no more. */
  loss: Loss;
  /** What else it costs, for people to read; nothing is judged by it. */
  cost: Cost;
}

/** One machine of the list, with every agent that the master had registered there. */
export interface CoveredMachine {
  machine: WholeMachine;
  agents: CoveredAgent[];
}

/** What the end of an agent's work costs, in numbers; null: not known. */
export interface Cost {
  tasks: number | null;
  /** Of frameworks so many. */
  frameworks: number | null;
  /** Tasks that run nowhere else on the cluster under their name. */
  soleInstances: number | null;
  volumes: number | null;
  reservations: number | null;
  /** The master shows a drain of it, which what is asked for would end. */
  drainShown: boolean;
}

/** Every agent that it is about, whichever way the list has them. */
export function coveredAgents(covers: Covers): CoveredAgent[] {
  return covers.of === 'agents' ? covers.lines : covers.lines.flatMap(({ agents }) => agents);
}
