import { shutDownFramework } from './agent-process.ts';
import { type Cluster, type Leader, type MasterFramework, type Scheduler, schedulerOf } from './state.ts';
import { resend, stamp, taskKey } from './status-updates.ts';

const framework = (scheduler: Scheduler, id: string): MasterFramework => ({
  id,
  spec: scheduler.spec,
  connected: false,
  recovered: true,
  registeredAt: null,
  reregisteredAt: null,
  unregisteredAt: null,
  unreachableTasks: [],
  completedTasks: [],
});

/** The framework of a task that an agent reports; unknown since a failover, it is marked as recovered. null: nobody
 * knows it. */
export function frameworkFromAgent(cluster: Cluster, leader: Leader, id: string): MasterFramework | null {
  const known = leader.frameworks.get(id);
  const scheduler = schedulerOf(cluster, id);
  if (known !== undefined || scheduler === null) return known ?? null;
  // One that this master has removed stays so.
  if (leader.completedFrameworks.some(({ id: ended }) => ended === id)) return null;
  const recovered = framework(scheduler, id);
  leader.frameworks.set(id, recovered);
  return recovered;
}

/** A scheduler subscribes, for the first time or again. What it missed is sent again. */
export function connectScheduler(cluster: Cluster, scheduler: Scheduler): void {
  const { leader } = cluster;
  scheduler.connected = true;
  scheduler.cancelTimeout?.();
  scheduler.cancelTimeout = null;
  if (leader === null || !leader.recovered) return;
  const now = cluster.clock.now();
  const id =
    scheduler.id ??
    `${cluster.masters[leader.index]?.id}-${String(cluster.frameworksSeen++).padStart(4, '0')}`;
  scheduler.id = id;
  const known = leader.frameworks.get(id) ?? framework(scheduler, id);
  leader.frameworks.set(id, known);
  known.connected = true;
  known.recovered = false;
  known.registeredAt ??= now;
  known.reregisteredAt = now;
  for (const process of cluster.processes) resend(cluster, process);
}

/** A scheduler is lost; without a return within its failover timeout the framework is removed. */
export function disconnectScheduler(cluster: Cluster, scheduler: Scheduler): void {
  scheduler.connected = false;
  const known = scheduler.id === null ? undefined : cluster.leader?.frameworks.get(scheduler.id);
  if (known !== undefined) known.connected = false;
  const timeoutMs = (scheduler.spec.failoverTimeoutSeconds ?? 0) * 1000;
  if (timeoutMs === 0) removeFramework(cluster, scheduler);
  else scheduler.cancelTimeout = cluster.clock.after(timeoutMs, () => removeFramework(cluster, scheduler));
}

/** Removes a framework and all its tasks, WITHOUT a look at drains: an agent whose last task goes this way is left
 * DRAINING (recordings stuck_*). */
export function removeFramework(cluster: Cluster, scheduler: Scheduler): void {
  const { leader } = cluster;
  const { id } = scheduler;
  scheduler.connected = false;
  const known = id === null ? undefined : leader?.frameworks.get(id);
  if (leader === null || known === undefined || id === null) return;
  const at = cluster.clock.now();
  known.connected = false;
  known.unregisteredAt = at;
  for (const agent of leader.agents.values()) {
    for (const task of agent.tasks.values()) {
      if (task.frameworkId !== id) continue;
      stamp(task, {
        state: 'TASK_KILLED',
        source: 'SOURCE_MASTER',
        at,
        uuid: null,
        message: `Framework ${id} removed`,
        reason: 'REASON_FRAMEWORK_REMOVED',
      });
      agent.tasks.delete(taskKey(task));
      known.completedTasks.push(task);
    }
  }
  leader.frameworks.delete(id);
  leader.completedFrameworks.push(known);
  // A removed framework is never taken back: its scheduler subscribes as a new one.
  scheduler.id = null;
  for (const process of cluster.processes) if (process.running) shutDownFramework(cluster, process, id);
}
