import { afterEach, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../../playground/mesos/spec.ts';
import { task } from '../../../playground/scenarios/small-cluster.ts';
import { shows, vote } from '../../../playground/scenarios/story.ts';
import { applied, auditedEvents, close, hears, isTold } from '../../support/tell.ts';
import { makeWorld, type World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

const cluster: ClusterSpec = {
  agents: [1, 2, 3].map((n) => ({
    hostname: `agent${n}.example`,
    resources: { cpus: 8, mem: 8_192, disk: 10_000 },
  })),
  frameworks: [{ name: 'marathon' }],
  tasks: ['web', 'report'].map((name, nth) => task(name, 'marathon', `agent${nth + 1}`, 2_000, 30)),
};
const yes = 'white_check_mark';

it('marks each agent of a drain in waves gone on the votes that stand, and none once they do not', async () => {
  world = await makeWorld({ cluster });
  await world.start();
  await world.type(
    'mara',
    '/mesos drain agent1,agent2 --parallel 1 --pause 1m --then mark-gone --reason "old machines"',
  );
  await isTold(world, 'mara', 'confirm p1');
  await world.type('mara', '/mesos confirm p1');
  await vote(world, 'dev', yes);
  await hears(world, 'agent1.example (S0) is gone, proven');
  // The card is the question still.
  expect(shows(world, 'Open for votes')()).toBe(true);
  await vote(world, 'dev', yes, true);
  await hears(world, 'marks nothing gone');
  await world.type('mara', '/mesos resume p1');
  await hears(world, 'Plan p1 has ended', 300);
  expect(applied(world)).toEqual([
    ...['DEACTIVATE_AGENT', 'DEACTIVATE_AGENT'],
    ...['DRAIN_AGENT', 'DRAIN_AGENT', 'DRAIN_AGENT'],
  ]);
  const events = await auditedEvents(world);
  expect(events.filter((event) => /^(plan\.[^l]|mark-gone|approval\.s)/.test(event))).toEqual([
    ...['approval.stands', 'plan.begun roll', 'plan.wave-begun', 'mark-gone.ended gone', 'plan.wave-ended'],
    ...['approval.settled taken-back', 'plan.marking-dropped', 'plan.halted votes', 'plan.resumed'],
    ...['plan.wave-begun', 'plan.wave-ended', 'plan.ended done'],
  ]);
  expect(shows(world, 'Open for votes')()).toBe(false);
});
