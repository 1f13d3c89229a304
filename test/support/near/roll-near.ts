import fc from 'fast-check';
import type { FaultKind } from '../../../playground/mesos/faults.ts';
import { type FleetRules, observeFleet } from '../../../playground/mesos/observer.ts';
import type { ClusterSpec } from '../../../playground/mesos/spec.ts';
import type { Life } from '../chaos.ts';
import { one } from '../cluster-events.ts';
import { type Crash, crash } from '../crash.ts';
import { marathonOn } from '../fleet.ts';
import { onlyCluster } from '../only-cluster.ts';
import { nearWorld } from './near-world.ts';

/** One thing that happens to a fleet while it is rolled; `n` counts its agents from 0, whatever their number. */
export type FleetEvent =
  | { do: 'kill' | 'return'; n: number }
  | { do: 'failover' | 'pause' | 'resume' | 'cancel' }
  | { do: 'lose ZooKeeper'; forMs: number }
  | { do: 'silent' | 'prompt' }
  | { do: 'fault'; call: string; fault: FaultKind; times: number }
  /** Somebody else's drain, past the bot. */
  | { do: 'curl'; n: number };

/** A fleet, how it is rolled, and what happens meanwhile; plain data. */
export interface RollingScript {
  agents: number;
  racks: number;
  /** Agents that run an instance of the same app. */
  instances: number;
  parallel: number;
  perRack: number;
  afterwards: 'wait' | 'reactivate';
  /** CPUs of each of the two agents that are not rolled; every task takes one. */
  spare: number;
  lives: Life[];
  events: { afterMs: number; event: FleetEvent }[];
}

const n = fc.nat(20);
const event: fc.Arbitrary<FleetEvent> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: one('kill', 'return'), n }) },
  { weight: 4, arbitrary: fc.record({ do: one('pause', 'resume', 'resume', 'failover') }) },
  { weight: 1, arbitrary: fc.record({ do: one('cancel') }) },
  { weight: 1, arbitrary: fc.record({ do: one('lose ZooKeeper'), forMs: one(5_000, 60_000) }) },
  { weight: 2, arbitrary: fc.record({ do: one('silent', 'prompt') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: one('fault'),
      call: one('DEACTIVATE_AGENT', 'DRAIN_AGENT', 'REACTIVATE_AGENT', 'GET_AGENTS', 'GET_MASTER'),
      fault: one<FaultKind>('refuse', 'hang', 'drop-after-apply', '503', '500'),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
);

/** Any fleet and anything that may happen to it, but nobody who drains past the bot. */
export const rollingScript: fc.Arbitrary<RollingScript> = fc.record({
  agents: fc.integer({ min: 3, max: 12 }),
  racks: fc.integer({ min: 1, max: 5 }),
  instances: fc.integer({ min: 1, max: 4 }),
  parallel: fc.integer({ min: 1, max: 4 }),
  perRack: fc.integer({ min: 1, max: 2 }),
  afterwards: one('wait', 'reactivate'),
  // Room for a few, or for all.
  spare: one(2, 16),
  lives: fc.array(
    fc.record({
      at: fc.integer({ min: 10, max: 120 }),
      when: one('before', 'after'),
      downSeconds: one(1, 20, 120),
    }),
    { maxLength: 3 },
  ),
  events: fc.array(fc.record({ afterMs: one(0, 1_000, 7_000, 20_000, 60_000), event }), { maxLength: 15 }),
});

function fleet({ agents, racks, instances, spare }: RollingScript): ClusterSpec {
  const hosts = Array.from({ length: agents }, (_, i) => `agent${i + 1}.example`);
  const resources = { cpus: 4, mem: 4_096, disk: 4_096 };
  return {
    masters: 2,
    agents: [
      ...hosts.map((hostname, i) => ({
        hostname,
        resources,
        attributes: { rack: `r${i % racks}`, pool: 'batch' },
      })),
      ...['spare1.example', 'spare2.example'].map((hostname) => ({
        hostname,
        resources: { cpus: spare, mem: spare * 1_024, disk: spare * 1_024 },
        attributes: { rack: hostname, pool: 'spare' },
      })),
    ],
    frameworks: [{ name: 'marathon', failoverTimeoutSeconds: 604_800 }],
    tasks: hosts.map((agent, i) => ({
      name: `app-${Math.floor(i / instances)}.${i % instances}`,
      shownAs: `app-${Math.floor(i / instances)}`,
      framework: 'marathon',
      agent,
      resources: { cpus: 1, mem: 512 },
      killPolicySeconds: 60,
      exitsAfterSigtermMs: 1_000 + ((i * 7) % 5) * 9_000,
    })),
  };
}

/** What halts is resumed so often, and then cancelled: what has no room waits for ever. */
const attempts = 8;

/** Rolls a fleet through a script and lets everything be healed; answers with what must not have been, in the eyes of
 * the observer inside the simulated cluster. */
export async function rollNear(
  script: RollingScript,
  trace: (line: string) => void = () => {},
): Promise<string[]> {
  const spec = fleet(script);
  const limits = { DRAINS_AT_ONCE: String(script.parallel), DRAINS_PER_RACK: String(script.perRack) };
  const world = nearWorld({
    cluster: spec,
    env: {
      ...limits,
      ...{
        BRAKE_PERCENT: '100',
        POLL_SECONDS: '10',
        SWEEP_SECONDS: '300',
        CARD_EDIT_SECONDS: '600',
        HOLD_SECONDS: '5',
      },
    },
    watchers: {
      onCommit: ({ event, outcome, agent }) => {
        trace(`${world.now()} ${event} ${outcome ?? ''} ${agent?.hostname ?? ''}`);
        if (event === 'plan.wave-begun') inWave = true;
        if (event === 'plan.wave-ended') inWave = false;
        // What is of a wave that has begun goes on.
        if (event === 'plan.halted' && !inWave) observer.forbid(`the plan halts (${outcome})`);
        if (event === 'plan.resumed') observer.forbid(null);
      },
    },
  });
  const { model } = world.cluster;
  const hosts = spec.agents
    .filter(({ attributes }) => attributes?.['pool'] === 'batch')
    .map(({ hostname }) => hostname);
  const rules: FleetRules = {
    atOnce: script.parallel,
    per: [{ attribute: 'rack', allowed: script.perRack }],
    set: hosts,
  };
  const observer = observeFleet(model.cluster, rules);
  const restart = marathonOn(model, spec.tasks ?? []);
  const lives = [...script.lives];
  const said = (part: string) => world.slack.messages.some(({ text }) => text.includes(part));
  let inWave = false;
  let death: Crash | null = null;
  let deadUntil: number | null = null;
  let downMs = 0;
  world.slack.onPosted(({ text }) =>
    trace(`${world.now()} SAID ${text.slice(0, 300).replaceAll('\n', ' / ')}`),
  );

  await begin();
  type(`drain pool=batch --parallel ${script.parallel} --then ${script.afterwards} --reason "kernel"`);
  await pass(2_000);
  type('confirm p1');
  await pass(2_000);
  approve();
  await pass(10_000);
  for (const { afterMs, event: what } of script.events) {
    await pass(afterMs);
    trace(`${world.now()} ${JSON.stringify(what)}`);
    happen(what);
    await settle();
  }
  heal();
  lives.length = 0;
  const ended = () =>
    said('Plan p1 has ended') ||
    world.database.reads.unendedPlans(onlyCluster(world.config).name).length === 0;
  for (let attempt = 0; attempt < 2 * attempts && !ended(); attempt++) {
    approve();
    type(attempt < attempts ? 'resume p1' : 'cancel p1');
    await pass(600_000);
  }
  return [...observer.objections, ...(ended() ? [] : ['the plan does not end'])];

  function type(text: string): void {
    world.slack.type('mara', text);
  }
  function approve(): void {
    const prompt = world.slack.prompt();
    if (prompt !== null) world.slack.react('dev', prompt, 'white_check_mark');
  }
  function heal(): void {
    for (const index of [0, 1]) model.masterFaults(index).clear();
    model.restoreZooKeeper();
    for (const index of [0, 1]) model.startMaster(index);
    model.setAcks('marathon', 'prompt');
    for (const { host, running } of model.cluster.processes)
      if (!running) model.returnAgent(host.spec.hostname);
  }
  function happen(what: FleetEvent): void {
    switch (what.do) {
      case 'kill':
      case 'return': {
        const hostname = hosts[what.n % hosts.length] ?? '';
        const process = model.cluster.processes.find(({ host }) => host.spec.hostname === hostname);
        if (process?.running !== (what.do === 'kill')) return;
        if (what.do === 'kill') model.killAgentProcess(hostname);
        else model.returnAgent(hostname);
        return;
      }
      case 'failover':
        model.failover();
        return;
      case 'pause':
      case 'resume':
      case 'cancel':
        type(`${what.do} p1`);
        return;
      case 'lose ZooKeeper':
        model.loseZooKeeper();
        world.clock.after(what.forMs, () => model.restoreZooKeeper());
        return;
      case 'silent':
      case 'prompt':
        model.setAcks('marathon', what.do === 'silent' ? 'never' : 'prompt');
        return;
      case 'fault':
        for (const index of [0, 1])
          model.masterFaults(index).add({ match: { call: what.call }, fault: what.fault, times: what.times });
        return;
      case 'curl': {
        const agent_id = { value: model.agentId(hosts[what.n % hosts.length] ?? '') };
        world.cluster.byOthers(
          JSON.stringify({
            type: 'DRAIN_AGENT',
            drain_agent: { agent_id, max_grace_period: { seconds: 5_000 } },
          }),
        );
        return;
      }
    }
  }
  async function begin(): Promise<void> {
    const life = lives.shift();
    death = crash({ at: life?.at ?? Number.POSITIVE_INFINITY, when: life?.when ?? 'before' });
    downMs = (life?.downSeconds ?? 0) * 1_000;
    deadUntil = null;
    const starting = world.start(death.around);
    starting.catch(() => {});
    await Promise.race([starting, death.died]);
  }
  async function settle(): Promise<void> {
    await world.settle();
    restart();
    if (death?.crashed() !== true) return;
    if (deadUntil === null) trace(`${world.now()} DIES`);
    deadUntil ??= world.clock.now() + downMs;
    if (world.clock.now() < deadUntil) return;
    await death.bury();
    await begin();
    await settle();
  }
  async function pass(ms: number): Promise<void> {
    await settle();
    for (const end = world.clock.now() + ms; world.clock.now() < end; ) {
      const next = Math.max(world.clock.now(), world.clock.nextDue() ?? end);
      world.clock.advance(Math.min(next, deadUntil ?? end, end) - world.clock.now());
      await settle();
    }
  }
}
