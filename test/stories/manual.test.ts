import { afterEach, describe, expect, it } from '@jest/globals';
import { botSaid } from '../../playground/scenarios/story.ts';
import { applied, auditedEvents, byCurl, close, hears, isTold, replies, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

const deactivate = '/mesos deactivate agent3 --reason "frameworks move their tasks"';

/** Agent3, deactivated by mara; large steps, for nothing of it needs small ones. */
async function deactivated(): Promise<string> {
  world = await makeWorld({ cluster: twoTasks, env: { POLL_SECONDS: '10', SWEEP_SECONDS: '20' } });
  await world.start();
  await world.type('mara', deactivate);
  await hears(world, '*Deactivated:*');
  return world.cluster.model.agentId('agent3.example');
}

const of = (id: string) => ({ agent_id: { value: id } });

describe('an agent whose tasks stay', () => {
  it('tells whose they are and what would end them, and a drain goes on from there', async () => {
    await deactivated();
    const stuck = await hears(world, '*Stuck:*', 300);
    expect(stuck).toContain('2 tasks are still on it: marathon has 2 tasks (web.1, web.2).');
    expect(stuck).toContain('`/mesos drain agent3.example --max-grace-period 10m` kills them');
    await world.type('dev', '/mesos cancel d1');
    await isTold(world, 'dev', 'is not cancelled but undone');

    await world.type('dev', '/mesos drain agent3 --max-grace-period 10m --anyway');
    await hears(world, 'd2 goes on from here');
    await hears(world, 'is DRAINED');
    expect(applied(world)).toEqual(['DEACTIVATE_AGENT', 'DRAIN_AGENT']);
    expect(await auditedEvents(world)).toEqual(expect.arrayContaining(['drain.ended upgraded']));
    expect(botSaid(world).some((text) => text.includes('goes on from d1'))).toBe(true);
  });
});

describe('a deactivation that others meddle with', () => {
  it('ends as reactivated when somebody does that outside the bot', async () => {
    const id = await deactivated();
    await byCurl(world, { type: 'REACTIVATE_AGENT', reactivate_agent: of(id) });
    expect(await hears(world, 'was reactivated outside the bot')).toContain('It had not been seen empty.');
    expect(replies(world).join('\n')).not.toContain('Safe to take down');
  });

  it('ends as superseded when somebody drains the agent outside the bot', async () => {
    const id = await deactivated();
    await byCurl(world, { type: 'DRAIN_AGENT', drain_agent: of(id) });
    expect(await hears(world, 'somebody drains it outside the bot')).toContain('DRAINING');
    await world.type('mara', deactivate);
    await isTold(world, 'mara', 'a deactivation would change nothing');
  });
});

describe('a deactivation that is taken back while tasks stay', () => {
  it('ends with the reactivation, told once', async () => {
    await deactivated();
    await world.type('dev', '/mesos reactivate agent3');
    await hears(world, 'is back in service');
    await world.pass(30_000, 5_000);
    expect(replies(world).filter((text) => text.includes('reactivated outside'))).toEqual([]);
    expect(await auditedEvents(world)).toEqual(expect.arrayContaining(['drain.ended reactivated']));
  });
});
