import type { Cluster } from '../../../playground/mesos/state.ts';

/** What is true of an agent at one moment, whatever anybody was told. */
export interface Truth {
  /** No task or executor, no pending operation, no drain in progress on the agent itself. */
  empty: boolean;
  /** The agent itself has left its drain. */
  agentDrains: boolean;
  /** The recovered leader's word on an agent that is registered with it. */
  master: {
    leader: string;
    state: 'DRAINING' | 'DRAINED' | null;
    /** Seconds; null: none is set. */
    grace: number | null;
    markGone: boolean;
    connected: boolean;
    deactivated: boolean;
  } | null;
}

export function truthOf(cluster: Cluster, agentId: string): Truth {
  const process = cluster.processes.find(({ id }) => id === agentId);
  const { leader } = cluster;
  const pending = [...(process?.operations.values() ?? [])].some((op) => op.state === 'OPERATION_PENDING');
  const info = leader?.draining.get(agentId);
  const graceNs = info?.config.graceNs ?? null;
  const registered = leader?.recovered === true ? leader.agents.get(agentId) : undefined;
  return {
    empty: process !== undefined && process.tasks.size === 0 && !pending && process.drain === null,
    agentDrains: process?.drain != null,
    master:
      leader === null || registered === undefined
        ? null
        : {
            leader: cluster.masters[leader.index]?.id ?? '',
            state: info?.state ?? null,
            grace: graceNs === null ? null : Number(graceNs / 1_000_000_000n),
            markGone: info?.config.markGone ?? false,
            connected: registered.connected,
            deactivated: leader.deactivated.has(agentId),
          },
  };
}

/** Whether the registry has it in any list but that of the gone. */
export function isListed({ registry }: Cluster, agentId: string): boolean {
  return registry.agents.has(agentId) || registry.unreachable.has(agentId);
}
