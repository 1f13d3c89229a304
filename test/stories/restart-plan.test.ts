import { describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { toldTo } from '../../playground/scenarios/story.ts';
import { plansOf, tellThroughCrash } from '../support/tell-through-crash.ts';

/** Two agents with nothing on them: every kind of boundary, and few of each. */
const cluster: ClusterSpec = {
  agents: [1, 2].map((n) => ({ hostname: `agent${n}.example`, attributes: { rack: `r${n}` } })),
  frameworks: [],
  tasks: [],
};
const ended = 'Plan p1 has ended:* 2 of 2 agents are drained.';

const tell = tellThroughCrash.bind(null, {
  cluster,
  before: async (world) => {
    await world.type('mara', '/mesos drain --host agent* --reason "new switch"');
    await world.until('the list', () => toldTo(world, 'mara').some((text) => text.includes('confirm p1')));
  },
  typed: '/mesos confirm p1',
  isOver: (said) => said.some((text) => text.includes(ended)),
  // A line whose call certainly changed nothing is told, and the plan ends with what is left.
  wasNotApplied: (_, said) => said.some((text) => text.includes('Plan p1 has ended')),
});

/** The clean run counts the boundaries; it runs once, when this file is loaded, to make the table. */
const clean = await tell({ at: Number.POSITIVE_INFINITY, when: 'before' });
const calls = clean.boundaries.flatMap((name, at) => (name.startsWith('call') ? [at + 1] : []));
/** Where a line turns from still to do into one with a record of its own, and back into the loop of the plan: what comes
 * after that, the drains' own stories hold. */
const plans = plansOf(clean).filter(({ at }) => at >= 4 && at <= Math.max(...calls) + 3);

describe('a plan of two agents whose bot dies', () => {
  it.each(plans)('$name: sends each call once at most, and its end is told once', async (plan) => {
    const { world, said, entries, flaws } = await tell(plan);
    expect(flaws).toEqual([]);
    const drained = world.cluster.model.applied.map(({ body }) => JSON.stringify(body));
    expect(new Set(drained).size).toBe(drained.length);
    const events = entries.map(({ event }) => event);
    expect(events.filter((event) => event === 'plan.begun')).toHaveLength(1);
    expect(events.filter((event) => event === 'plan.ended')).toHaveLength(1);
    expect(events.filter((event) => event === 'call.intended')).toHaveLength(2);
    expect(said.filter((text) => text.includes('has ended:*'))).toHaveLength(1);
    // What never left was found out, and counted as not done.
    const told = `${drained.length} of 2 agents`;
    expect(said.join('\n')).toContain(`Plan p1 has ended:* ${told}`);
  });
});
