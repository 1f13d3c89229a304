import type { KnownAgent } from '../../../domain/agent.ts';
import type { AgentLineOfPlan } from '../../../domain/plan.ts';
import type { ResolvedTarget } from '../../../domain/target.ts';
import type { Master, Store } from '../../ports.ts';

/** The agents of a frozen list as they are remembered now; what they are, only a look can tell. */
export async function asTheyAre(
  { store, master }: { store: Pick<Store, 'directory'>; master: Pick<Master, 'cluster'> },
  lines: readonly Pick<AgentLineOfPlan, 'agentId' | 'hostname' | 'address'>[],
): Promise<ResolvedTarget[]> {
  const directory = new Map((await store.directory(master.cluster)).map((agent) => [agent.agentId, agent]));
  return lines.map((line) => ({ chosen: directory.get(line.agentId) ?? unremembered(line), others: [] }));
}

function unremembered({
  agentId,
  hostname,
  address,
}: Pick<AgentLineOfPlan, 'agentId' | 'hostname' | 'address'>): KnownAgent {
  return {
    agentId,
    hostname,
    address,
    attributes: {},
    held: null,
    room: null,
    state: 'unlisted',
    lastSeenAt: 0 as KnownAgent['lastSeenAt'],
  };
}
