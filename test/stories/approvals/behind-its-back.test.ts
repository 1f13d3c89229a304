import { afterEach, describe, expect, it } from '@jest/globals';
import { task } from '../../../playground/scenarios/small-cluster.ts';
import { openPrompt } from '../../../playground/scenarios/story.ts';
import {
  applied,
  audited,
  byCurl,
  close,
  drainAgent3,
  hears,
  isTold,
  replies,
  twoTasks,
} from '../../support/tell.ts';
import {
  asked,
  askGone,
  nextPrompt,
  prompt,
  settlements,
  votes,
  withVolume,
} from '../../support/two-people.ts';
import { makeWorld, type World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

/** Somebody else reactivates agent3, and new work comes. */
async function reactivatedByOthers() {
  const agentId = world.cluster.model.agentId('agent3.example');
  await byCurl(world, { type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id: { value: agentId } } });
  world.cluster.model.launchTask(task('new.1', 'marathon', 'agent3', 60_000, 300));
}

/** How drains ended, with their numbers. */
async function ends(): Promise<string[]> {
  return (await audited(world)).flatMap(({ event, outcome, drain }) =>
    event === 'drain.ended' ? [`d${drain} ${outcome}`] : [],
  );
}

/** Slack answers no question about reactions from here on; the answer puts an end to that. */
function reactionsUnreadable(): () => void {
  world.slack.model.faults.add({ method: 'reactions.get', fault: '500', times: 1_000_000 });
  return () => {
    while (world.slack.model.faults.take('reactions.get') !== null);
  };
}

describe('an agent that others reactivated while nobody looked', () => {
  it('has the drain that it was out of service for ended before the next one begins', async () => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start();
    await world.type('mara', drainAgent3);
    await hears(world, 'is DRAINED');
    await reactivatedByOthers();
    await world.type('mara', drainAgent3);
    expect(await ends()).toEqual(['d1 reactivated']);
    await hears(world, 'reactivated');
  });

  it('ends the question that waited for the second call, without another master being blamed', async () => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, '*Started:*');
    const readable = reactionsUnreadable();
    await hears(world, 'is DRAINED');
    await reactivatedByOthers();
    readable();
    await world.pass(60_000, 1_000);
    expect(await settlements(world)).toEqual(['drain-ended']);
    expect(await ends()).toEqual(['d1 reactivated']);
    expect(replies(world).join()).not.toContain('Another master leads');
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'REACTIVATE_AGENT']);
  });
});

describe('a second call whose hour can not be judged', () => {
  it('is told of when it lasts, with why, once an hour, and leaves when it can be', async () => {
    world = await asked({ env: { POLL_SECONDS: '600', SWEEP_SECONDS: '86400' } });
    await votes(world, 'dev');
    await hears(world, '*Started:*');
    const readable = reactionsUnreadable();
    await hears(world, '*The second call of a1 waits*', 3_000);
    expect(replies(world).at(-1)).toContain("the votes can't be read");
    await world.pass(50 * 60_000, 300_000);
    const told = () => replies(world).filter((text) => text.includes('second call of a1 waits')).length;
    expect(told()).toBe(1);
    await world.pass(15 * 60_000, 300_000);
    expect(told()).toBe(2);
    readable();
    await hears(world, 'is gone');
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'DRAIN_AGENT']);
  });

  it('is told of when the master can not say what is on the agent', async () => {
    world = await makeWorld({ cluster: withVolume });
    await world.start();
    world.cluster.model.agentFaults('agent3.example').add({ match: {}, fault: 'refuse' });
    await world.type('mara', askGone);
    await world.until('the prompt', () => openPrompt(world) !== null);
    await votes(world, 'dev');
    await hears(world, '*Started:*');
    for (const index of [0, 1])
      world.cluster.model.masterFaults(index).add({ match: { call: 'GET_OPERATIONS' }, fault: '500' });
    await hears(world, '*The second call of a1 waits*', 900);
    for (const index of [0, 1]) world.cluster.model.masterFaults(index).clear();
    await hears(world, 'is gone');
  });

  it('is asked for again after a day', async () => {
    world = await asked({ env: { POLL_SECONDS: '600', SWEEP_SECONDS: '86400' } });
    const first = prompt(world);
    await votes(world, 'dev');
    await hears(world, '*Started:*');
    reactionsUnreadable();
    await hears(world, 'is DRAINED', 3_000);
    // A day of looks every ten seconds takes a minute; away, it takes none.
    await world.whileBotIsAway(() => world.pass(24 * 3_600_000, 24 * 3_600_000));
    await nextPrompt(world, first);
    expect(await settlements(world)).toEqual(['late']);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  }, 120_000);
});

describe('a drain whose agent is being marked gone', () => {
  it.each(['/mesos close d1 --reason "done"', '/mesos cancel d1'])('is not ended by %s', async (typed) => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, '*Started:*');
    for (const index of [0, 1])
      world.cluster.model
        .masterFaults(index)
        .add({ match: { path: '/registrar(1)/registry' }, fault: '500', times: 100_000 });
    await hears(world, '*Accepted:*');
    await world.type('mara', typed);
    await isTold(world, 'mara', 'is being marked gone already');
    for (const index of [0, 1]) world.cluster.model.masterFaults(index).clear();
    await hears(world, 'is gone', 900);
    expect(await ends()).toEqual(['d1 gone']);
  });
});

describe('a drain that is asked for the sake of its tasks', () => {
  it('is asked for again when more of them would be cut short', async () => {
    world = await asked({ text: '/mesos drain agent3 --max-grace-period 0s --reason "fast"' });
    const first = prompt(world);
    for (let each = 0; each < 30; each += 1)
      world.cluster.model.launchTask(task(`new.${each}`, 'marathon', 'agent3', 60_000, 30));
    await votes(world, 'dev');
    await nextPrompt(world, first);
    expect(await settlements(world)).toEqual(['changed']);
    expect(applied(world)).toEqual([]);
  });

  it('is not held back by a volume that it leaves alone', async () => {
    world = await makeWorld({ cluster: withVolume });
    await world.start();
    await world.type('mara', '/mesos drain agent3 --max-grace-period 0s --reason "fast"');
    await world.until('the prompt', () => openPrompt(world) !== null);
    expect(prompt(world).text).toContain('volumes and reservations stay');
    await votes(world, 'dev');
    await hears(world, '*Started:*');
  });
});
