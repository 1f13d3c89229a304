import type { JsonObject } from '../json/write.ts';
import type { Cluster, DrainInfo, Leader } from '../state.ts';
import { agentInfo } from './agents.ts';
import { drainInfo, id, timeInfo } from './common.ts';
import { windows } from './maintenance.ts';
import { masterInfo } from './master.ts';

const some = <T>(all: readonly T[]): readonly T[] | undefined => (all.length === 0 ? undefined : all);

const drained = ({ deactivated, drain }: { deactivated: boolean; drain: DrainInfo | null }) => ({
  deactivated,
  drain_info: drain === null ? undefined : drainInfo(drain),
});

/** `/registrar(1)/registry` of the leader: the only place that tells gone, unreachable and removed apart
 * (recordings registry_*). Written with sorted keys. */
export const registryShape = (cluster: Cluster, leader: Leader): JsonObject => {
  const { agents, unreachable, gone, machines, drainingUsed, windows: scheduled } = cluster.registry;
  const leading = cluster.masters[leader.index];
  return {
    master: leading === undefined ? undefined : { info: masterInfo(cluster, leading) },
    minimum_capabilities: drainingUsed ? [{ capability: 'AGENT_DRAINING' }] : undefined,
    slaves: {
      slaves: some(
        [...agents].map(([agentId, entry]) => ({
          info: agentInfo(entry.host, agentId, 'registry'),
          ...drained(entry),
        })),
      ),
    },
    unreachable:
      unreachable.size === 0
        ? undefined
        : {
            slaves: [...unreachable].map(([agentId, entry]) => ({
              id: id(agentId),
              timestamp: timeInfo(entry.at),
              ...drained(entry),
            })),
          },
    gone:
      gone.size === 0
        ? undefined
        : { slaves: [...gone].map(([agentId, at]) => ({ id: id(agentId), timestamp: timeInfo(at) })) },
    machines:
      machines.length === 0
        ? undefined
        : { machines: machines.map((machine) => ({ info: { id: { ...machine.id }, mode: machine.mode } })) },
    schedules: scheduled.length === 0 ? undefined : [{ windows: windows(scheduled) }],
  };
};
