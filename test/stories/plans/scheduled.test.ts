import { afterEach, describe, expect, it } from '@jest/globals';
import { task, twoAgents } from '../../../playground/scenarios/small-cluster.ts';
import { botSaid, shows, vote } from '../../../playground/scenarios/story.ts';
import { userNamed } from '../../../playground/slack/workspace/workspace.ts';
import { applied, auditedEvents, close, hears, isTold, replies } from '../../support/tell.ts';
import { makeWorld, type World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

const cluster = twoAgents([task('web.1', 'marathon', 'agent3', 2_000, 30)]);
const quiet = { POLL_SECONDS: '600', SWEEP_SECONDS: '86400' };
const minutes = 60_000;

async function begun(): Promise<World> {
  const one = await makeWorld({ cluster, env: quiet });
  await one.start();
  return one;
}

const planEvents = async () => (await auditedEvents(world)).filter((event) => event.startsWith('plan.'));

// It is 14:00 UTC, a Sunday, and dev's clock in Berlin shows 15:00.
describe('a plan that waits for its hour', () => {
  it('is shown by the clock of whoever asked, and not run by a bot that comes back 20 minutes late', async () => {
    world = await begun();
    await world.type('dev', '/mesos drain agent3 --at 17:00 --reason "new fans"');
    await world.until('the card', shows(world, 'Plan p1, scheduled'));
    expect(botSaid(world).join()).toContain('|2026-11-22 17:00 Europe/Berlin>');
    await world.type('ines', '/mesos deactivate agent4 --at 16:00');
    await world.until('her card', shows(world, 'UTC, for Slack tells no time zone of whoever asked'));
    await world.type('mara', '/mesos agents');
    expect(await isTold(world, 'mara', 'on the list of p1, which begins')).toContain('on the list of p2');
    await world.whileBotIsAway(async () => world.clock.advance(140 * minutes));
    const told = await hears(world, 'Plan p1 was not begun:');
    expect(told).toContain('the bot was down');
    expect(told).toContain('<@U0DEV00001>');
    await hears(world, 'Plan p2 was not begun:');
    expect(applied(world)).toEqual([]);
    expect(await planEvents()).toEqual([
      'plan.scheduled drain',
      'plan.scheduled deactivate',
      'plan.ended late',
      'plan.ended late',
    ]);
  });

  it('begins where the bot comes back within 15 minutes, for who still may, with what another did since', async () => {
    world = await begun();
    await world.type('dev', '/mesos drain agent3 --anyway --at 16:00 --reason "new fans"');
    await world.type('ines', '/mesos drain agent4 --at 15:00');
    await world.type('mara', '/mesos deactivate agent3');
    await hears(world, '*Deactivated:*');
    userNamed(world.slack.model.workspace, 'ines').isDeleted = true;
    await world.whileBotIsAway(async () => world.clock.advance(70 * minutes));
    await hears(world, 'The hour of plan p1 has come');
    expect(await hears(world, 'Plan p2 was not begun,*')).toContain('Only full members');
    await world.until('the drain', () => applied(world).includes('DRAIN_AGENT'));
    expect(await planEvents()).toContain('plan.ended refused');
  });
});

describe('a rolling drain that waits for its hour', () => {
  it('is confirmed before, keeps nothing away until then, and begins by itself', async () => {
    world = await begun();
    await world.type('dev', '/mesos drain agent3 agent4 --parallel 1 --at 16:00 --reason "new fans"');
    expect(await isTold(world, 'dev', 'confirm p1')).toContain('To begin');
    await world.type('dev', '/mesos confirm p1');
    await world.until('the card', shows(world, '2026-11-22 16:00 Europe/Berlin'));
    await world.pass(50 * minutes, 10 * minutes);
    expect(applied(world)).toEqual([]);
    await hears(world, 'The hour of plan p1 has come', 1_200);
    await world.until('the first call', () => applied(world).includes('DEACTIVATE_AGENT'), 60);
    expect(await planEvents()).toEqual(expect.arrayContaining(['plan.scheduled roll', 'plan.begun roll']));
  });
});

describe('a mark gone that waits for its hour', () => {
  it('is agreed to before, holds over a restart until then, and is checked anew', async () => {
    world = await begun();
    world.cluster.model.killAgentProcess('agent3.example');
    await world.pass(80_000);
    await world.type('dev', '/mesos mark-gone agent3 --at 18:00 --reason "burnt, powered off"');
    await vote(world, 'mara', 'white_check_mark');
    await world.until('that it waits', shows(world, 'waits for its hour'));
    await world.whileBotIsAway(async () => world.clock.advance(100 * minutes));
    expect(applied(world)).toEqual([]);
    await world.pass(80 * minutes, 10 * minutes);
    await hears(world, 'is gone, proven', 3_600);
    expect(applied(world)).toEqual(['MARK_AGENT_GONE']);
    expect((await auditedEvents(world)).filter((event) => event.startsWith('approval.held'))).toEqual([
      'approval.held',
    ]);
    expect(replies(world).join()).not.toContain('begins anew');
  });
});
