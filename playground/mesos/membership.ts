import { shutDown, shutDownFramework } from './agent-process.ts';
import { checkDrained, entryOf, sendDrain } from './drain.ts';
import { frameworkFromAgent } from './frameworks.ts';
import { sendInverseOffers } from './inverse-offers.ts';
import { lose, markUnreachable, removeAgent } from './leaving.ts';
import { isDown } from './machines.ts';
import type { AgentProcess, Cluster, Leader, RegisteredAgent, Task } from './state.ts';
import { resend, taskKey } from './status-updates.ts';

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

/** An agent process reaches the master: by the id it has, or for a new one. Refused with an order to shut down while its
 * machine is DOWN, which costs it its id (mesos src/slave/slave.cpp, Slave::finalize), and once it is gone. */
export function join(cluster: Cluster, process: AgentProcess): void {
  const leader = leading(cluster);
  if (leader === null || !process.running || process.terminating !== false) return;
  if (isDown(cluster, process.host)) shutDown(cluster, process, 'forgets');
  else if (process.id === null) register(cluster, leader, process);
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
    const removed = new Set<string>();
    for (const { task } of process.tasks.values())
      if (!restoreTask(cluster, leader, agent, task)) removed.add(task.frameworkId);
    for (const framework of removed) shutDownFramework(cluster, process, framework);
  }
  agent.connected = true;
  agent.reregisteredAt = now;
  resend(cluster, process);
  sendDrain(cluster, leader, agent);
  sendInverseOffers(cluster, leader, agent);
  checkDrained(cluster, agent);
};

/** False: its framework was removed meanwhile, and its tasks are not taken up again (mesos src/master/master.cpp,
 * __reregisterSlave). */
const restoreTask = (cluster: Cluster, leader: Leader, agent: RegisteredAgent, task: Task): boolean => {
  const framework = frameworkFromAgent(cluster, leader, task.frameworkId);
  if (framework === null) return false;
  framework.unreachableTasks = framework.unreachableTasks.filter((lost) => taskKey(lost) !== taskKey(task));
  agent.tasks.set(taskKey(task), { ...task, statuses: [...task.statuses] });
  return true;
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
      lose(cluster, leader, agent, task, 'TASK_LOST', 'REASON_AGENT_DISCONNECTED');
    }
  }
  cluster.clock.after(cluster.timings.agentPingTimeoutMs, () => {
    if (cluster.leader !== leader || leader.agents.get(agent.id) !== agent) return;
    if (!agent.connected && agent.reregisteredAt === since) markUnreachable(cluster, leader, agent);
  });
}
