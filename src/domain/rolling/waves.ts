import type { Attributes } from '../agent.ts';
import type { AgentId } from '../ids.ts';
import type { DrainLimits } from '../policy.ts';
import type { Alike } from './alike.ts';

/** An agent that is to find its wave. */
export interface Candidate {
  agentId: AgentId;
  attributes: Attributes;
}

/** The waves of a rolling drain: each agent in the first that has a place for it, in the order of the list. None is larger
 * than the limits, and none holds all of what stands in for one another, where that runs on several agents. */
export function packWaves<T extends Candidate>(
  candidates: readonly T[],
  limits: DrainLimits,
  alike: readonly Alike[],
): T[][] {
  const together = new Map<AgentId, AgentId[][]>();
  for (const { on } of alike) {
    if (on.length < 2) continue;
    const agents = on.map(({ agentId }) => agentId);
    for (const agentId of agents) together.set(agentId, [...(together.get(agentId) ?? []), agents]);
  }
  const waves: { agents: T[]; ids: Set<AgentId> }[] = [];
  for (const candidate of candidates) {
    const wave = waves.find((each) => hasPlace(each, candidate));
    if (wave === undefined) waves.push({ agents: [candidate], ids: new Set([candidate.agentId]) });
    else {
      wave.agents.push(candidate);
      wave.ids.add(candidate.agentId);
    }
  }
  return waves.map(({ agents }) => agents);

  function hasPlace(
    { agents, ids }: { agents: T[]; ids: Set<AgentId> },
    { agentId, attributes }: T,
  ): boolean {
    if (agents.length >= limits.drainsAtOnce) return false;
    const fits = limits.per.every(({ attribute, allowed }) => {
      const value = attributes[attribute];
      return (
        value === undefined || agents.filter((each) => each.attributes[attribute] === value).length < allowed
      );
    });
    return (
      fits && !(together.get(agentId) ?? []).some((all) => all.every((id) => id === agentId || ids.has(id)))
    );
  }
}
