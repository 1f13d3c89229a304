import type { SimClock } from '../clock.ts';
import { freshLeader } from './election.ts';
import { connectScheduler } from './frameworks.ts';
import { join } from './membership.ts';
import { type AgentSpec, type ClusterSpec, DEFAULT_TIMINGS } from './spec.ts';
import type { AgentProcess, Cluster, Scheduler } from './state.ts';
import { launchTask } from './workload.ts';

/** Where the servers listen, in the order of the spec. */
export interface Ports {
  readonly masters: readonly number[];
  readonly agents: readonly number[];
}

const scheduler = (spec: Scheduler['spec']): Scheduler => ({
  spec,
  id: null,
  connected: spec.connected ?? true,
  acks: spec.acks ?? 'prompt',
  cancelTimeout: null,
});

/** An agent process that has just started on a new machine and has no id yet. */
export const newAgentProcess = (spec: AgentSpec, port: number): AgentProcess => ({
  host: { spec, port },
  id: null,
  running: true,
  terminating: false,
  drain: null,
  tasks: new Map(),
  completedTasks: [],
  operations: new Map(),
});

/** A cluster that has been up for a while: the first master leads, every agent is registered, tasks run. */
export function createCluster(
  spec: ClusterSpec,
  ports: Ports,
  outside: { clock: SimClock; newId: () => string },
): Cluster {
  const { clock, newId } = outside;
  const cluster: Cluster = {
    clock,
    newId,
    timings: { ...DEFAULT_TIMINGS, ...spec.timings },
    version: spec.version ?? '1.12.0',
    credentials: spec.credentials ?? [],
    agentCredentials: spec.agentCredentials ?? [],
    acls: spec.acls ?? {},
    masters: ports.masters.map((port, index) => ({
      index,
      port,
      id: newId(),
      startedAt: clock.now(),
      running: true,
      believes: 0,
    })),
    registry: {
      agents: new Map(),
      unreachable: new Map(),
      gone: new Map(),
      windows: [],
      machines: [],
      drainingUsed: false,
    },
    processes: spec.agents.map((agent, i) => newAgentProcess(agent, ports.agents[i] ?? 0)),
    schedulers: (spec.frameworks ?? []).map(scheduler),
    applied: [],
    witnesses: [],
    leader: null,
    zooKeeperUp: true,
    agentsSeen: 0,
    frameworksSeen: 0,
    nextPid: 27000,
  };
  cluster.leader = { ...freshLeader(cluster, 0), recovered: true };
  for (const process of cluster.processes) join(cluster, process);
  for (const each of cluster.schedulers) {
    const { connected } = each;
    connectScheduler(cluster, each);
    each.connected = connected;
    const framework = cluster.leader.frameworks.get(each.id ?? '');
    if (framework !== undefined) framework.connected = connected;
  }
  for (const task of spec.tasks ?? []) launchTask(cluster, task);
  return cluster;
}
