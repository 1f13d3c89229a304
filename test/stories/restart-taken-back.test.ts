import { describe, expect, it } from '@jest/globals';
import { openPrompt, opsChannel } from '../../playground/scenarios/story.ts';
import { hasVoted, story, yes } from '../support/mark-gone-story.ts';
import { plansOf, tellThroughCrash } from '../support/tell-through-crash.ts';
import type { World } from '../support/world.ts';

const clean = await tellThroughCrash(story, { at: Number.POSITIVE_INFINITY, when: 'before' });
/** What people see changes nothing of what may leave: writes and calls do. */
const plans = plansOf(clean).filter(({ name, when }) => when === 'after' && /write|call/.test(name));

describe('a mark gone whose bot dies, and whose ✅ is taken back while it is dead', () => {
  const takenBack = {
    ...story,
    // Approved once; and not again after it was taken back.
    meanwhile: async (world: World) => {
      if (!gone.has(world)) await story.meanwhile(world);
    },
    whileDead: async (world: World) => {
      gone.add(world);
      const prompt = openPrompt(world);
      if (prompt !== null && hasVoted(world))
        await world.slack.unreact('dev', opsChannel.name, prompt.ts, yes);
    },
    isOver: (said: string[]) =>
      said.some((text) => text.includes('is gone, proven') || text.includes('The mark gone is dropped')),
    wasNotApplied: () => true,
  };
  const gone = new WeakSet<World>();
  it.each(plans)('$name: what had not left by then never leaves', async (plan) => {
    const told = await tellThroughCrash(takenBack, plan);
    expect(told.flaws).toEqual([]);
    // An intent on disk may have left before the death; nothing is intended after it but what was intended then.
    const intents = told.entries.filter(({ event }) => event === 'call.intended');
    const restart = told.entries.findLastIndex(({ event }) => event === 'bot.started');
    const late = told.entries.slice(restart).filter(({ event }) => event === 'call.intended');
    expect(late).toEqual([]);
    expect(told.world.cluster.model.applied.length).toBeLessThanOrEqual(intents.length);
  });
});
