import type { ExecutorFacts, OperationFacts, Sighting, TaskFacts } from '../agent.ts';
import type { Instant } from '../ids.ts';
import type { Cause } from './cause.ts';

/** How many of a list are named. */
export const shown = 5;

export interface NamedTask {
  name: string;
  framework: string;
  state: string;
}

export interface TaskInGrace extends NamedTask {
  /** When it must have been killed, as far as its executor keeps to its grace. */
  until: Instant;
}

export interface NamedOperation {
  type: string;
  id: string;
  /** Null: an operator asked for it. */
  framework: string | null;
  resourceProvider: string | null;
}

/** A framework that has not acknowledged the end of tasks of its own. */
export interface Unacknowledging {
  id: string;
  name: string;
  /** Null: the master does not tell. */
  connected: boolean | null;
  /** When it was first seen to be (dis)connected like this; the master tells no time. */
  since: Instant | null;
  failoverTimeoutSeconds: number | null;
  webUrl: string | null;
  tasks: string[];
  count: number;
}

/** Whose executors still run. */
export interface NamedExecutors {
  framework: string;
  executors: string[];
}

/** By framework, the first few of each. */
export function namedExecutors(executors: ExecutorFacts[], sighting: Sighting): NamedExecutors[] {
  const owners = [...new Set(executors.map(({ framework }) => framework))];
  return owners.slice(0, shown).map((id) => ({
    framework: id === null ? 'a framework that the agent does not name' : nameOf(id, sighting),
    executors: executors
      .filter(({ framework }) => framework === id)
      .slice(0, shown)
      .map(({ executorId }) => executorId),
  }));
}

/** The first few. */
export function namedOperations(operations: OperationFacts[], sighting: Sighting): NamedOperation[] {
  return operations.slice(0, shown).map(({ type, id, framework, resourceProvider }) => ({
    type,
    id,
    framework: framework === null ? null : nameOf(framework, sighting),
    resourceProvider,
  }));
}

/** By framework; `before`: what the look before found, for since when. */
export function unacknowledging(
  tasks: TaskFacts[],
  sighting: Sighting,
  at: Instant,
  before: Cause | null,
): Unacknowledging[] {
  const earlier = before?.code === 'unacknowledged' ? before.frameworks : [];
  return [...new Set(tasks.map((task) => task.framework))].map((id) => {
    const known = sighting.frameworks.find((framework) => framework.id === id);
    const connected = known?.connected ?? null;
    const own = tasks.filter((task) => task.framework === id);
    const same = earlier.find((each) => each.id === id && each.connected === connected);
    return {
      id,
      name: known?.name ?? id,
      connected,
      since: connected === null ? null : (same?.since ?? at),
      failoverTimeoutSeconds: known?.failoverTimeoutSeconds ?? null,
      webUrl: known?.webUrl ?? null,
      tasks: own.slice(0, shown).map(({ name }) => name),
      count: own.length,
    };
  });
}

/** One task with its framework's name. */
export function namedTask({ name, framework, state }: TaskFacts, sighting: Sighting): NamedTask {
  return { name, framework: nameOf(framework, sighting), state };
}

function nameOf(id: string, { frameworks }: Sighting): string {
  return frameworks.find((framework) => framework.id === id)?.name ?? id;
}
