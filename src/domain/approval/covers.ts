import type { AgentId } from '../ids.ts';
import type { WholeMachine } from '../maintenance/machine.ts';
import type { AgentsWork, MachinesWork } from '../plan.ts';
import type { Spread } from '../preview/spread.ts';
import type { Preview } from '../preview.ts';
import type { RollingWork } from '../rolling.ts';
import { type Loss, tasksOf } from './loss.ts';

/** The frozen list that a question about a plan asks for, as its prompt shows it. */
export type Covers =
  | { of: 'agents'; work: AgentsWork | RollingWork; lines: CoveredAgent[] }
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
  /** Tasks of whose name none runs on the cluster but on the list. */
  soleInstances: number | null;
  volumes: number | null;
  reservations: number | null;
  /** The master shows a drain of it, which what is asked for would end. */
  drainShown: boolean;
}

/** A line as a preview shows its agent. `tasksAreLost`: they get no grace worth the name, so that they are part of the loss
 * and not just of the cost. `spread`: what its tasks leave elsewhere without the whole list; null: nobody looked. */
export function coveredFrom(
  { agentId, hostname, address }: Pick<CoveredAgent, 'agentId' | 'hostname' | 'address'>,
  preview: Preview,
  tasksAreLost: boolean,
  spread: readonly Spread[] | null,
): CoveredAgent {
  const { subject, groups, held } = preview;
  const counted = groups.known ? groups.value.map(({ tasks }) => tasks.length) : null;
  return {
    agentId,
    hostname,
    address,
    // What is held on an agent that stays, or comes back on its machine, is kept.
    loss: {
      alive: subject.kind === 'registered',
      held: { known: true, value: [] },
      tasks: tasksAreLost ? tasksOf(preview) : null,
    },
    cost: {
      tasks: counted === null ? null : counted.reduce((sum, tasks) => sum + tasks, 0),
      frameworks: counted === null ? null : counted.length,
      soleInstances: spread === null ? null : soleInstances(spread),
      volumes: held.known ? held.value.filter(({ kind }) => kind === 'volume').length : null,
      reservations: held.known ? held.value.filter(({ kind }) => kind === 'reservation').length : null,
      drainShown: subject.kind === 'registered' && subject.agent.drain !== null,
    },
  };
}

/** Tasks that nothing on the rest of the cluster stands in for, as far as names tell; null: of some nobody knows. */
function soleInstances(spread: readonly Spread[]): number | null {
  let sum = 0;
  for (const { thin } of spread) {
    if (!thin.known) return null;
    if (thin.value.told === 'names')
      for (const { here, elsewhere } of thin.value.names) sum += elsewhere === 0 ? here : 0;
  }
  return sum;
}

/** Every agent that it is about, whichever way the list has them. */
export function coveredAgents(covers: Covers): CoveredAgent[] {
  return covers.of === 'agents' ? covers.lines : covers.lines.flatMap(({ agents }) => agents);
}
