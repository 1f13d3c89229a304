import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import {
  applied,
  auditedEvents,
  byCurl,
  close,
  drainAgent3,
  hears,
  isTold,
  replies,
  twoTasks,
} from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

async function begin(cluster: ClusterSpec = twoTasks, env: Record<string, string> = {}): Promise<void> {
  world = await makeWorld({ cluster, env });
  await world.start();
}

/** A drain that the master has accepted. */
async function draining(env: Record<string, string> = {}): Promise<string> {
  await begin(twoTasks, env);
  await world.type('mara', drainAgent3);
  await hears(world, '*Started:*');
  return world.cluster.model.agentId('agent3.example');
}

/** A drain that is proven, and out of service. */
async function drained(): Promise<string> {
  // The sweep is what follows an agent that is out of service.
  const id = await draining({ SWEEP_SECONDS: '20' });
  await hears(world, 'Safe to take down');
  return id;
}

const agentId = (id: string) => ({ agent_id: { value: id } });

describe('a drain that the master refuses', () => {
  it('ends as rejected by an ACL, with the words of the master', async () => {
    await begin({ ...twoTasks, acls: { drain_agents: [] } });
    await world.type('mara', drainAgent3);
    const end = await hears(world, 'the master rejected the drain. Nothing was changed.');
    expect(end).toContain('403');
    expect(end).toContain('<@U0MARA0001>');
    expect(applied(world)).toEqual([]);
    expect(await auditedEvents(world)).toEqual(
      expect.arrayContaining(['call.intended allowed', 'call.rejected rejected', 'drain.ended rejected']),
    );
  });

  it('ends as rejected when the machine was scheduled for maintenance after the look', async () => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start((parts) => ({
      ...parts,
      connectMesos: (of) => {
        const mesos = parts.connectMesos(of);
        const { calls } = mesos;
        return {
          ...mesos,
          calls: {
            ...calls,
            submit: (call) => {
              world.cluster.model.scheduleMachine('agent3.example');
              return calls.submit(call);
            },
          },
        };
      },
    }));
    await world.type('mara', drainAgent3);
    expect(await hears(world, 'the master rejected the drain')).toContain('maintenance');
    expect(applied(world)).toEqual([]);
  });
});

describe('a call without an answer', () => {
  it.each(['refuse', 'hang'] as const)(
    'was lost before the master (%s): not applied by two late reads, and can be asked again',
    async (fault) => {
      await begin(twoTasks, { CALL_DEADLINE_SECONDS: '0.3' });
      for (const index of [0, 1])
        world.cluster.model.masterFaults(index).add({ match: { call: 'DRAIN_AGENT' }, fault });
      await world.type('mara', drainAgent3);
      await hears(world, '*Not known yet*');
      const asked = world.clock.now();
      expect(await hears(world, 'the drain was not applied: the master shows no sign of it')).toContain(
        'ask again',
      );
      expect(world.clock.now() - asked).toBeGreaterThanOrEqual(59_000);
      expect(applied(world)).toEqual([]);
      for (const index of [0, 1]) world.cluster.model.masterFaults(index).clear();
      await world.type('mara', drainAgent3);
      await hears(world, 'Safe to take down');
      expect(applied(world)).toEqual(['DRAIN_AGENT']);
      const calls = (await auditedEvents(world)).filter((event) => event.startsWith('call.'));
      expect(calls).toEqual([
        'call.intended allowed',
        'call.unknown unknown',
        'call.intended allowed',
        'call.accepted accepted',
      ]);
    },
  );

  it('took effect all the same: seen, never sent again, and drained', async () => {
    await begin();
    world.cluster.model
      .masterFaults(0)
      .add({ match: { call: 'DRAIN_AGENT' }, fault: 'drop-after-apply', times: 1 });
    await world.type('mara', drainAgent3);
    await hears(world, '*Found out:*');
    await hears(world, 'Safe to take down');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    const events = await auditedEvents(world);
    expect(events.filter((event) => event.startsWith('call.'))).toEqual([
      'call.intended allowed',
      'call.unknown unknown',
    ]);
    expect(events).toContain('drain.effect-seen accepted');
  });
});

describe('a drain that somebody else changes', () => {
  it("can't be reactivated while DRAINING: the master refuses, and the drain goes on", async () => {
    const id = await draining();
    expect(await byCurl(world, { type: 'REACTIVATE_AGENT', reactivate_agent: agentId(id) })).toBe(400);
    await hears(world, 'Safe to take down');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  });
});

describe('an agent that does not stay', () => {
  it('is marked gone by somebody else', async () => {
    const id = await draining();
    await byCurl(world, { type: 'MARK_AGENT_GONE', mark_agent_gone: agentId(id) });
    const end = await hears(world, 'was marked gone');
    expect(end).toContain('It had not been proven DRAINED.');
    expect(await auditedEvents(world)).toContain('drain.ended gone');
  });

  it('is marked gone by somebody else when it was drained', async () => {
    const id = await drained();
    await byCurl(world, { type: 'MARK_AGENT_GONE', mark_agent_gone: agentId(id) });
    expect(await hears(world, 'was marked gone')).toContain('It had been drained before.');
  });

  it('unregisters: no longer listed, and never called gone', async () => {
    await draining();
    world.cluster.model.unregisterAgent('agent3.example');
    const end = await hears(world, 'is no longer listed, not confirmed gone');
    expect(end).toContain('has a new id, and is active');
    expect(await auditedEvents(world)).toContain('drain.ended removed');
  });

  it('comes back from a reboot under a new id when it was drained: that one is active, and named', async () => {
    const old = await drained();
    world.cluster.model.rebootWithNewId('agent3.example');
    const end = await hears(world, 'was replaced by');
    const id = world.cluster.model.agentId('agent3.example');
    expect(id).not.toBe(old);
    expect(end).toContain(id);
    expect(end).toContain('which is active');
    expect(await auditedEvents(world)).toContain('drain.ended replaced');
  });
});

describe('a drain that a person gives up', () => {
  it('ends in its thread with who and why, and the cluster is left as it is', async () => {
    await draining();
    await world.type('dev', '/mesos close d1 --reason "moved to another plan"');
    await isTold(world, 'dev', 'd1');
    const end = await hears(world, 'no longer followed, closed by a person');
    expect(end).toContain('<@U0DEV00001> closed it: moved to another plan');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    const events = await auditedEvents(world);
    expect(events).toContain('command.accepted given up while open');
    expect(events).toContain('drain.ended given-up');
    await world.pass(60_000);
    expect(replies(world).at(-1)).toBe(end);
  });

  it('ends by itself when nobody could say for a week what became of the agent', async () => {
    world = await makeWorld({ cluster: twoTasks, env: { POLL_SECONDS: '600', SWEEP_SECONDS: '86400' } });
    let lost = false;
    // Not by a fault of the registry: each of hundreds of looks would try again in real time.
    const why = 'the registry can not be read';
    await world.start((parts) => ({
      ...parts,
      connectMesos: (of) => {
        const mesos = parts.connectMesos(of);
        const { master } = mesos;
        const lookAt: typeof master.lookAt = async (agent) => {
          const seen = await master.lookAt(agent);
          return lost && 'leader' in seen ? { kind: 'unexplained', leader: seen.leader, why } : seen;
        };
        return { ...mesos, master: { ...master, lookAt } };
      },
    }));
    await world.type('mara', drainAgent3);
    await hears(world, '*Started:*');
    lost = true;
    await hears(world, 'The master does not list the agent, and why is not known', 3_600);
    await world.pass(7 * 86_400_000 + 3_600_000, 3_600_000);
    await hears(world, 'given up after 7 days without a sight of it', 3_600);
    const worries = replies(world).filter((text) => text.includes('and why is not known'));
    // Hourly for a day, then daily.
    expect(worries.length).toBeGreaterThan(24);
    expect(worries.length).toBeLessThan(36);
    expect(await auditedEvents(world)).toContain('drain.ended lost-sight');
    // A week of looks, each waiting for quiet.
  }, 120_000);
});
