import { afterEach, describe, expect, it } from '@jest/globals';
import { drainAndReturn } from '../../playground/scenarios/drain-and-return.ts';
import { happyDrain } from '../../playground/scenarios/happy-drain.ts';
import { smallCluster } from '../../playground/scenarios/small-cluster.ts';

import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('the main job', () => {
  it('drains agent3 from the preview to the proof, with exactly one call', async () => {
    world = await makeWorld({ cluster: smallCluster(40_000) });
    await world.start();
    await happyDrain.play(world);
    expect(world.cluster.model.applied.map(({ type }) => type)).toEqual(['DRAIN_AGENT']);
    expect(world.errors).toEqual([]);
  });

  it('drains agent3 and takes it back into service, as the demo tells it', async () => {
    world = await makeWorld({ cluster: drainAndReturn.cluster });
    await world.start();
    await drainAndReturn.play(world);
    expect(world.cluster.model.applied.map(({ type }) => type)).toEqual(['DRAIN_AGENT', 'REACTIVATE_AGENT']);
    expect(world.errors).toEqual([]);
  });
});
