import { afterEach, describe, expect, it } from '@jest/globals';
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
});
