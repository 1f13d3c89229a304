import { shutDown } from './agent-process.ts';
import { checkDrained, entryOf, sendDrain } from './drain.ts';
import { frameworkFromAgent } from './frameworks.ts';
import { isDown } from './machines.ts';
import {
  type AgentProcess,
  type Cluster,
  declares,
  type Leader,
  processOf,
  type RegisteredAgent,
  type Task,
  type TaskStatus,
} from './state.ts';
import { resend, stamp, taskKey } from './status-updates.ts';

const object = (cluster: Cluster, id: string, process: AgentProcess): RegisteredAgent => ({
  id,
  host: process.host,
  connected: true,
  registeredAt: cluster.clock.now(),
  reregisteredAt: null,
  drainStartedAt: null,
  tasks: new Map(),
  operations: new Map(process.operations),
});

const leading = (cluster: Cluster): Leader | null =>
  cluster.leader?.recovered === true ? cluster.leader : null;

/** An agent process reaches the master: by the id it has, or for a new one. Refused while its machine is DOWN and, with
 * an order to shut down, once it is gone. */
export function join(cluster: Cluster, process: AgentProcess): void {
  const leader = leading(cluster);
  if (leader === null || !process.running || process.terminating || isDown(cluster, process.host)) return;
  if (process.id === null) register(cluster, leader, process);
  else if (leader.gone.has(process.id)) shutDown(cluster, process);
  else reregister(cluster, leader, process, process.id);
}

const register = (cluster: Cluster, leader: Leader, process: AgentProcess): void => {
  for (const agent of leader.agents.values()) {
    if (agent.host === process.host) removeAgent(cluster, leader, agent.id);
  }
  const master = cluster.masters[leader.index];
  const id = `${master?.id}-S${cluster.agentsSeen++}`;
  process.id = id;
  leader.agents.set(id, object(cluster, id, process));
  cluster.registry.agents.set(id, { host: process.host, deactivated: false, drain: null });
};

const reregister = (cluster: Cluster, leader: Leader, process: AgentProcess, id: string): void => {
  const now = cluster.clock.now();
  let agent = leader.agents.get(id);
  if (agent === undefined) {
    agent = object(cluster, id, process);
    leader.agents.set(id, agent);
    const entry = entryOf(cluster, id);
    cluster.registry.unreachable.delete(id);
    cluster.registry.agents.set(id, {
      host: process.host,
      deactivated: entry?.deactivated ?? false,
      drain: entry?.drain ?? null,
    });
    leader.unreachable.delete(id);
    leader.recoveredAgents.delete(id);
    for (const { task } of process.tasks.values()) restoreTask(cluster, leader, agent, task);
  }
  agent.connected = true;
  agent.reregisteredAt = now;
  resend(cluster, process);
  sendDrain(cluster, leader, agent);
  checkDrained(cluster, agent);
};

const restoreTask = (cluster: Cluster, leader: Leader, agent: RegisteredAgent, task: Task): void => {
  const framework = frameworkFromAgent(cluster, leader, task.frameworkId);
  if (framework === null) return;
  framework.unreachableTasks = framework.unreachableTasks.filter((lost) => taskKey(lost) !== taskKey(task));
  agent.tasks.set(taskKey(task), { ...task, statuses: [...task.statuses] });
};

/** The master sees the agent's connection break: it stays registered until the pings run out. Tasks of frameworks
 * without checkpointing are given up at once, without a look at the drain. */
export function disconnect(cluster: Cluster, process: AgentProcess): void {
  const leader = leading(cluster);
  const agent = process.id === null ? undefined : leader?.agents.get(process.id);
  if (leader === null || agent === undefined) return;
  agent.connected = false;
  const since = agent.reregisteredAt;
  for (const task of agent.tasks.values()) {
    if (leader.frameworks.get(task.frameworkId)?.spec.checkpoint === false) {
      lose(cluster, leader, agent, task, { state: 'TASK_LOST', reason: 'REASON_SLAVE_DISCONNECTED' });
    }
  }
  cluster.clock.after(cluster.timings.agentPingTimeoutMs, () => {
    if (cluster.leader !== leader || leader.agents.get(agent.id) !== agent) return;
    if (!agent.connected && agent.reregisteredAt === since) markUnreachable(cluster, leader, agent);
  });
}

const lose = (
  cluster: Cluster,
  leader: Leader,
  agent: RegisteredAgent,
  task: Task,
  status: Pick<TaskStatus, 'state' | 'reason' | 'message'>,
): void => {
  const framework = leader.frameworks.get(task.frameworkId);
  stamp(task, { ...status, source: 'SOURCE_MASTER', at: cluster.clock.now(), uuid: null });
  agent.tasks.delete(taskKey(task));
  if (task.state === 'TASK_UNREACHABLE') framework?.unreachableTasks.push(task);
  else framework?.completedTasks.push(task);
};

const loseAll = (
  cluster: Cluster,
  leader: Leader,
  agent: RegisteredAgent,
  aware: TaskStatus['state'],
  reason: string,
): void => {
  for (const task of agent.tasks.values()) {
    const framework = leader.frameworks.get(task.frameworkId);
    const state =
      framework !== undefined && declares(framework.spec, 'PARTITION_AWARE') ? aware : 'TASK_LOST';
    lose(cluster, leader, agent, task, { state, reason });
  }
};

/** The agent vanishes from every list; deactivation and drain are kept in the registry. */
export function markUnreachable(cluster: Cluster, leader: Leader, agent: RegisteredAgent): void {
  const at = cluster.clock.now();
  const { id, host } = agent;
  loseAll(cluster, leader, agent, 'TASK_UNREACHABLE', 'REASON_SLAVE_REMOVED');
  leader.agents.delete(id);
  unreachable(cluster, leader, id, host, at);
}

const unreachable = (
  cluster: Cluster,
  leader: Leader,
  id: string,
  host: RegisteredAgent['host'],
  at: number,
): void => {
  const entry = cluster.registry.agents.get(id);
  leader.unreachable.set(id, { host, at });
  cluster.registry.agents.delete(id);
  cluster.registry.unreachable.set(id, {
    host,
    at,
    deactivated: entry?.deactivated ?? false,
    drain: entry?.drain ?? null,
  });
};

/** A recovered agent that did not come back in time. */
export function giveUpRecovered(cluster: Cluster, leader: Leader, id: string): void {
  const host = leader.recoveredAgents.get(id);
  if (host === undefined) return;
  leader.recoveredAgents.delete(id);
  unreachable(cluster, leader, id, host, cluster.clock.now());
}

/** The agent unregistered, was replaced or is down for maintenance: its drain and deactivation are erased. */
export function removeAgent(cluster: Cluster, leader: Leader, id: string): void {
  const agent = leader.agents.get(id);
  if (agent !== undefined) loseAll(cluster, leader, agent, 'TASK_LOST', 'REASON_SLAVE_REMOVED');
  leader.agents.delete(id);
  leader.draining.delete(id);
  leader.deactivated.delete(id);
  cluster.registry.agents.delete(id);
}

/** Gone for good (mesos src/master/master.cpp, Master::markGone). What drain and deactivation left in memory stays
 * there; a recovered agent stays listed until the next failover. */
export function markGone(cluster: Cluster, leader: Leader, id: string): void {
  const at = cluster.clock.now();
  cluster.registry.agents.delete(id);
  cluster.registry.unreachable.delete(id);
  cluster.registry.gone.set(id, at);
  leader.gone.set(id, at);
  if (leader.recoveredAgents.has(id)) return;
  leader.unreachable.delete(id);
  const agent = leader.agents.get(id);
  if (agent === undefined) return;
  loseAll(cluster, leader, agent, 'TASK_GONE_BY_OPERATOR', 'REASON_SLAVE_REMOVED_BY_OPERATOR');
  leader.agents.delete(id);
  const process = processOf(cluster, id);
  if (process !== null && agent.connected && process.running) shutDown(cluster, process);
}
