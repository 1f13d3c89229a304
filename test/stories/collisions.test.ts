import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { task } from '../../playground/scenarios/small-cluster.ts';
import { toldTo } from '../../playground/scenarios/story.ts';
import { applied, audited, close, isTold } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

/** Ten agents in as many racks, on two of which marathon has tasks. */
const cluster: ClusterSpec = {
  agents: Array.from({ length: 10 }, (_, n) => ({
    hostname: `agent${n}.example`,
    attributes: { rack: `r${n}` },
  })),
  frameworks: [{ name: 'marathon' }],
  tasks: [task('web.1', 'marathon', 'agent1', 4_000, 30), task('web.2', 'marathon', 'agent2', 4_000, 30)],
};

/** Both of them at once. */
async function both(first: string, second: string): Promise<void> {
  world.slack.type('mara', 'mesos-ops', `/mesos ${first}`).catch(() => {});
  await world.type('dev', `/mesos ${second}`);
}

describe('two people at once', () => {
  it('do not both begin: one is shown the work of the other, and goes on beside it by saying so', async () => {
    world = await makeWorld({ cluster });
    await world.start();
    await both('drain agent1 --reason "new disk"', 'drain agent2 --reason "new fans"');
    const refused = () =>
      ['mara', 'dev'].filter((user) =>
        toldTo(world, user).some((text) => text.includes('tasks of marathon')),
      );
    await world.until('the one call', () => applied(world).length === 1 && refused().length === 1, 60);
    const [second = ''] = refused();
    await world.type(second, `/mesos drain ${second === 'dev' ? 'agent2' : 'agent1'} --anyway`);
    await world.until('the other call', () => applied(world).length === 2, 60);
    const intents = (await audited(world)).filter(({ event }) => event === 'call.intended');
    expect(intents.map(({ facts }) => (facts as { beside?: unknown[] }).beside?.length ?? 0)).toEqual([0, 1]);
  });

  it('do not both go past the brake', async () => {
    world = await makeWorld({ cluster, env: { BRAKE_PERCENT: '0', COLLISIONS: 'ignore' } });
    await world.start();
    await both('drain agent3 --reason "new disk"', 'drain agent4 --reason "new fans"');
    const braked = '1 of 10 agents (10 %) are out of service or away';
    await world.until(
      'that one is refused',
      () => ['mara', 'dev'].some((user) => toldTo(world, user).some((text) => text.includes(braked))),
      60,
    );
    await world.type('mara', '/mesos status');
    await isTold(world, 'mara', 'The brake is on');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  });
});
