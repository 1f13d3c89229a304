import { drainProcess } from './agent-process.ts';
import { markGone } from './leaving.ts';
import { type Cluster, type DrainConfig, type Leader, processOf, type RegisteredAgent } from './state.ts';

/** The registry's entry for an agent that is registered, recovered or unreachable, or null. */
export const entryOf = (cluster: Cluster, id: string) =>
  cluster.registry.agents.get(id) ?? cluster.registry.unreachable.get(id) ?? null;

/** Whether the master knows the agent, in whatever way short of gone. */
export const isKnown = (leader: Leader, id: string): boolean =>
  leader.agents.has(id) || leader.recoveredAgents.has(id) || leader.unreachable.has(id);

/** Makes an agent DRAINING, whatever it was before; the last call wins (mesos src/master/http.cpp, Http::_drainAgent).
 * The registry merges configs: an old maximum stays in it when the new call has none (mesos-api 1.1). */
export function drainAgent(cluster: Cluster, leader: Leader, id: string, config: DrainConfig): void {
  const entry = entryOf(cluster, id);
  if (entry !== null) {
    const graceNs = config.graceNs ?? entry.drain?.config.graceNs ?? null;
    entry.drain = { state: 'DRAINING', config: { graceNs, markGone: config.markGone } };
    entry.deactivated = true;
  }
  cluster.registry.drainingUsed = true;
  leader.draining.set(id, { state: 'DRAINING', config: { ...config } });
  leader.deactivated.add(id);
  const agent = leader.agents.get(id);
  if (agent === undefined) return;
  agent.drainStartedAt = cluster.clock.now();
  sendDrain(cluster, leader, agent);
  checkDrained(cluster, agent);
}

/** Sends DrainSlaveMessage to a connected agent that drains or has drained. */
export function sendDrain(cluster: Cluster, leader: Leader, agent: RegisteredAgent): void {
  const config = leader.draining.get(agent.id)?.config;
  const process = processOf(cluster, agent.id);
  if (agent.connected && config !== undefined && process !== null) drainProcess(cluster, process, config);
}

/** DRAINING becomes DRAINED, or gone, when the agent holds no task and no operation of its own (mesos
 * src/master/master.cpp, Master::checkAndTransitionDrainingAgent). Called ONLY where Mesos calls it: the drain call,
 * acknowledgements, re-registration. A task that goes with its framework leaves the agent DRAINING for ever. */
export function checkDrained(cluster: Cluster, agent: RegisteredAgent): void {
  const { leader } = cluster;
  const info = leader?.draining.get(agent.id);
  if (leader === null || info?.state !== 'DRAINING' || leader.agents.get(agent.id) !== agent) return;
  const blocked = [...agent.operations.values()].some(({ resourceProvider }) => !resourceProvider);
  if (agent.tasks.size > 0 || blocked) return;
  if (info.config.markGone) {
    markGone(cluster, leader, agent.id);
    return;
  }
  info.state = 'DRAINED';
  const entry = entryOf(cluster, agent.id);
  if (entry?.drain) entry.drain.state = 'DRAINED';
}

/** Deactivates; an agent that drains or has drained stays as it is. */
export function deactivateAgent(cluster: Cluster, leader: Leader, id: string): void {
  leader.deactivated.add(id);
  cluster.registry.drainingUsed = true;
  const entry = entryOf(cluster, id);
  if (entry !== null) entry.deactivated = true;
}

/** Takes an agent back into service. Nothing is sent to the agent itself. */
export function reactivateAgent(cluster: Cluster, leader: Leader, id: string): void {
  leader.deactivated.delete(id);
  leader.draining.delete(id);
  const entry = entryOf(cluster, id);
  if (entry !== null) {
    entry.deactivated = false;
    entry.drain = null;
  }
  const agent = leader.agents.get(id);
  if (agent !== undefined) agent.drainStartedAt = null;
  const used = [...cluster.registry.agents.values(), ...cluster.registry.unreachable.values()];
  cluster.registry.drainingUsed = used.some(({ deactivated }) => deactivated);
}
