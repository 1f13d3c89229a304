import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../../playground/mesos/spec.ts';
import { task } from '../../../playground/scenarios/small-cluster.ts';
import { vote } from '../../../playground/scenarios/story.ts';
import { applied, auditedEvents, close, isTold } from '../../support/tell.ts';
import { makeWorld, type World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

const cluster: ClusterSpec = {
  agents: [1, 2, 3, 4, 5].map((n) => ({
    hostname: `agent${n}.example`,
    attributes: { kind: n < 5 ? 'db' : 'web' },
    resources: { cpus: 8, mem: 8_192, disk: 10_000 },
  })),
  frameworks: [{ name: 'marathon' }],
  // Two instances of one name, and one that stands alone.
  tasks: [
    { ...task('web.1', 'marathon', 'agent1', 4_000, 30), name: 'web' },
    { ...task('web.2', 'marathon', 'agent2', 4_000, 60), name: 'web' },
    { ...task('report', 'marathon', 'agent4', 4_000, 30), name: 'report' },
  ],
};

describe('a drain in waves', () => {
  it('is shown wave by wave, with what speaks against it, and begins once it is confirmed', async () => {
    world = await makeWorld({ cluster, env: { NEEDS_APPROVAL_AGENTS_OVER: '9' } });
    await world.start();
    await world.type('mara', '/mesos drain kind=db --parallel 4');
    expect(await isTold(world, 'mara', 'Such waves are larger')).toContain('4 agents at once, and 3 may be');
    await world.type('mara', '/mesos drain kind=db');
    await isTold(world, 'mara', 'Add `--parallel N`');
    await world.type('mara', '/mesos drain kind=db --parallel 2 --pause 5m --dry-run');
    const shown = await isTold(world, 'mara', 'Drain 4 agents on playground in 2 waves:');
    expect(shown).toContain('at most 2 agents (1 with the same `rack`), 5 min between two of them');
    // Both of the name `web` are never in one wave.
    expect(shown).toMatch(/Wave 1:\*? `?agent1[^\n]*agent3/);
    expect(shown).toMatch(/Wave 2:\*? `?agent2[^\n]*agent4/);
    expect(shown).toContain('Wave 2 ends the only running instance of `report` (marathon)');
    await world.type('mara', '/mesos drain agent1,agent2,agent3 --parallel 2');
    await isTold(world, 'mara', 'confirm p1');
    await world.type('mara', '/mesos confirm p1');
    await world.pass(1_000);
    expect(await auditedEvents(world)).toContain('plan.begun roll');
  });

  it('asks a second person over the very list where agents are marked gone', async () => {
    world = await makeWorld({ cluster });
    await world.start();
    await world.type('mara', '/mesos drain agent1,agent3 --then mark-gone');
    await isTold(world, 'mara', 'needs a reason');
    await world.type('mara', '/mesos drain agent1,agent3 --then mark-gone --reason "old machines"');
    const shown = await isTold(world, 'mara', 'confirm p1');
    expect(shown).toContain('This can’t be undone.');
    expect(shown).toContain('Needs a second person');
    await world.type('mara', '/mesos confirm p1');
    expect(applied(world)).toEqual([]);
    await vote(world, 'dev', 'white_check_mark');
    await world.pass(45_000);
    expect(await auditedEvents(world)).toContain('plan.begun roll');
  });
});
