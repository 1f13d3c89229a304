import type { AgentSighting, Sighting, TaskFacts } from '../agent.ts';
import type { Cause } from '../drain/cause.ts';
import { type NamedExecutors, namedExecutors, namedOperations, unacknowledging } from '../drain/named.ts';
import type { FrameworkId, Instant } from '../ids.ts';

/** What keeps a deactivated agent from being empty. */
export type HeldCause =
  /** `owners`: those with most tasks first; `others`: how many frameworks are left out. */
  | { code: 'tasks-kept'; tasks: number; owners: Owner[]; others: number }
  | { code: 'executors-left'; executors: number; named: NamedExecutors[] };

/** A framework that has tasks on the agent. `connected` null: not known. */
export interface Owner {
  id: string;
  name: string;
  connected: boolean | null;
  tasks: number;
  /** Some of them by name. */
  named: string[];
}

const shownOwners = 6;
const shownTasks = 3;

/** What a deactivated agent still holds, and whose it is. Only its frameworks can change that. `before`: what the look
 * before found; frameworks are not asked about at each look, and those that are known from before keep their names. */
export function stillHeld(
  agent: Extract<AgentSighting, { kind: 'asked' }>,
  sighting: Sighting,
  at: Instant,
  before: Cause | null,
): Cause {
  const known = [...sighting.frameworks, ...(before?.code === 'tasks-kept' ? before.owners : [])];
  const live = agent.tasks.filter((task) => !task.terminalUnacknowledged);
  const tasks = Math.max(live.length, agent.pending + agent.queued + agent.launched);
  if (tasks > 0) {
    const owners = ownersOf(live, known);
    return {
      code: 'tasks-kept',
      tasks,
      owners: owners.slice(0, shownOwners),
      others: Math.max(0, owners.length - shownOwners),
    };
  }
  const unacknowledged = agent.tasks.filter((task) => task.terminalUnacknowledged);
  if (unacknowledged.length > 0)
    return {
      code: 'unacknowledged',
      by: 'agent',
      tasks: unacknowledged.length,
      frameworks: unacknowledging(unacknowledged, sighting, at, before),
    };
  const { operations, executors } = agent;
  if (operations.length > 0) {
    const named = namedOperations(operations, sighting);
    return { code: 'operations-pending', by: 'agent', operations: operations.length, named };
  }
  if (executors.length > 0)
    return {
      code: 'executors-left',
      executors: executors.length,
      named: namedExecutors(executors, sighting),
    };
  // Where the master counted nothing either, the agent is empty, and waits for nothing.
  return {
    code: 'not-known',
    why: 'the agent lists nothing, but the master counts resources of it as in use: the permissions of the bot may hide tasks',
  };
}

/** Whether a cause says that the agent, by its own word, holds something. */
export function isHeld({ code }: Cause): boolean {
  return (
    code === 'tasks-kept' ||
    code === 'executors-left' ||
    code === 'unacknowledged' ||
    code === 'operations-pending'
  );
}

function ownersOf(tasks: TaskFacts[], frameworks: Pick<Owner, 'id' | 'name' | 'connected'>[]): Owner[] {
  const byFramework = new Map<FrameworkId, TaskFacts[]>();
  for (const task of tasks)
    byFramework.set(task.framework, [...(byFramework.get(task.framework) ?? []), task]);
  return [...byFramework]
    .map(([id, its]) => {
      const known = frameworks.find((framework) => framework.id === id);
      return {
        id,
        name: known?.name ?? id,
        connected: known?.connected ?? null,
        tasks: its.length,
        named: its.slice(0, shownTasks).map(({ name }) => name),
      };
    })
    .toSorted((a, b) => b.tasks - a.tasks || (a.id < b.id ? -1 : 1));
}
