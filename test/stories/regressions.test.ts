import { afterEach, describe, expect, it } from '@jest/globals';
import { botSaid, toldTo } from '../../playground/scenarios/story.ts';
import { close, drainAgent3, hears, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

/** What test/stories/chaos.test.ts found, each as small as it gets. */
let world: World;
afterEach(() => close(world));

describe('a command whose socket is cut while it is committed', () => {
  it('runs all the same, and wakes nobody', async () => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start((parts) => ({
      ...parts,
      connectSlack: (use) =>
        parts.connectSlack({
          ...use,
          takeIn: async (typed) => {
            const answer = await use.takeIn(typed);
            world.slack.disconnect('cut');
            while (world.slack.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
            return answer;
          },
        }),
    }));
    await world.type('mara', drainAgent3);
    expect(toldTo(world, 'mara')).toEqual([expect.stringContaining('dispatch_failed')]);
    await hears(world, 'Safe to take down');
    await world.pass(10_000);
    expect(botSaid(world)[0]).toContain('is DRAINED');
  });
});

describe('a card whose answer was lost while Slack is too busy to be asked for it', () => {
  it.each(['429', '500'] as const)('is looked for later (%s), and not posted again', async (fault) => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start();
    world.slack.model.faults.add({ method: 'chat.postMessage', fault: 'drop-after-apply' });
    world.slack.model.faults.add({ method: 'conversations.history', fault, times: 2 });
    await world.type('mara', drainAgent3);
    await hears(world, 'Safe to take down');
    expect(botSaid(world).filter((text) => text.includes('Asked by'))).toHaveLength(1);
    expect(botSaid(world).join()).not.toContain('May be a repeat');
  });
});
