import { describe, expect, it } from '@jest/globals';
import { story } from '../support/mark-gone-story.ts';
import { plansOf, type Told, tellThroughCrash } from '../support/tell-through-crash.ts';

const clean = await tellThroughCrash(story, { at: Number.POSITIVE_INFINITY, when: 'before' });
/** What is posted and edited tells the same over again, and restart.test.ts dies there: here writes and calls count. */
const plans = plansOf(clean).filter(({ name }) => /write|call/.test(name));

/** The order that the log must have, whatever was repeated in between. */
const order = [
  'approval.asked',
  'approval.vote',
  'approval.held',
  'approval.stands',
  'call.intended',
  'drain.drained',
  'approval.settled',
  'mark-gone.ended',
  'drain.ended',
];

function inOrder({ entries }: Told): string[] {
  const events = entries.map(({ event }) => event as string);
  let from = 0;
  return order.filter((event) => {
    const at = events.indexOf(event, from);
    if (at >= 0) from = at;
    return at >= 0;
  });
}

const graces = ({ world }: Told) =>
  world.cluster.model.applied.map(({ body }) => (body as { mark_gone?: boolean }).mark_gone ?? false);

describe('a mark gone without a crash', () => {
  it('meets every kind of boundary', () => {
    const kinds = new Set(clean.boundaries.map((name) => name.split(' ')[0]));
    expect([...kinds].sort()).toEqual(['call', 'edit', 'post', 'write']);
  });
});

describe('a mark gone whose bot dies', () => {
  it.each(plans)('$name: comes to the same end, with each call once', async (plan) => {
    const told = await tellThroughCrash(story, plan);
    expect(told.flaws).toEqual([]);
    expect(told.world.cluster.model.applied.map(({ type }) => type)).toEqual(['DRAIN_AGENT', 'DRAIN_AGENT']);
    expect(graces(told)).toEqual([false, true]);
    expect(inOrder(told)).toEqual(order);
    // Whose intent never left is told so, and asked again.
    const ends = told.entries
      .filter(({ event }) => event === 'mark-gone.ended')
      .map(({ outcome }) => outcome);
    expect(ends.filter((end) => end !== 'not-applied')).toEqual(['gone']);
    expect(told.said.filter((text) => text.includes('is gone, proven'))).toHaveLength(1);
    // Each intent has its approval, and one vote of one second person.
    for (const { approval } of told.entries.filter(({ event }) => event === 'call.intended'))
      expect(approval?.by.map(({ name }) => name)).toEqual(['dev']);
    // A second question has a thread of its own, and what it leads to is told in both.
    if (ends.includes('not-applied')) return;
    const replies = told.said.filter((text) => !text.includes('Asked by'));
    expect(new Set(replies).size).toBe(replies.length);
  });
});
