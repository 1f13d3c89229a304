import { crash, powerOff, wipe } from './agent-process.ts';
import * as election from './election.ts';
import type { Faults } from './faults.ts';
import { connectScheduler, disconnectScheduler, removeFramework } from './frameworks.ts';
import { removeAgent } from './leaving.ts';
import { IP } from './machines.ts';
import { updateSchedule } from './maintenance.ts';
import { disconnect, join } from './membership.ts';
import type { Acks, AgentSpec, TaskSpec } from './spec.ts';
import type { AgentProcess, AppliedCall, Cluster, Scheduler } from './state.ts';
import { resend } from './status-updates.ts';
import * as workload from './workload.ts';

/** The cluster as tests, scenarios and the page drive it: what happens to machines and people outside Mesos. Hosts
 * are named by hostname, frameworks and tasks by name, masters by index. */
export interface ClusterModel {
  readonly cluster: Cluster;
  /** Every mutating call that took effect, on any master, oldest first. */
  readonly applied: readonly AppliedCall[];
  /** The id an agent has now; throws when it has none. */
  agentId(hostname: string): string;
  /** http://127.0.0.1:PORT of an agent's own API. */
  agentUrl(hostname: string): string;
  /** The index of the leading master; null: none. */
  leader(): number | null;
  masterFaults(index: number): Faults;
  agentFaults(hostname: string): Faults;
  /** SIGKILL: disconnected at once, unreachable after the pings ran out. */
  killAgentProcess(hostname: string): void;
  /** The process starts again under its old id (a new one when it was unregistered); a gone one is refused. */
  returnAgent(hostname: string): void;
  /** SIGUSR1: unregistered and removed; drain and deactivation are erased. */
  unregisterAgent(hostname: string): void;
  /** A reboot with another configuration: a new id, active at once. The old one is removed while it is registered, and
   * stays where it is when it is unreachable or recovered (mesos src/master/master.cpp, Master::_registerSlave). */
  rebootWithNewId(hostname: string): void;
  /** The machine dies for good, and another one registers under its hostname from another address: the old agent stays,
   * disconnected at first, unreachable after the pings ran out. The hostname means the new machine from now on. */
  replaceMachine(hostname: string): Promise<void>;
  failover(): void;
  loseZooKeeper(): void;
  restoreZooKeeper(): void;
  startMaster(index: number): void;
  connectFramework(name: string): void;
  /** Its failover timeout runs from now. */
  disconnectFramework(name: string): void;
  removeFramework(name: string): void;
  setAcks(name: string, acks: Acks): void;
  launchTask(task: TaskSpec): void;
  finishTask(name: string, state?: 'TASK_FINISHED' | 'TASK_FAILED'): void;
  /** Adds a pending operation; returns its uuid. */
  addOperation(asked: Parameters<typeof workload.addOperation>[1]): string;
  carryOutOperation(uuid: string): void;
  finishOperation(uuid: string): void;
  /** Adds a maintenance window from now on for an agent's machine. */
  scheduleMachine(hostname: string): void;
}

/** What stands in front of the processes. */
export interface Sockets {
  masterFaults(index: number): Faults | undefined;
  agentFaults(index: number): Faults | undefined;
  /** A new machine with an address of its own; its agent has not registered yet. */
  raise(spec: AgentSpec): Promise<AgentProcess>;
}

const found = (faults: Faults | undefined, name: string | number): Faults => {
  if (faults === undefined) throw new Error(`no server ${name}`);
  return faults;
};

const frameworkOf = (cluster: Cluster, name: string): Scheduler => {
  const scheduler = cluster.schedulers.find(({ spec }) => spec.name === name);
  if (scheduler === undefined) throw new Error(`no framework ${name}`);
  return scheduler;
};

const agents = (cluster: Cluster, { agentFaults, raise }: Sockets) => {
  const on = (hostname: string) => workload.processOn(cluster, hostname);
  const start = (process: AgentProcess) => {
    process.running = true;
    process.terminating = false;
    cluster.clock.after(cluster.timings.messageMs, () => join(cluster, process));
  };
  return {
    agentId: (hostname: string) => {
      const { id } = on(hostname);
      if (id === null) throw new Error(`${hostname} has no agent id`);
      return id;
    },
    agentUrl: (hostname: string) => `http://${IP}:${on(hostname).host.port}`,
    agentFaults: (hostname: string) => {
      const index = cluster.processes.indexOf(on(hostname));
      return found(agentFaults(index), hostname);
    },
    killAgentProcess: (hostname: string) => {
      disconnect(cluster, on(hostname));
      crash(cluster, on(hostname));
    },
    returnAgent: (hostname: string) => start(on(hostname)),
    unregisterAgent: (hostname: string) => {
      const { id } = on(hostname);
      if (cluster.leader !== null && id !== null) removeAgent(cluster, cluster.leader, id);
      wipe(on(hostname));
    },
    rebootWithNewId: (hostname: string) => {
      disconnect(cluster, on(hostname));
      wipe(on(hostname));
      start(on(hostname));
    },
    replaceMachine: async (hostname: string) => {
      const old = on(hostname);
      disconnect(cluster, old);
      powerOff(old);
      start(await raise(old.host.spec));
    },
    scheduleMachine: (hostname: string) => {
      const startNs = BigInt(cluster.clock.now()) * 1_000_000n;
      const machineIds = [{ hostname: on(hostname).host.spec.hostname, ip: IP }];
      updateSchedule(cluster, [...cluster.registry.windows, { machineIds, startNs, durationNs: null }]);
    },
  };
};

const masters = (cluster: Cluster) => ({
  leader: () => cluster.leader?.index ?? null,
  failover: () => election.failover(cluster),
  loseZooKeeper: () => election.loseZooKeeper(cluster),
  restoreZooKeeper: () => election.restoreZooKeeper(cluster),
  startMaster: (index: number) => {
    const master = cluster.masters[index];
    if (master === undefined) throw new Error(`no master ${index}`);
    election.startMaster(cluster, master);
  },
});

const frameworks = (cluster: Cluster) => ({
  connectFramework: (name: string) => connectScheduler(cluster, frameworkOf(cluster, name)),
  disconnectFramework: (name: string) => disconnectScheduler(cluster, frameworkOf(cluster, name)),
  removeFramework: (name: string) => removeFramework(cluster, frameworkOf(cluster, name)),
  setAcks: (name: string, acks: Acks) => {
    frameworkOf(cluster, name).acks = acks;
    for (const process of cluster.processes) resend(cluster, process);
  },
  launchTask: (task: TaskSpec) => workload.launchTask(cluster, task),
  finishTask: (name: string, state: 'TASK_FINISHED' | 'TASK_FAILED' = 'TASK_FINISHED') =>
    workload.finishTask(cluster, name, state),
  addOperation: (asked: Parameters<typeof workload.addOperation>[1]) => workload.addOperation(cluster, asked),
  carryOutOperation: (uuid: string) => workload.carryOutOperation(cluster, uuid),
  finishOperation: (uuid: string) => workload.finishOperation(cluster, uuid),
});

/** The verbs over a cluster. */
export function modelOf(cluster: Cluster, sockets: Sockets): ClusterModel {
  return {
    cluster,
    applied: cluster.applied,
    masterFaults: (index) => found(sockets.masterFaults(index), index),
    ...agents(cluster, sockets),
    ...masters(cluster),
    ...frameworks(cluster),
  };
}
