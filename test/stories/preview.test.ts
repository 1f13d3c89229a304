import { afterEach, describe, expect, it } from '@jest/globals';
import { smallCluster } from '../../playground/scenarios/small-cluster.ts';
import { applied, close, hears, isTold } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

describe('a preview', () => {
  it('says what a drain breaks beyond its agent, where another drain ends instances too', async () => {
    world = await makeWorld({
      cluster: smallCluster(60_000),
      env: { POLL_SECONDS: '10', SWEEP_SECONDS: '60' },
    });
    await world.start();
    await world.type('mara', '/mesos drain agent2');
    await hears(world, '*Started:*');
    await world.type('dev', '/mesos drain agent3 --max-grace-period 10m --dry-run');
    const told = await isTold(world, 'dev', '8 tasks of 3 frameworks, ends by about');
    expect(told).toContain(
      '*the only instances of `worker` and `billing-cron` run here*; *most of `api` and `web` run here*',
    );
    expect(told).toContain(
      'the only running instance of `worker`, all 3 instances of `api` and 2 of the 3 instances of `web`',
    );
    expect(told).toContain('cassandra names each task differently');
    expect(told).toContain('Elsewhere there is room, by amounts: 8 CPUs, 16 GB memory needed');
    expect(told).toMatch(
      /Drain <https?:[^|]+\|d1> of agent2\.example \(S1\) is open: in the same rack \(r1\); marathon had tasks there too\./,
    );
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  });
});
