import { afterEach, describe, expect, it } from '@jest/globals';
import { openPrompt, opsChannel, shows } from '../../playground/scenarios/story.ts';
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
  const { name, policy } = onlyCluster(world.config);
  await world.bot?.reload({ ok: true, clusters: [{ name, policy: { ...policy, ...over } }], restart: [] });
  await world.settle();
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
