import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { task } from '../../playground/scenarios/small-cluster.ts';
import { botSaid, toldTo } from '../../playground/scenarios/story.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const cluster: ClusterSpec = {
  agents: [{ hostname: 'agent3.example', attributes: { rack: 'r1' } }],
  frameworks: [{ name: 'marathon' }],
  tasks: [task('web.1', 'marathon', 'agent3', 20_000, 60)],
};

/** What the bot answers mara alone. */
async function answer(text: string): Promise<string> {
  const before = toldTo(world, 'mara').length;
  await world.type('mara', text);
  await world.until(`an answer to ${text}`, () => toldTo(world, 'mara').length > before);
  return toldTo(world, 'mara').at(-1) ?? '';
}

const drained = () => botSaid(world).some((text) => text.includes('Safe to take down'));

describe('asking about a drain of ours', () => {
  it('shows its card for the agent and for the drain, while it runs and after', async () => {
    world = await makeWorld({ cluster });
    await world.start();
    await world.type('mara', '/mesos drain agent3 --reason "kernel upgrade"');
    await world.until('the start', () => botSaid(world).some((text) => text.includes('Started')));
    for (const asked of ['agent3', 'd1', 'D1']) {
      expect(await answer(`/mesos status ${asked}`)).toMatch(/Draining agent3[\s\S]*kernel upgrade/);
    }
    expect(await answer('/mesos agents')).toMatch(/draining/);
    await world.until('the proof', drained);
    expect(await answer('/mesos status agent3')).toContain('is DRAINED');
    expect(await answer('/mesos agents')).toMatch(/drained/);
    expect(await answer('/mesos status')).toContain('d1');
  });

  it('names it when somebody wants to drain the agent again', async () => {
    world = await makeWorld({ cluster });
    await world.start();
    await world.type('mara', '/mesos drain agent3');
    await world.until('the proof', drained);
    expect(await answer('/mesos drain agent3')).toMatch(/is DRAINED already, by .*d1/);
    expect(world.cluster.model.applied).toHaveLength(1);
  });

  it('says what has become of it when somebody wants to cancel it', async () => {
    world = await makeWorld({ cluster });
    await world.start();
    await world.type('mara', '/mesos drain agent3');
    await world.until('the start', () => botSaid(world).some((text) => text.includes('Started')));
    expect(await answer('/mesos cancel d1')).toContain("can't be cancelled");
    await world.until('the proof', drained);
    expect(await answer('/mesos cancel d1')).toContain('drained');
    await answer('/mesos close d1 --reason "enough"');
    expect(await answer('/mesos cancel d1')).toContain('given-up');
    expect(await answer('/mesos cancel d7')).toContain('There is no drain');
  });
});
