import fc from 'fast-check';
import type { FaultKind } from '../../playground/mesos/faults.ts';
import type { Acks, ClusterSpec } from '../../playground/mesos/spec.ts';
import { task } from '../../playground/scenarios/small-cluster.ts';
import type { FaultKind as SlackFaultKind } from '../../playground/slack/rules/faults.ts';
import { outsideGrace } from './observer.ts';
import { byCurl } from './tell.ts';
import type { World } from './world.ts';

const hosts = ['agent1.example', 'agent2.example', 'agent3.example'] as const;
const frameworks = ['marathon', 'chronos'] as const;
const tasks = hosts.flatMap((_, i) => [0, 1, 2].map((n) => `task.${i + 1}.${n}`));

/** Three agents in three racks, with work that takes from seconds to minutes to stop; an empty one beside them. */
export const chaosCluster: ClusterSpec = {
  masters: 2,
  agents: [...hosts, 'agent4.example'].map((hostname, i) => ({ hostname, attributes: { rack: `r${i}` } })),
  frameworks: frameworks.map((name) => ({ name, failoverTimeoutSeconds: 604_800 })),
  tasks: tasks.map((name, i) => {
    const agent = `agent${Math.floor(i / 3) + 1}`;
    return task(name, frameworks[i % 2] ?? 'marathon', agent, [3_000, 25_000, 80_000][i % 3] ?? 0, 120);
  }),
};

/** One thing that happens; plain data, so that a script can be printed and played again. */
export type ChaosEvent =
  | { do: 'drain' | 'close' | 'status'; n: number }
  | { do: 'finish'; task: string }
  | { do: 'acks'; framework: string; acks: Acks }
  | { do: 'connect' | 'disconnect'; framework: string }
  | { do: 'kill' | 'return' | 'unregister' | 'reboot'; host: string }
  | { do: 'failover' | 'lose ZooKeeper' | 'restore ZooKeeper' }
  | { do: 'start master'; index: number }
  | {
      do: 'master fault';
      index: number;
      match: { call?: string; path?: string };
      fault: FaultKind;
      times: number;
    }
  | { do: 'agent fault'; host: string; fault: FaultKind; times: number }
  | { do: 'curl'; what: 'drain' | 'drain and mark gone' | 'reactivate' | 'gone'; host: string }
  | { do: 'slack fault'; method: string; fault: SlackFaultKind; times: number }
  | { do: 'cut slack'; how: 'refresh_requested' | 'cut' }
  | { do: 'leap'; ms: number }
  /** In the middle of what the bot does when that many requests more have reached a master. */
  | { do: 'ambush'; requests: number; event: ChaosEvent };

/** A life of the bot ends at this boundary (test/support/crash.ts), and the next one begins after so many seconds. */
export interface Life {
  at: number;
  when: 'before' | 'after';
  downSeconds: number;
}

/** What happens to one world. */
export interface Script {
  lives: Life[];
  events: { afterMs: number; event: ChaosEvent }[];
}

const one = <const T>(...values: readonly T[]) => fc.constantFrom(...values);
const host = one(...hosts, 'agent4.example');
const times = fc.integer({ min: 1, max: 5 });

const suddenly = fc.oneof(
  fc.record({ do: one('kill', 'return', 'reboot', 'unregister'), host }),
  fc.record({ do: one('failover', 'lose ZooKeeper') }),
  fc.record({ do: one('connect', 'disconnect'), framework: one(...frameworks) }),
);

const event: fc.Arbitrary<ChaosEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: one('drain'), n: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: one('close', 'status'), n: fc.integer({ min: 1, max: 4 }) }) },
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
  { weight: 2, arbitrary: fc.record({ do: one('kill', 'return', 'return'), host }) },
  { weight: 1, arbitrary: fc.record({ do: one('unregister', 'reboot'), host }) },
  { weight: 2, arbitrary: fc.record({ do: one('failover', 'lose ZooKeeper', 'restore ZooKeeper') }) },
  { weight: 1, arbitrary: fc.record({ do: one('start master'), index: one(0, 1) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one('master fault'),
      index: one(0, 1),
      match: one(
        {},
        { call: 'DRAIN_AGENT' },
        { call: 'DRAIN_AGENT' },
        { call: 'GET_MASTER' },
        { path: '/slaves' },
        { path: '/registrar(1)/registry' },
      ),
      fault: one<FaultKind>('refuse', 'hang', 'drop-after-apply', '503', '500', 'garbage', 'html-502'),
      times,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: one('agent fault'),
      host,
      fault: one<FaultKind>('refuse', 'hang', '503', '500', 'garbage', 'html-502'),
      times,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: one('curl'),
      what: one('drain', 'drain and mark gone', 'reactivate', 'reactivate', 'gone'),
      host,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one('slack fault'),
      method: one(
        'chat.postMessage',
        'chat.postMessage',
        'chat.update',
        'conversations.history',
        'conversations.replies',
        'chat.getPermalink',
        'users.info',
        'apps.connections.open',
        'response_url',
      ),
      // Not `hang`: its deadline of ten seconds is one of the wall's clock.
      fault: one<SlackFaultKind>('429', '500', 'drop-after-apply', 'drop-after-apply', 'html'),
      times,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: one('cut slack'), how: one('refresh_requested', 'cut') }) },
  { weight: 2, arbitrary: fc.record({ do: one('leap'), ms: one(500, 5_000, 20_000, 60_000) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: one('ambush'), requests: fc.integer({ min: 1, max: 12 }), event: suddenly }),
  },
);

/** Any script: a drain first, then whatever comes, over some minutes. */
export const script: fc.Arbitrary<Script> = fc.record({
  lives: fc.array(
    fc.record({
      at: fc.integer({ min: 3, max: 60 }),
      when: one('before', 'after'),
      downSeconds: one(1, 10, 40, 90),
    }),
    { maxLength: 3 },
  ),
  events: fc
    .array(fc.record({ afterMs: one(0, 500, 2_000, 6_000, 15_000, 30_000), event }), {
      minLength: 15,
      maxLength: 35,
    })
    .map((events) => [{ afterMs: 0, event: { do: 'drain' as const, n: 0 } }, ...events]),
});

/** Makes it happen. What can't happen to something in its present state does not. `drains` counts the drains that
 * were typed: each has a grace of its own. */
export async function happen(
  world: World,
  what: Exclude<ChaosEvent, { do: 'ambush' | 'leap' }>,
  drains: { typed: number },
): Promise<void> {
  const { model } = world.cluster;
  switch (what.do) {
    case 'drain': {
      const grace = 600 + drains.typed++;
      const on = `agent${what.n + 1}`;
      return type(`/mesos drain ${on} --max-grace-period ${grace}s --reason "the grace is ${grace}"`);
    }
    case 'close':
      return type(`/mesos close d${what.n} --reason "not needed any more"`);
    case 'status':
      return type(`/mesos status d${what.n}`);
    case 'master fault': {
      const { match, fault, times: often } = what;
      return model.masterFaults(what.index).add({ match, fault, times: often });
    }
    case 'agent fault':
      return model.agentFaults(what.host).add({ match: {}, fault: what.fault, times: what.times });
    case 'curl':
      return curl(world, what.what, what.host);
    case 'slack fault': {
      const { method, fault, times: often } = what;
      return world.slack.model.faults.add({ method, fault, times: often, retryAfter: 5 });
    }
    case 'cut slack':
      return world.slack.disconnect(what.how);
    default:
      return strike(world, what);
  }

  function type(line: string): void {
    // Slack may be unable to deliver it; then nothing happens, as for a person.
    world.slack.type('mara', 'mesos-ops', line).catch(() => {});
  }
}

/** The same for what can also happen in the middle of a look, without waiting. */
export function strike(world: World, what: ChaosEvent): void {
  const { model } = world.cluster;
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
    default:
      throw new Error(`${what.do} can't strike`);
  }
}

const named = (name: string) => (running: { task: { spec: { name: string } } }) =>
  running.task.spec.name === name;

async function curl(world: World, what: string, hostname: string): Promise<void> {
  const id = world.cluster.model.cluster.processes.find((each) => each.host.spec.hostname === hostname)?.id;
  if (id === null || id === undefined) return;
  const agent_id = { value: id };
  const drain = { agent_id, max_grace_period: { seconds: outsideGrace } };
  const calls: Record<string, object> = {
    drain: { type: 'DRAIN_AGENT', drain_agent: drain },
    'drain and mark gone': { type: 'DRAIN_AGENT', drain_agent: { ...drain, mark_gone: true } },
    reactivate: { type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id } },
    gone: { type: 'MARK_AGENT_GONE', mark_agent_gone: { agent_id } },
  };
  // A person whose call meets a fault gets an error, and leaves it at that.
  await byCurl(world, calls[what] ?? {}, 300).catch(() => {});
}

/** Everything works again: whoever is away comes back, nobody is silent any more. */
export function heal(world: World): void {
  const { model } = world.cluster;
  const { cluster } = model;
  for (const index of [0, 1]) model.masterFaults(index).clear();
  for (const { host: on } of cluster.processes) model.agentFaults(on.spec.hostname).clear();
  for (const method of slackMethods) while (world.slack.model.faults.take(method) !== null);
  model.restoreZooKeeper();
  for (const index of [0, 1]) model.startMaster(index);
  for (const framework of frameworks) {
    strike(world, { do: 'connect', framework });
    model.setAcks(framework, 'prompt');
  }
  for (const { host: on, running } of cluster.processes) if (!running) model.returnAgent(on.spec.hostname);
}

/** Those that a script disturbs. */
const slackMethods = [
  'chat.postMessage',
  'chat.update',
  'conversations.history',
  'conversations.replies',
  'chat.getPermalink',
  'users.info',
  'apps.connections.open',
  'response_url',
];
