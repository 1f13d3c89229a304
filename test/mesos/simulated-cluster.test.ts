import { afterEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../../playground/clock.ts';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { type SimulatedCluster, startCluster } from '../../playground/mesos/start.ts';
import type { Calls, Master } from '../../src/app/ports.ts';
import { sameGrace } from '../../src/domain/agent.ts';
import type { Call } from '../../src/domain/call.ts';
import { agentId, type Seconds, seconds } from '../../src/domain/ids.ts';
import type { Window } from '../../src/domain/maintenance/window.ts';
import type { MesosOptions } from '../../src/mesos/options.ts';
import { connected } from './support/connected.ts';

/** The adapter against the playground's cluster, which is itself held to the recordings. */

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const spec: ClusterSpec = {
  masters: 2,
  agents: [
    {
      hostname: 'agent1.example',
      attributes: { rack: 'r1' },
      reservations: [{ role: 'ops', principal: 'op', cpus: 1 }],
      volumes: [{ id: 'vol-1', role: 'db', principal: 'db-fw', containerPath: 'data', size: 512 }],
    },
    { hostname: 'agent2.example' },
  ],
  frameworks: [{ name: 'marathon' }],
  tasks: [{ name: 'web', framework: 'marathon', agent: 'agent1.example', killPolicySeconds: 30 }],
};

interface Rig {
  cluster: SimulatedCluster;
  master: Master;
  calls: Calls;
  /** Lets `ms` pass for the cluster. */
  pass(ms: number): Promise<void>;
}

async function rig(changes: Partial<ClusterSpec> = {}, options: Partial<MesosOptions> = {}): Promise<Rig> {
  const clock = manualClock();
  const cluster = await startCluster({ clock, spec: { ...spec, ...changes } });
  const { master, calls, close } = connected(
    cluster.masterUrls.map((url) => new URL(url)),
    options,
  );
  open.push(
    () => close(),
    () => cluster.stop(),
  );
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 100) {
      clock.advance(Math.min(100, left));
      await cluster.idle();
    }
  };
  return { cluster, master, calls, pass };
}

function drainOf(id: string, maxGrace: Seconds | null) {
  return { type: 'DRAIN_AGENT', agentId: agentId(id), maxGrace, markGone: false } as const;
}

describe('a drain of the simulated cluster', () => {
  it('is seen from the call to DRAINED, by the master and by the agent', async () => {
    const { cluster, master, calls, pass } = await rig();
    const id = agentId(cluster.model.agentId('agent1.example'));
    const before = await master.lookAt(id);
    expect(before).toMatchObject({
      kind: 'registered',
      agent: { hostname: 'agent1.example', attributes: { rack: 'r1' }, canDrain: true, drain: null },
    });
    if (before.kind !== 'registered') throw new Error('not registered');
    expect(before.agent.held).toEqual(
      expect.arrayContaining([
        { kind: 'volume', id: 'vol-1', role: 'db', sizeMb: 512 },
        { kind: 'reservation', role: 'ops', resource: 'cpus', amount: 1 },
      ]),
    );
    expect(await master.askAgent(id, before.agent.address)).toMatchObject({ kind: 'asked', launched: 1 });
    expect(await master.tasksOf(id)).toEqual([
      expect.objectContaining({ name: 'web', killPolicySeconds: 30 }),
    ]);
    const [task] = await master.tasksOf(id);
    if (task === undefined) throw new Error('no task');
    expect(task).toMatchObject({ executor: 'command', resources: { cpus: 0.5, mem: 64 } });
    expect(await master.tasksOfFramework(task.framework, { offset: 0, limit: 10 })).toEqual([
      { taskId: 'web', name: 'web', agentId: id, running: true },
    ]);
    expect(await master.frameworks()).toEqual([
      expect.objectContaining({ name: 'marathon', connected: true }),
    ]);

    expect(await calls.submit(drainOf(id, seconds(5)))).toMatchObject({ kind: 'accepted', httpStatus: 200 });
    const during = await master.lookAt(id);
    expect(during).toMatchObject({
      agent: { deactivated: true, drain: { state: 'DRAINING', markGone: false } },
    });
    if (during.kind === 'registered') expect(sameGrace(during.agent.drain?.maxGraceNs ?? null, 5)).toBe(true);
    await pass(1000);
    expect(await master.askAgent(id, before.agent.address)).toMatchObject({ draining: true });

    await pass(10_000);
    expect(await master.lookAt(id)).toMatchObject({ agent: { drain: { state: 'DRAINED' } } });
    expect(await master.askAgent(id, before.agent.address)).toMatchObject({
      kind: 'asked',
      launched: 0,
      executors: [],
      operations: [],
      draining: false,
    });
  });

  it('without a grace shows none', async () => {
    const { cluster, master, calls } = await rig();
    const id = agentId(cluster.model.agentId('agent1.example'));
    await calls.submit(drainOf(id, null));
    expect(await master.lookAt(id)).toMatchObject({ agent: { drain: { maxGraceNs: null } } });
  });

  it('that was applied while its answer was dropped is unknown, and was sent once', async () => {
    const { cluster, master, calls } = await rig();
    const id = agentId(cluster.model.agentId('agent2.example'));
    cluster.model.masterFaults(0).add({ match: { call: 'DRAIN_AGENT' }, fault: 'drop-after-apply' });
    expect(await calls.submit(drainOf(id, seconds(5)))).toMatchObject({ kind: 'unknown', httpStatus: null });
    expect(cluster.model.applied).toHaveLength(1);
    expect(await master.lookAt(id)).toMatchObject({ kind: 'registered', agent: { deactivated: true } });
  });

  it.each([['hang'], ['garbage'], ['500'], ['503'], ['html-502']] as const)(
    'that meets the fault %s is unknown and goes to no other master',
    async (fault) => {
      const { cluster, calls } = await rig({}, { callDeadlineMs: 300 });
      const id = agentId(cluster.model.agentId('agent2.example'));
      cluster.model.masterFaults(0).add({ match: { call: 'DRAIN_AGENT' }, fault });
      expect(await calls.submit(drainOf(id, seconds(5)))).toMatchObject({ kind: 'unknown' });
      expect(cluster.model.applied).toHaveLength(0);
    },
  );

  it('of a scheduled machine is rejected in the words of the master', async () => {
    const { cluster, master, calls } = await rig();
    const id = agentId(cluster.model.agentId('agent2.example'));
    cluster.model.scheduleMachine('agent2.example');
    expect(await master.scheduled({ hostname: 'agent2.example', ip: '127.0.0.1' })).toBe(
      'agent2.example (127.0.0.1)',
    );
    expect(await calls.submit(drainOf(id, seconds(5)))).toMatchObject({
      kind: 'rejected',
      httpStatus: 400,
      body: expect.stringContaining('is part of a maintenance schedule'),
    });
  });
});

describe('a call on machines', () => {
  const machine = { hostname: 'agent2.example', ip: '127.0.0.1' };
  const windows: Window[] = [
    {
      machines: [
        { hostname: 'Half.example', ip: null },
        { hostname: null, ip: '10.0.0.9' },
      ],
      startNs: 0n,
      durationNs: null,
    },
    { machines: [machine], startNs: 2n ** 63n - 1n, durationNs: 3_600_000_000_001n },
    { machines: [{ hostname: '', ip: '10.0.0.8' }], startNs: -1n, durationNs: 0n },
  ];
  const update: Call = { type: 'UPDATE_MAINTENANCE_SCHEDULE', windows };
  const start: Call = { type: 'START_MAINTENANCE', machines: [machine] };
  const stop: Call = { type: 'STOP_MAINTENANCE', machines: [machine] };

  it('writes a schedule that is read back as it was written, and as often as it is written back', async () => {
    const { master, calls } = await rig();
    for (const _ of [1, 2]) {
      expect(await calls.submit(update)).toMatchObject({ kind: 'accepted', httpStatus: 200 });
      const seen = await master.maintenance();
      expect(seen.windows).toEqual(windows);
      expect(seen.draining.map((each) => each.machine)).toEqual(windows.flatMap(({ machines }) => machines));
    }
  });

  it('takes a machine down and brings it up, and is refused in the words of the master', async () => {
    const { master, calls } = await rig();
    const notDraining = { kind: 'rejected', body: expect.stringContaining('is not in DRAINING mode') };
    expect(await calls.submit(start)).toMatchObject(notDraining);
    await calls.submit(update);
    expect(await calls.submit(start)).toMatchObject({ kind: 'accepted', httpStatus: 200 });
    expect((await master.maintenance()).down).toEqual([machine]);
    expect(await calls.submit({ ...update, windows: [] })).toMatchObject({
      kind: 'rejected',
      httpStatus: 400,
      body: expect.stringContaining('is deactivated and cannot be removed from the schedule'),
    });
    expect(await calls.submit(stop)).toMatchObject({ kind: 'accepted' });
    expect(await calls.submit(stop)).toMatchObject({ body: expect.stringContaining('is not in DOWN mode') });
  });

  it('is rejected for a bot that may not', async () => {
    const { calls } = await rig({ acls: { update_maintenance_schedules: [] } });
    expect(await calls.submit(update)).toMatchObject({ kind: 'rejected', httpStatus: 403 });
  });

  it('is of unknown fate where its answer is lost, and goes to no other master', async () => {
    const { cluster, calls } = await rig();
    cluster.model
      .masterFaults(0)
      .add({ match: { call: 'UPDATE_MAINTENANCE_SCHEDULE' }, fault: 'drop-after-apply' });
    expect(await calls.submit(update)).toMatchObject({ kind: 'unknown' });
    expect(cluster.model.applied).toHaveLength(1);
  });
});

describe('the simulated masters', () => {
  it('are followed through a failover; nothing is called absent on the way', async () => {
    const { cluster, master, pass } = await rig();
    const id = agentId(cluster.model.agentId('agent1.example'));
    const first = await master.leader();
    cluster.model.failover();
    const kinds = new Set<string>();
    for (let at = 0; at < 20_000; at += 500) {
      await pass(500);
      kinds.add((await master.lookAt(id)).kind);
    }
    expect(kinds).toEqual(new Set(['not-read', 'recovered', 'registered']));
    const second = await master.leader();
    expect(second.id).not.toBe(first.id);
    expect(second.url).not.toBe(first.url);
  }, 30_000);

  it('take calls through a standby', async () => {
    const { cluster, calls } = await rig();
    const reversed = connected([...cluster.masterUrls].reverse().map((url) => new URL(url)));
    open.push(() => reversed.close());
    const id = cluster.model.agentId('agent2.example');
    expect(await reversed.calls.submit(drainOf(id, seconds(5)))).toMatchObject({ kind: 'accepted' });
    expect(await calls.submit(drainOf('nobody', seconds(5)))).toMatchObject({
      kind: 'rejected',
      httpStatus: 400,
      body: 'Unknown agent',
    });
  });

  it('want the right credentials', async () => {
    const credentials = [{ principal: 'bot', secret: 's3cret' }];
    const wrong = await rig({ credentials });
    expect(await wrong.master.lookAt(agentId('x'))).toMatchObject({
      kind: 'not-read',
      why: expect.stringContaining('401'),
    });
    const right = await rig(
      { credentials },
      { auth: { kind: 'basic', username: 'bot', password: 's3cret' } },
    );
    expect((await right.master.sweep()).registered).toHaveLength(2);
  });
});

describe('an agent of the simulated cluster', () => {
  it('that stops answering becomes unreachable, with its drain', async () => {
    const { cluster, master, calls, pass } = await rig();
    const id = agentId(cluster.model.agentId('agent1.example'));
    await calls.submit(drainOf(id, seconds(600)));
    cluster.model.killAgentProcess('agent1.example');
    await pass(80_000);
    expect(await master.lookAt(id)).toMatchObject({
      kind: 'unreachable',
      deactivated: true,
      drain: { state: 'DRAINING', maxGraceNs: 600e9, markGone: false },
    });
  }, 20_000);

  it('that unregisters is absent, and not gone', async () => {
    const { cluster, master } = await rig();
    const id = agentId(cluster.model.agentId('agent2.example'));
    cluster.model.unregisterAgent('agent2.example');
    expect(await master.lookAt(id)).toMatchObject({ kind: 'absent' });
  });

  it('that comes back with a new id is not taken for the old one', async () => {
    const { cluster, master, pass } = await rig();
    const old = agentId(cluster.model.agentId('agent2.example'));
    const port = Number(new URL(cluster.model.agentUrl('agent2.example')).port);
    cluster.model.rebootWithNewId('agent2.example');
    await pass(2000);
    expect(await master.askAgent(old, { ip: '127.0.0.1', port })).toMatchObject({
      kind: 'not-asked',
      why: expect.stringContaining(`is agent ${cluster.model.agentId('agent2.example')} now`),
    });
  });
});
