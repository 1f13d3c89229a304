import type { AgentId } from '../ids.ts';
import { type ListedTask, namesUniquely } from '../preview/spread.ts';

/** Running tasks of a framework that stand in for one another, and where they are. */
export interface Alike {
  framework: string;
  /** Null: the master does not tell. */
  frameworkName: string | null;
  /** The name that they share; null: the framework names each task differently, and all of its tasks count as alike. */
  name: string | null;
  on: { agentId: AgentId; count: number }[];
}

/** What of it is left nowhere once these agents are empty. */
export interface LastInstances extends Pick<Alike, 'framework' | 'frameworkName' | 'name'> {
  count: number;
  /** One: all of them run there, so that no order of agents helps. */
  agents: AgentId[];
}

/** The tasks of one framework, of all that the master lists of it, by what replaces what. */
export function alikeIn(
  framework: { id: string; name: string | null },
  listed: readonly ListedTask[],
): Alike[] {
  const unique = namesUniquely(listed);
  const counts = new Map<string | null, Map<AgentId, number>>();
  for (const { name, agentId, running } of listed) {
    if (!running) continue;
    const key = unique ? null : name;
    const on = counts.get(key) ?? new Map<AgentId, number>();
    on.set(agentId, (on.get(agentId) ?? 0) + 1);
    counts.set(key, on);
  }
  return [...counts].map(([name, on]) => ({
    framework: framework.id,
    frameworkName: framework.name,
    name,
    on: [...on].map(([agentId, count]) => ({ agentId, count })),
  }));
}

/** Those of which these agents, emptied together, hold all that run. `going`: others that are being emptied already, and
 * count as empty. */
export function lastInstancesOn(
  agents: readonly AgentId[],
  alike: readonly Alike[],
  going: readonly AgentId[] = [],
): LastInstances[] {
  const taken = new Set([...agents, ...going]);
  const mine = new Set(agents);
  return alike
    .filter(
      ({ on }) =>
        on.every(({ agentId }) => taken.has(agentId)) && on.some(({ agentId }) => mine.has(agentId)),
    )
    .map(({ framework, frameworkName, name, on }) => ({
      framework,
      frameworkName,
      name,
      count: on.reduce((sum, { count }) => sum + count, 0),
      agents: on.map(({ agentId }) => agentId),
    }));
}

/** Whether another order could have spared them: they run on several agents. */
export function isTogether({ agents }: LastInstances): boolean {
  return agents.length > 1;
}
