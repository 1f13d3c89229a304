import type { ClusterModel } from '../../playground/mesos/model.ts';
import type { ClusterSpec, TaskSpec } from '../../playground/mesos/spec.ts';
import { isTerminal } from '../../playground/mesos/state.ts';

/** So many agents of the pool `batch`, in ten racks or more, each with an instance of an app that has four in as many racks and stops some seconds
 * after SIGTERM; beside them a few large ones, of the pool `spare`, that have room for all of it. */
export function fleetOf(agents: number, racks = Math.max(10, Math.ceil(agents / 10))): ClusterSpec {
  const hosts = Array.from({ length: agents }, (_, n) => `agent${n + 1}.example`);
  return {
    masters: 2,
    agents: [
      ...hosts.map((hostname, n) => ({
        hostname,
        attributes: { rack: `r${(n % racks) + 1}`, pool: 'batch' },
        resources: { cpus: 4, mem: 4_096, disk: 4_096 },
      })),
      ...[1, 2, 3, 4].map((n) => ({
        hostname: `spare${n}.example`,
        attributes: { rack: `s${n}`, pool: 'spare' },
        resources: { cpus: agents, mem: agents * 1_024, disk: agents * 1_024 },
      })),
    ],
    frameworks: [{ name: 'marathon', failoverTimeoutSeconds: 604_800 }],
    tasks: hosts.map(
      (agent, n): TaskSpec => ({
        name: `app-${n >> 2}.${n % 4}`,
        shownAs: `app-${n >> 2}`,
        framework: 'marathon',
        agent,
        resources: { cpus: 1, mem: 512 },
        killPolicySeconds: 30,
        exitsAfterSigtermMs: 2_000 + (n % 5) * 1_000,
      }),
    ),
  };
}

/** Does what marathon does: starts again elsewhere what ran and runs no more. To be called whenever time has passed. */
export function marathonOn(model: ClusterModel, tasks: readonly TaskSpec[]): () => void {
  const { cluster } = model;
  let restarts = 0;
  return () => {
    const { leader } = cluster;
    if (leader === null || !leader.recovered) return;
    const alive = new Set(
      cluster.processes.flatMap((process) =>
        [...process.tasks.values()]
          .filter(({ task: { state } }) => !isTerminal(state))
          .map(({ task: { spec } }) => spec.name.replace(/ again .*$/, '')),
      ),
    );
    const lost = tasks.filter(({ name }) => !alive.has(name));
    if (lost.length === 0) return;
    const takers = [...leader.agents.values()]
      .filter(({ id, connected }) => connected && !leader.deactivated.has(id))
      .toSorted((a, b) => a.tasks.size - b.tasks.size);
    for (const [n, task] of lost.entries()) {
      const to = takers[n % takers.length];
      if (to === undefined) return;
      model.launchTask({ ...task, name: `${task.name} again ${++restarts}`, agent: to.host.spec.hostname });
    }
  };
}
