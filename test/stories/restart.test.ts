import { describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { task } from '../../playground/scenarios/small-cluster.ts';
import { plansOf, tellThroughCrash } from '../support/tell-through-crash.ts';

/** One agent, two tasks: every kind of boundary, and few of each. */
const cluster: ClusterSpec = {
  agents: [{ hostname: 'agent3.example', attributes: { rack: 'r1' } }],
  frameworks: [{ name: 'marathon' }],
  tasks: [task('web.1', 'marathon', 'agent3', 4_000, 30), task('web.2', 'marathon', 'agent3', 9_000, 30)],
};

const tell = tellThroughCrash.bind(null, {
  cluster,
  typed: '/mesos drain agent3 --max-grace-period 10m --reason "kernel upgrade"',
  isOver: (said) => said.some((text) => text.includes('out of service')),
  wasNotApplied: (world, said) =>
    said.some((text) => text.includes('was not applied')) && world.cluster.model.applied.length === 0,
});

/** The clean run counts the boundaries; it runs once, when this file is loaded, to make the table. */
const clean = await tell({ at: Number.POSITIVE_INFINITY, when: 'before' });
const plans = plansOf(clean);

describe('a drain without a crash', () => {
  it('meets every kind of boundary', () => {
    const kinds = new Set(clean.boundaries.map((name) => name.split(' ')[0]));
    expect([...kinds].sort()).toEqual(['call', 'edit', 'post', 'write']);
  });
});

describe('a drain whose bot dies', () => {
  it.each(plans)('$name: comes to the same end', async (plan) => {
    const { world, said, entries, flaws } = await tell(plan);
    expect(flaws).toEqual([]);
    const drains = world.cluster.model.applied.filter(({ type }) => type === 'DRAIN_AGENT');
    expect(drains).toHaveLength(1);
    const ends = said.filter((text) => text.includes('out of service') && text.includes('<@U0MARA0001>'));
    expect(ends.filter((text) => !text.includes('Asked by'))).toHaveLength(1);
    const milestones = said.filter((text) => !text.includes('Asked by'));
    expect(new Set(milestones).size).toBe(milestones.length);
    const events = entries.map(({ event }) => event);
    expect(events.filter((event) => event === 'drain.drained')).toHaveLength(1);
    expect(events.indexOf('call.intended')).toBeLessThan(events.indexOf('drain.drained'));
  });
});
