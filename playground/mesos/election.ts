import { connectScheduler } from './frameworks.ts';
import { giveUpRecovered } from './leaving.ts';
import { join } from './membership.ts';
import type { Cluster, Leader, MasterProcess } from './state.ts';

/** The memory of a master that has just been elected and has read nothing yet. */
export function freshLeader(cluster: Cluster, index: number): Leader {
  return {
    index,
    electedAt: cluster.clock.now(),
    recovered: false,
    agents: new Map(),
    recoveredAgents: new Map(),
    unreachable: new Map(),
    gone: new Map(),
    draining: new Map(),
    deactivated: new Set(),
    frameworks: new Map(),
    completedFrameworks: [],
    inverseOffers: new Map(),
  };
}

/** Everybody learns who leads; the new leader answers 503 until it has read the registry. */
export function elect(cluster: Cluster, master: MasterProcess): void {
  const leader = freshLeader(cluster, master.index);
  for (const each of cluster.masters) if (each.running) each.believes = master.index;
  cluster.leader = leader;
  cluster.agentsSeen = 0;
  cluster.frameworksSeen = 0;
  cluster.clock.after(cluster.timings.recoveryMs, () => {
    if (cluster.leader === leader) recover(cluster, leader);
  });
}

/** Reads the registry. Agents are `recovered_agents` until they come back one by one; drain start times, frameworks
 * and finished tasks were only in the old leader's memory. */
const recover = (cluster: Cluster, leader: Leader): void => {
  const { agents, unreachable, gone } = cluster.registry;
  for (const [id, { host }] of agents) leader.recoveredAgents.set(id, host);
  for (const [id, { host, at }] of unreachable) leader.unreachable.set(id, { host, at });
  for (const [id, at] of gone) leader.gone.set(id, at);
  for (const [id, { deactivated, drain }] of [...agents, ...unreachable]) {
    if (deactivated) leader.deactivated.add(id);
    if (drain !== null) leader.draining.set(id, { state: drain.state, config: { ...drain.config } });
  }
  leader.recovered = true;
  const { reregistrationMs, agentReregisterTimeoutMs } = cluster.timings;
  cluster.clock.after(reregistrationMs, () => {
    for (const scheduler of cluster.schedulers) if (scheduler.connected) connectScheduler(cluster, scheduler);
  });
  cluster.processes.forEach((process, i) => {
    cluster.clock.after(reregistrationMs * (i + 1), () => {
      if (cluster.leader === leader && !leader.agents.has(process.id ?? '')) join(cluster, process);
    });
  });
  cluster.clock.after(agentReregisterTimeoutMs, () => {
    if (cluster.leader !== leader) return;
    for (const id of leader.recoveredAgents.keys()) giveUpRecovered(cluster, leader, id);
  });
};

/** Starts a master that is down, as a standby; it leads when nobody does. */
export function startMaster(cluster: Cluster, master: MasterProcess): void {
  if (master.running) return;
  master.running = true;
  master.id = cluster.newId();
  master.startedAt = cluster.clock.now();
  master.believes = cluster.leader?.index ?? null;
  if (cluster.leader === null && cluster.zooKeeperUp) elect(cluster, master);
}

/** The leader's process dies. Standbys go on redirecting to it until its session ends; then the next one is elected,
 * or, where there is only one master, that one starts again. */
export function failover(cluster: Cluster): void {
  const dead = stopLeader(cluster);
  if (dead === null) return;
  cluster.clock.after(cluster.timings.electionMs, () => {
    if (cluster.leader !== null || !cluster.zooKeeperUp) return;
    const next = cluster.masters.find(({ running }) => running);
    if (next !== undefined) elect(cluster, next);
    else startMaster(cluster, dead);
  });
}

const stopLeader = (cluster: Cluster): MasterProcess | null => {
  const master = cluster.leader === null ? undefined : cluster.masters[cluster.leader.index];
  cluster.leader = null;
  if (master === undefined) return null;
  master.running = false;
  return master;
};

/** ZooKeeper goes away: for a session timeout all is as before, then the leader aborts and nobody leads. */
export function loseZooKeeper(cluster: Cluster): void {
  cluster.zooKeeperUp = false;
  cluster.clock.after(cluster.timings.electionMs, () => {
    if (cluster.zooKeeperUp) return;
    stopLeader(cluster);
    for (const master of cluster.masters) master.believes = null;
  });
}

/** ZooKeeper is back: one of the masters that are left is elected at once. */
export function restoreZooKeeper(cluster: Cluster): void {
  cluster.zooKeeperUp = true;
  if (cluster.leader !== null) return;
  const [first] = cluster.masters;
  const next = cluster.masters.find(({ running }) => running);
  if (next !== undefined) elect(cluster, next);
  else if (first !== undefined) startMaster(cluster, first);
}
