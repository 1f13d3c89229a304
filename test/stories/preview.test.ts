import { afterEach, describe, expect, it } from '@jest/globals';
import { drainAgent } from '../../playground/mesos/drain.ts';
import { smallCluster, task, twoAgents } from '../../playground/scenarios/small-cluster.ts';
import { opsChannel } from '../../playground/scenarios/story.ts';
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

describe('a preview that a message cuts', () => {
  it('goes as a file as well: into the thread of the drain, and to whoever only looks', async () => {
    const names = ['web', 'api', 'worker', 'mail', 'search'];
    const tasks = names.map((name) => task(name, 'marathon', 'agent3', 2_000, 30));
    world = await makeWorld({
      cluster: twoAgents(tasks),
      env: { POLL_SECONDS: '10', SWEEP_SECONDS: '60' },
    });
    await world.start();
    await world.type('dev', '/mesos preview agent3');
    expect(await isTold(world, 'dev', '5 tasks of 1 framework')).toContain('come to you as a file');
    const { messages } = world.slack.model;
    const toDev = () => messages.inChannel('DU0DEV00001').flatMap(({ files }) => files);
    await world.until('the file to dev', () => toDev().length === 1);

    await world.type('mara', '/mesos drain agent3');
    const inThread = () =>
      messages.inChannel(opsChannel.id).flatMap(({ threadTs, files }) => (threadTs === null ? [] : files));
    await world.until('the file in the thread', () => inThread().length === 1);
    for (const [file] of [toDev(), inThread()]) {
      expect(file?.title).toMatch(/^Preview of agent3\.example \(S\d\)$/);
      for (const name of names)
        expect(file?.text).toContain(`${name}  TASK_RUNNING  grace 30 s (its kill policy)`);
    }
    await hears(world, 'is DRAINED');
    expect(inThread()).toHaveLength(1);
    expect(world.errors).toEqual([]);
  });
});

describe('a preview that took long to read', () => {
  it('lets no call leave by what was seen before it: somebody drained the agent meanwhile', async () => {
    world = await makeWorld({ cluster: twoAgents([task('web', 'marathon', 'agent3', 2_000, 30)]) });
    await world.start();
    const { model } = world.cluster;
    let isLong = false;
    world.cluster.watch(({ kind }, { request }) => {
      if (isLong || kind !== 'master' || request.path !== '/tasks') return;
      isLong = true;
      world.clock.advance(6_000);
      const { leader } = model.cluster;
      if (leader !== null)
        drainAgent(model.cluster, leader, model.agentId('agent3.example'), {
          graceNs: 60_000_000_000n,
          markGone: false,
        });
    });
    await world.type('mara', '/mesos drain agent3 --max-grace-period 10m');
    expect(await isTold(world, 'mara', 'A second drain would overwrite that one')).toContain('1 min');
    expect(isLong).toBe(true);
    expect(applied(world)).toEqual([]);
  });
});
