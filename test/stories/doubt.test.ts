import { afterEach, describe, expect, it } from '@jest/globals';
import { close, drainAgent3, hears, replies, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

describe('a message whose answer was lost after Slack had taken it', () => {
  it.each([
    ['the look for it', ['conversations.replies']],
    ['the look for it and the next try', ['conversations.replies', 'chat.postMessage']],
  ])('is told once when Slack puts off %s', async (_, limited) => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start();
    await world.type('mara', drainAgent3);
    world.slack.model.faults.add({ method: 'chat.postMessage', fault: 'drop-after-apply' });
    for (const method of limited) world.slack.model.faults.add({ method, fault: '429', retryAfter: 3 });
    await hears(world, 'Safe to take down');
    await world.pass(60_000);
    const all = replies(world).join('\n');
    expect(all.split('*Started:*')).toHaveLength(2);
    expect(all).not.toContain('repeat');
  });
});
