import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec, TaskSpec } from '../../playground/mesos/spec.ts';
import { task } from '../../playground/scenarios/small-cluster.ts';
import { applyEvents } from '../../src/app/drains/apply-events.ts';
import { instant } from '../../src/domain/ids.ts';
import { onlyCluster } from '../support/only-cluster.ts';
import { applied, auditedEvents, close, drainAgent3, hears, replies, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

async function drain(cluster: ClusterSpec, env: Record<string, string> = {}): Promise<void> {
  world = await makeWorld({ cluster, env });
  await world.start();
  await world.type('mara', drainAgent3);
  await hears(world, '*Started:*');
}

/** How often a reply with these words was posted. */
const times = (part: string) => replies(world).filter((text) => text.includes(part)).length;
const only = (each: TaskSpec): ClusterSpec => ({ ...twoTasks, tasks: [each] });

describe('an agent that goes away while it drains', () => {
  it('is told as unreachable at once, drains when it is back, and gets no second call', async () => {
    const slow = task('slow.1', 'marathon', 'agent3', 500_000, 600);
    await drain({ ...twoTasks, tasks: [...(twoTasks.tasks ?? []), slow] }, { POLL_SECONDS: '30' });
    world.cluster.model.killAgentProcess('agent3.example');
    const stuck = await hears(world, 'The agent is unreachable since');
    expect(stuck).toContain('<@U0MARA0001>');
    expect(stuck).toContain('when the agent returns, it drains');
    await world.pass(3 * 60_000);
    expect(times('The agent is unreachable')).toBe(1);
    world.cluster.model.returnAgent('agent3.example');
    await hears(world, '*Moving again:*');
    await hears(world, 'Safe to take down', 600);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    expect(await auditedEvents(world)).toEqual(
      expect.arrayContaining(['drain.waiting unreachable', 'drain.moving-again']),
    );
  });
});

describe('work that does not end by itself', () => {
  it('waits for a framework that never acknowledges: named, told once an hour', async () => {
    const silent: ClusterSpec = { ...twoTasks, frameworks: [{ name: 'marathon', acks: 'never' }] };
    await drain(silent, { POLL_SECONDS: '60' });
    const stuck = await hears(world, '*Stuck:*', 1_200);
    expect(stuck).toMatch(
      /2 tasks have ended, but marathon \(ID `.+`; connected.*; for web\.1 and web\.2\) has not/,
    );
    expect(stuck).toContain('<@U0MARA0001>');
    await world.pass(55 * 60_000);
    expect(times('*Stuck:*')).toBe(1);
    await world.pass(10 * 60_000);
    expect(times('*Stuck:*')).toBe(2);
    world.cluster.model.setAcks('marathon', 'prompt');
    await hears(world, 'Safe to take down');
  });

  it('waits out a legacy executor that ignores the max grace period', async () => {
    const legacy = {
      ...task('old.1', 'marathon', 'agent3', 180_000, 200),
      executor: 'legacy-command',
    } as const;
    world = await makeWorld({ cluster: only(legacy) });
    await world.start();
    await world.type('mara', '/mesos drain agent3 --max-grace-period 10s --reason "kernel upgrade"');
    const stuck = await hears(world, '*Stuck:*', 300);
    expect(stuck).toContain('old.1 of marathon (TASK_KILLING)');
    const end = await hears(world, 'Safe to take down', 300);
    expect(replies(world).at(-1)).toBe(end);
  });
});

describe('an agent without work', () => {
  it('is DRAINED at once, proven, and told with no tasks', async () => {
    await drain({ ...twoTasks, tasks: [] });
    const end = await hears(world, 'Safe to take down', 15);
    expect(end).not.toContain('for 0 tasks');
    expect(times('No tasks run there')).toBe(1);
  });
});

describe('an agent whose own API is out of reach', () => {
  it("is DRAINED by the master's word only, and not called safe", async () => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start();
    world.cluster.model.agentFaults('agent3.example').add({ match: {}, fault: 'refuse' });
    await world.type('mara', drainAgent3);
    // In long steps: each look at such an agent tries again in real time.
    await world.pass(120_000, 10_000);
    const end = await hears(world, 'DRAINED, says the master; the agent could not be asked');
    expect(end).not.toContain('Safe to take down');
    expect(end).toContain('look on it for executors');
    expect(await auditedEvents(world)).toContain('drain.drained master-only');
  });
});

describe('a stuck agent whose own API is out of reach', () => {
  it('is told of by the master’s own list, which is read once in ten minutes at most', async () => {
    world = await makeWorld({
      cluster: { ...twoTasks, frameworks: [{ name: 'marathon', acks: 'never' }] },
      env: { POLL_SECONDS: '60', SWEEP_SECONDS: '86400' },
    });
    await world.start();
    world.cluster.model.agentFaults('agent3.example').add({ match: {}, fault: 'refuse' });
    await world.type('mara', drainAgent3);
    await hears(world, '*Started:*');
    let lists = 0;
    world.cluster.watch(({ kind }, { request }) => {
      if (kind === 'master' && request.body.includes('"GET_TASKS"')) lists += 1;
    });
    await world.pass(9 * 60_000, 60_000);
    const stuck = await hears(world, '*Stuck:*');
    expect(stuck).toContain('marathon');
    expect(stuck).toContain("(This is the master's list: the agent itself can't be asked.)");
    expect(lists).toBe(1);
    await world.pass(5 * 60_000, 60_000);
    expect(lists).toBe(2);
  });
});

describe('a nudge whose answer died with the bot', () => {
  it('is filed as unknown and told, and the drain goes on by what the master shows', async () => {
    await drain({ ...twoTasks, frameworks: [{ name: 'marathon', acks: 'never' }] }, { POLL_SECONDS: '20' });
    const { store } = world;
    const stored = (await store?.openDrains(onlyCluster(world.config).name))?.[0];
    if (!store || !stored) throw new Error('no drain');
    const at = instant(world.clock.now());
    await store.transact((tx) =>
      applyEvents(tx, stored.drain, [{ type: 'nudge-intended', at }], () => 'nudge-id'),
    );
    await world.whileBotIsAway(() => world.pass(1_000));
    expect(await hears(world, '*The nudge 1 of 5 got no clear answer')).toContain('not written down');
    expect(await auditedEvents(world)).toContain('call.unknown unknown');
    world.cluster.model.setAcks('marathon', 'prompt');
    await hears(world, 'Safe to take down');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  });
});
