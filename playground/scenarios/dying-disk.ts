import type { ClusterSpec } from '../mesos/spec.ts';
import { smallCluster } from './small-cluster.ts';

/** The small cluster, where agent3 holds the data of a database: what marking it gone destroys for good. */
export function dyingDisk(lastMs: number): ClusterSpec {
  const cluster = smallCluster(lastMs);
  const held = {
    reservations: [{ role: 'db', principal: 'cassandra', cpus: 2, mem: 4_096 }],
    volumes: [
      {
        id: 'cassandra-node-2-data',
        role: 'db',
        principal: 'cassandra',
        containerPath: 'data',
        size: 51_200,
      },
    ],
  };
  return {
    ...cluster,
    agents: cluster.agents.map((agent) =>
      agent.hostname === 'agent3.example' ? { ...agent, ...held } : agent,
    ),
  };
}
