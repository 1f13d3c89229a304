import { machineOf, sameMachine } from './machines.ts';
import { type Cluster, type Leader, type RegisteredAgent, schedulerOf } from './state.ts';

const isAsked = (cluster: Cluster, leader: Leader, agent: RegisteredAgent): boolean =>
  leader.agents.get(agent.id) === agent &&
  !leader.deactivated.has(agent.id) &&
  cluster.registry.machines.some(
    ({ id, mode }) => mode === 'DRAINING' && sameMachine(id, machineOf(agent.host)),
  );

/** Asks the frameworks that have tasks on an agent to leave, where its machine is to go down; those that answer do so a
 * moment later. A deactivated agent's are not asked. Until they answer, and for ever where they don't know inverse
 * offers, nothing stands in the status (mesos src/master/allocator/mesos/hierarchical.cpp, updateInverseOffer). */
export function sendInverseOffers(cluster: Cluster, leader: Leader, agent: RegisteredAgent): void {
  if (!isAsked(cluster, leader, agent)) return;
  for (const frameworkId of new Set([...agent.tasks.values()].map((task) => task.frameworkId))) {
    const scheduler = schedulerOf(cluster, frameworkId);
    const status = scheduler?.connected === true ? scheduler.spec.inverseOffers : undefined;
    if (status === undefined) continue;
    cluster.clock.after(cluster.timings.messageMs, () => {
      if (cluster.leader !== leader || !isAsked(cluster, leader, agent)) return;
      const answers = leader.inverseOffers.get(agent.id) ?? new Map();
      leader.inverseOffers.set(agent.id, answers.set(frameworkId, { status, at: cluster.clock.now() }));
    });
  }
}

/** Every write of the schedule forgets what was answered, whosever window it changed, and asks anew (mesos
 * src/master/http.cpp, _updateMaintenanceSchedule; Master::updateUnavailability). */
export function askAnew(cluster: Cluster): void {
  const { leader } = cluster;
  leader?.inverseOffers.clear();
  for (const agent of leader?.agents.values() ?? []) if (leader) sendInverseOffers(cluster, leader, agent);
}
