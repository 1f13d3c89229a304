import fc from 'fast-check';
import type { ClusterModel } from '../../playground/mesos/model.ts';
import type { Acks, ClusterSpec } from '../../playground/mesos/spec.ts';
import { task } from '../../playground/scenarios/small-cluster.ts';

/** One of so many. */
export const one = <const T>(...values: readonly T[]) => fc.constantFrom(...values);

export const hosts = ['agent1.example', 'agent2.example', 'agent3.example'] as const;
export const frameworks = ['marathon', 'chronos'] as const;
export const tasks = hosts.flatMap((_, i) => [0, 1, 2].map((n) => `task.${i + 1}.${n}`));

/** Three agents in three racks, with work that takes from seconds to minutes to stop; an empty one beside them. */
export const chaosCluster: ClusterSpec = {
  masters: 2,
  agents: [...hosts, 'agent4.example'].map((hostname, i) => ({ hostname, attributes: { rack: `r${i}` } })),
  frameworks: frameworks.map((name) => ({ name, failoverTimeoutSeconds: 604_800 })),
  tasks: tasks.map((name, i) => {
    const agent = `agent${Math.floor(i / 3) + 1}`;
    const ends = task(name, frameworks[i % 2] ?? 'marathon', agent, [3_000, 25_000, 80_000][i % 3] ?? 0, 120);
    // One whose executor stays on for a while, after the master's last word on it.
    return i % 3 === 2 ? { ...ends, executorLingersMs: 40_000 } : ends;
  }),
};

/** What happens to machines, frameworks and masters; plain data. */
export type ClusterEvent =
  | { do: 'finish'; task: string }
  | { do: 'acks'; framework: string; acks: Acks }
  | { do: 'connect' | 'disconnect'; framework: string }
  | { do: 'kill' | 'return' | 'unregister' | 'reboot'; host: string }
  | { do: 'failover' | 'lose ZooKeeper' | 'restore ZooKeeper' }
  | { do: 'start master'; index: number };

export const anyHost = one(...hosts, 'agent4.example');

/** What may happen in the middle of a look. */
export const suddenly: fc.Arbitrary<ClusterEvent> = fc.oneof(
  fc.record({ do: one('kill', 'return', 'reboot', 'unregister'), host: anyHost }),
  fc.record({ do: one('failover', 'lose ZooKeeper') }),
  fc.record({ do: one('connect', 'disconnect'), framework: one(...frameworks) }),
);

/** Of all that may happen, the more likely the sooner it is over. */
export const clusterEvent: fc.Arbitrary<ClusterEvent> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: one('finish'), task: one(...tasks) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: one('acks'),
      framework: one(...frameworks),
      acks: one<Acks>('never', 'never', 'prompt', { slowMs: 7_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: one('connect', 'disconnect'), framework: one(...frameworks) }) },
  { weight: 2, arbitrary: fc.record({ do: one('kill', 'return', 'return'), host: anyHost }) },
  { weight: 1, arbitrary: fc.record({ do: one('unregister', 'reboot'), host: anyHost }) },
  { weight: 2, arbitrary: fc.record({ do: one('failover', 'lose ZooKeeper', 'restore ZooKeeper') }) },
  { weight: 1, arbitrary: fc.record({ do: one('start master'), index: one(0, 1) }) },
);

/** Makes it happen, at once. What can't happen to something in its present state does not. */
export function strike(model: ClusterModel, what: ClusterEvent): void {
  const { cluster } = model;
  const on = (hostname: string) => {
    const found = cluster.processes.find(({ host: { spec } }) => spec.hostname === hostname);
    if (found === undefined) throw new Error(`no ${hostname}`);
    return found;
  };
  switch (what.do) {
    case 'finish':
      if (cluster.processes.some(({ tasks: all }) => [...all.values()].some(named(what.task))))
        model.finishTask(what.task);
      return;
    case 'acks':
      model.setAcks(what.framework, what.acks);
      return;
    case 'connect':
    case 'disconnect': {
      const connected = cluster.schedulers.some(
        ({ spec, connected: is }) => is && spec.name === what.framework,
      );
      if (connected === (what.do === 'connect')) return;
      if (connected) model.disconnectFramework(what.framework);
      else model.connectFramework(what.framework);
      return;
    }
    case 'kill':
      if (on(what.host).running) model.killAgentProcess(what.host);
      return;
    case 'return':
      if (!on(what.host).running) model.returnAgent(what.host);
      return;
    case 'unregister':
      if (on(what.host).running && cluster.leader?.agents.has(on(what.host).id ?? ''))
        model.unregisterAgent(what.host);
      return;
    case 'reboot':
      if (on(what.host).id !== null) model.rebootWithNewId(what.host);
      return;
    case 'failover':
      model.failover();
      return;
    case 'lose ZooKeeper':
      model.loseZooKeeper();
      return;
    case 'restore ZooKeeper':
      model.restoreZooKeeper();
      return;
    case 'start master':
      model.startMaster(what.index);
      return;
  }
}

const named = (name: string) => (running: { task: { spec: { name: string } } }) =>
  running.task.spec.name === name;

/** Everything works again: whoever is away comes back, nobody is silent any more. */
export function healCluster(model: ClusterModel): void {
  const { cluster } = model;
  for (const index of [0, 1]) model.masterFaults(index).clear();
  for (const { host: on } of cluster.processes) model.agentFaults(on.spec.hostname).clear();
  model.restoreZooKeeper();
  for (const index of [0, 1]) model.startMaster(index);
  for (const framework of frameworks) {
    strike(model, { do: 'connect', framework });
    model.setAcks(framework, 'prompt');
  }
  for (const { host: on, running } of cluster.processes) if (!running) model.returnAgent(on.spec.hostname);
}
