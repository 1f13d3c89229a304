import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../../playground/mesos/spec.ts';
import { task } from '../../../playground/scenarios/small-cluster.ts';
import { shows, vote } from '../../../playground/scenarios/story.ts';
import { applied, audited, auditedEvents, close, hears, isTold, replies } from '../../support/tell.ts';
import { makeWorld, type World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

const cluster: ClusterSpec = {
  agents: [1, 2, 3].map((n) => ({
    hostname: `agent${n}.example`,
    attributes: { rack: `r${n}`, kind: n < 3 ? 'db' : 'web' },
  })),
  frameworks: [{ name: 'marathon' }],
  tasks: [task('web.1', 'marathon', 'agent1', 4_000, 30), task('web.2', 'marathon', 'agent2', 9_000, 30)],
};

describe('several agents in one command', () => {
  it('are shown, confirmed, drained in one thread under one card, and put back the same way', async () => {
    world = await makeWorld({ cluster });
    await world.start();
    await world.type('mara', '/mesos drain kind=db --reason "new switch"');
    const shown = await isTold(world, 'mara', 'confirm p1');
    expect(shown).toContain('Drain 2 agents');
    expect(shown).toContain('*Together:* 2 tasks');
    expect(applied(world)).toEqual([]);
    await world.type('dev', '/mesos confirm p1');
    await isTold(world, 'dev', 'was shown to somebody else');
    // A second click, before the first one is answered.
    world.slack.type('mara', 'mesos-ops', '/mesos confirm p1').catch(() => {});
    await world.type('mara', '/mesos confirm p1');
    await isTold(world, 'mara', "Plan p1 can't be changed any more");
    await hears(world, 'Plan p1 has ended:* 2 of 2 agents are drained. <@U0MARA0001>');
    await world.until('the card', shows(world, '2 of 2 agents done'));
    expect(replies(world).filter((text) => text.includes('<@U0MARA0001>'))).toHaveLength(1);
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'DRAIN_AGENT']);
    const events = await auditedEvents(world);
    expect(events.filter((event) => event.startsWith('plan.'))).toEqual([
      'plan.begun drain',
      'plan.ended done',
    ]);
    const plans = (await audited(world)).filter(({ drain }) => drain !== undefined).map(({ plan }) => plan);
    expect(new Set(plans)).toEqual(new Set([1]));

    await world.type('mara', '/mesos reactivate p1');
    await isTold(world, 'mara', 'confirm p2');
    await world.type('mara', '/mesos confirm p2');
    await hears(world, 'Plan p2 has ended:* 2 of 2 agents are active again.');
    await world.until('the drains’ card', shows(world, 'd2: was drained; reactivated'));
    expect(applied(world).slice(2)).toEqual(['REACTIVATE_AGENT', 'REACTIVATE_AGENT']);
  });
});

describe('more agents than one person may have done alone', () => {
  it('are asked about once, and begin under the approval', async () => {
    world = await makeWorld({
      cluster: {
        ...cluster,
        agents: [1, 2, 3, 4].map((n) => ({ hostname: `agent${n}.example`, attributes: { rack: `r${n}` } })),
      },
      env: { DRAINS_AT_ONCE: '4' },
    });
    await world.start();
    await world.type('mara', '/mesos drain --host agent* --reason "new switch"');
    expect(await isTold(world, 'mara', 'confirm p1')).toContain('Needs a second person');
    await world.type('mara', '/mesos confirm p1');
    await vote(world, 'dev', 'white_check_mark');
    await hears(world, 'Plan p1 has ended:* 4 of 4 agents are drained.');
    const begun = (await audited(world)).filter(({ event }) => event === 'call.intended');
    expect(begun.map(({ approval, decision }) => [approval?.by[0]?.name, decision])).toEqual(
      Array.from({ length: 4 }, () => ['dev', 'approved']),
    );
    await world.until('the card', shows(world, 'Approved by <@U0DEV00001>'));
    await world.type('mara', '/mesos cancel p1');
    await isTold(world, 'mara', 'can’t be changed any more'.replace('’', "'"));
  });
});
