import { afterEach, describe, expect, it } from '@jest/globals';
import { elsewhere, openPrompt, opsChannel, shows } from '../../playground/scenarios/story.ts';
import { instant } from '../../src/domain/ids.ts';
import type { FreezeWindow, Policy } from '../../src/domain/policy.ts';
import { onlyCluster } from '../support/only-cluster.ts';
import { applied, auditedEvents, close, hears, isTold, twoTasks } from '../support/tell.ts';
import { asked, askGone, nothingLeaves, settlements, votes } from '../support/two-people.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

/** The policy with these changes, as if it was read again. */
async function takes(over: Partial<Policy>): Promise<void> {
  await reloaded(over);
  await world.settle();
}

async function reloaded(over: Partial<Policy>): Promise<void> {
  const { name, policy } = onlyCluster(world.config);
  await world.bot?.reload({ ok: true, clusters: [{ name, policy: { ...policy, ...over } }], restart: [] });
}

/** Its file can't be used, and whoever runs the bot is woken for that. */
async function breaks(): Promise<void> {
  await world.bot?.reload({ ok: false, problems: ['clusters.yaml:3: no'] });
  expect(world.errors.splice(0)).toMatchObject([{ facts: { problems: ['clusters.yaml:3: no'] } }]);
}

function freeze(over: Partial<FreezeWindow> = {}): FreezeWindow {
  const when = { every: 'once' as const, from: instant(0), until: instant(4e12) };
  return { name: 'audit week', when, zone: 'UTC', freezes: ['drain', 'drain --mark-gone'], ...over };
}

describe('what was approved', () => {
  it('is refused where a freeze has begun by the time that its call is due', async () => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    await takes({ freezes: [freeze()] });
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual(['refused']);
    await world.until('the word on it', shows(world, 'audit week'));
  });

  it('goes ahead in the freeze that it overrides, and not in another one', async () => {
    world = await asked({
      text: `${askGone} --override-freeze`,
      before: async (begun) => {
        world = begun;
        await takes({ freezes: [freeze()] });
      },
    });
    await takes({ freezes: [freeze(), freeze({ name: 'moved up' })] });
    await votes(world, 'dev');
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual(['refused']);
    await takes({ freezes: [freeze()] });
    await world.type('mara', `${askGone} --override-freeze`);
    await world.until('the question', () => openPrompt(world) !== null);
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
  });

  it('waits while the policy can not be read, and leaves once it can', async () => {
    world = await asked();
    await votes(world, 'dev');
    await breaks();
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual([]);
    await takes({});
    await hears(world, 'is gone, proven');
  });
});

describe('what was approved over several steps', () => {
  const startBoth = '/mesos maintenance start agent3 agent4 --drain-first --for 2h --reason "disks"';

  /** One drain at a time, of which the first runs. */
  async function drainingFirst(): Promise<void> {
    world = await makeWorld({ cluster: twoTasks, env: { DRAINS_AT_ONCE: '1' } });
    await world.start();
    await world.type('mara', startBoth);
    await isTold(world, 'mara', 'confirm p1');
    await world.type('mara', '/mesos confirm p1');
    await votes(world, 'dev');
    await world.until('the first drain', () => applied(world).length > 0);
  }

  it('drains no further agent once a freeze has begun', async () => {
    await drainingFirst();
    await takes({ freezes: [freeze({ freezes: ['maintenance start'] })] });
    await hears(world, 'could not begin');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  });

  it('waits while the policy can not be read, and takes no machine down whose agent was put back meanwhile', async () => {
    await drainingFirst();
    await breaks();
    await world.minutes(2);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    await takes({});
    await world.until('the second drain', () => applied(world).length === 2);
    await breaks();
    await world.minutes(1);
    const value = world.cluster.model.agentId('agent3.example');
    await elsewhere(world, { type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id: { value } } });
    await takes({});
    await hears(world, 'machines not ready');
    await world.minutes(5);
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'DRAIN_AGENT', 'REACTIVATE_AGENT']);
  });

  it('begins no agent of a list that takes two people by the time of its turn', async () => {
    world = await makeWorld({ cluster: twoTasks });
    let changed = false;
    await world.start((parts) => ({
      ...parts,
      openStore: async (sha256) => {
        const store = await parts.openStore(sha256);
        return {
          ...store,
          unendedPlans: async (cluster) => {
            const plans = await store.unendedPlans(cluster);
            if (changed || !plans.some(({ state }) => state.status === 'running')) return plans;
            changed = true;
            const { needsApproval } = onlyCluster(world.config).policy;
            await reloaded({ needsApproval: { ...needsApproval, kinds: [...needsApproval.kinds, 'drain'] } });
            return plans;
          },
        };
      },
    }));
    await world.type('mara', '/mesos drain agent3 agent4');
    await isTold(world, 'mara', 'confirm p1');
    await world.type('mara', '/mesos confirm p1');
    await hears(world, 'Left out:');
    expect(applied(world)).toEqual([]);
  });
});

describe('a command', () => {
  it('that one person may give goes ahead while the policy can not be read; others do not', async () => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start();
    await breaks();
    await world.type('mara', askGone);
    await isTold(world, 'mara', 'nothing is done that can’t be undone');
    await world.type('mara', '/mesos drain agent3');
    await hears(world, 'is DRAINED');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    expect(await auditedEvents(world)).toContain('command.refused policy-broken');
  });

  it('is told everything that the policy has against it at once', async () => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start();
    const reasonPattern = { source: '[A-Z]+-\\d+', words: 'a ticket', example: 'OPS-42 new disk' };
    await takes({ freezes: [freeze()], reasonPattern });
    await world.type('mara', '/mesos drain agent3 --reason "new disk"');
    const said = await isTold(world, 'mara', 'audit week');
    expect(said).toContain('--reason "OPS-42 new disk"');
    expect(applied(world)).toEqual([]);
    // What is under way, and reading, is nobody's to freeze.
    await world.type('mara', '/mesos status', opsChannel.name);
    await isTold(world, 'mara', 'playground');
  });
});
