import { shutDown } from './agent-process.ts';
import {
  type Cluster,
  declares,
  type Host,
  type Leader,
  type MasterFramework,
  processOf,
  type RegisteredAgent,
  type Task,
  type TaskState,
} from './state.ts';
import { stamp, taskKey } from './status-updates.ts';

/** The master gives up a task. Reasons have v1's names; the v0 reads show none. */
export function lose(
  cluster: Cluster,
  leader: Leader,
  agent: RegisteredAgent,
  task: Task,
  state: TaskState,
  reason: string,
): void {
  end(cluster, task, state, reason);
  agent.tasks.delete(taskKey(task));
  leader.frameworks.get(task.frameworkId)?.completedTasks.push(task);
}

const end = (cluster: Cluster, task: Task, state: TaskState, reason: string): void =>
  stamp(task, { state, reason, source: 'SOURCE_MASTER', at: cluster.clock.now(), uuid: null });

/** Gives up the tasks of an agent that is unreachable or gone (mesos src/master/master.cpp, Master::__removeSlave). Of
 * a framework that is not PARTITION_AWARE they are TASK_LOST and kept as unreachable in both cases. */
const loseAll = (cluster: Cluster, leader: Leader, agent: RegisteredAgent, isGone: boolean): void => {
  for (const task of agent.tasks.values()) {
    const framework = leader.frameworks.get(task.frameworkId);
    const isAware = framework !== undefined && declares(framework.spec, 'PARTITION_AWARE');
    if (isAware && isGone) {
      lose(cluster, leader, agent, task, 'TASK_GONE_BY_OPERATOR', 'REASON_AGENT_REMOVED_BY_OPERATOR');
      continue;
    }
    end(cluster, task, isAware ? 'TASK_UNREACHABLE' : 'TASK_LOST', 'REASON_AGENT_REMOVED');
    agent.tasks.delete(taskKey(task));
    framework?.unreachableTasks.push(task);
  }
};

/** The agent vanishes from every list; deactivation and drain are kept in the registry. */
export function markUnreachable(cluster: Cluster, leader: Leader, agent: RegisteredAgent): void {
  loseAll(cluster, leader, agent, false);
  leader.agents.delete(agent.id);
  unreachable(cluster, leader, agent.id, agent.host);
}

const unreachable = (cluster: Cluster, leader: Leader, id: string, host: Host): void => {
  const at = cluster.clock.now();
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

/** A recovered agent that did not come back in time. One that was marked gone meanwhile stays listed as recovered
 * (mesos src/master/master.cpp, Master::markUnreachable). */
export function giveUpRecovered(cluster: Cluster, leader: Leader, id: string): void {
  const host = leader.recoveredAgents.get(id);
  if (host === undefined || leader.gone.has(id)) return;
  leader.recoveredAgents.delete(id);
  unreachable(cluster, leader, id, host);
}

/** The agent unregistered, was replaced or is down for maintenance: its drain and deactivation are erased. */
export function removeAgent(cluster: Cluster, leader: Leader, id: string): void {
  const agent = leader.agents.get(id);
  for (const task of agent?.tasks.values() ?? []) {
    if (agent !== undefined) lose(cluster, leader, agent, task, 'TASK_LOST', 'REASON_AGENT_REMOVED');
  }
  leader.agents.delete(id);
  leader.draining.delete(id);
  leader.deactivated.delete(id);
  leader.inverseOffers.delete(id);
  cluster.registry.agents.delete(id);
}

/** Gone for good (mesos src/master/master.cpp, Master::markGone). A recovered agent stays listed until the next
 * failover. Of a registered agent, drain and deactivation stay in memory; of an unreachable one they go. */
export function markGone(cluster: Cluster, leader: Leader, id: string): void {
  const at = cluster.clock.now();
  cluster.registry.agents.delete(id);
  cluster.registry.unreachable.delete(id);
  cluster.registry.gone.set(id, at);
  leader.gone.set(id, at);
  if (leader.recoveredAgents.has(id)) return;
  const agent = leader.agents.get(id);
  if (agent === undefined) {
    leader.unreachable.delete(id);
    leader.draining.delete(id);
    leader.deactivated.delete(id);
    for (const framework of leader.frameworks.values()) endUnreachable(cluster, framework, id);
    return;
  }
  loseAll(cluster, leader, agent, true);
  leader.agents.delete(id);
  const process = processOf(cluster, id);
  if (process !== null && agent.connected && process.running) shutDown(cluster, process);
}

const endUnreachable = (cluster: Cluster, framework: MasterFramework, agentId: string): void => {
  const ended = framework.unreachableTasks.filter((task) => task.agentId === agentId);
  framework.unreachableTasks = framework.unreachableTasks.filter((task) => task.agentId !== agentId);
  const isAware = declares(framework.spec, 'PARTITION_AWARE');
  for (const task of ended) {
    if (isAware) end(cluster, task, 'TASK_GONE_BY_OPERATOR', 'REASON_AGENT_REMOVED_BY_OPERATOR');
    else end(cluster, task, 'TASK_LOST', 'REASON_AGENT_REMOVED');
  }
  framework.completedTasks.push(...ended);
};
