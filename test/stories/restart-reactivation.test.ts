import { describe, expect, it } from '@jest/globals';
import { drainAgent3, hears } from '../support/tell.ts';
import { plansOf, tellThroughCrash } from '../support/tell-through-crash.ts';

const tell = tellThroughCrash.bind(null, {
  cluster: { agents: [{ hostname: 'agent3.example', attributes: { rack: 'r1' } }] },
  before: async (world) => {
    await world.type('mara', drainAgent3);
    await hears(world, 'Safe to take down');
    await world.pass(30_000);
  },
  typed: '/mesos reactivate agent3 --reason "new kernel runs"',
  isOver: (said) => said.some((text) => text.includes('is back in service')),
  wasNotApplied: (world, said) =>
    said.some((text) => text.includes('was not applied')) && world.cluster.model.applied.length === 1,
});

/** The clean run counts the boundaries; it runs once, when this file is loaded, to make the table. */
const clean = await tell({ at: Number.POSITIVE_INFINITY, when: 'before' });
const plans = plansOf(clean);

describe('a reactivation without a crash', () => {
  it('meets every kind of boundary', () => {
    const kinds = new Set(clean.boundaries.map((name) => name.split(' ')[0]));
    expect([...kinds].sort()).toEqual(['answer', 'call', 'edit', 'post', 'write']);
  });
});

describe('a reactivation whose bot dies', () => {
  it.each(plans)('$name: comes to the same end', async (plan) => {
    const { world, said, entries, flaws } = await tell(plan);
    expect(flaws).toEqual([]);
    expect(world.cluster.model.applied.map(({ type }) => type)).toEqual(['DRAIN_AGENT', 'REACTIVATE_AGENT']);
    expect(said.filter((text) => text.includes('is back in service'))).toHaveLength(1);
    // Whoever asks again says the same words again; within one try nothing is doubled.
    const lastTry = said.slice(said.findLastIndex((text) => text.includes('was not applied')) + 1);
    expect(new Set(lastTry).size).toBe(lastTry.length);
    // The sweep never took the bot's own doing for somebody else's.
    expect(said.filter((text) => text.includes('was reactivated: it takes tasks again'))).toEqual([]);
    const ends = entries.filter(({ event }) => event === 'drain.ended');
    expect(ends.map(({ facts }) => facts)).toEqual([
      expect.objectContaining({ kind: 'reactivated', by: expect.objectContaining({ userId: 'U0MARA0001' }) }),
    ]);
    const events = entries.map(({ event, outcome }) => `${event} ${outcome}`);
    expect(events.filter((event) => event === 'reactivation.ended active')).toHaveLength(1);
    const intents = entries.filter(({ request }) => request?.call === 'REACTIVATE_AGENT');
    expect(intents[0]?.event).toBe('call.intended');
  });
});
