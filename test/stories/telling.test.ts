import { afterEach, describe, expect, it } from '@jest/globals';
import { task } from '../../playground/scenarios/small-cluster.ts';
import { botSaid, opsChannel } from '../../playground/scenarios/story.ts';
import { applied, audited, close, drainAgent3, hears, isTold, replies, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

async function begin(env: Record<string, string> = {}, cluster = twoTasks): Promise<void> {
  world = await makeWorld({ cluster, env });
  await world.start();
}

/** The Web API requests of one method so far. */
const calls = (method: string) => world.slack.model.calls.filter((call) => call.method === method);

/** What a story of a drain must have said, in this order, each once. */
function expectWholeStory(): void {
  const all = replies(world).join('\n');
  const places = ['*Started:*', '1 of 2 tasks gone', 'Safe to take down'].map((part) => all.split(part));
  expect(places.map((pieces) => pieces.length)).toEqual([2, 2, 2]);
  const before = places.map(([first = '']) => first.length);
  expect(before).toEqual(before.toSorted((a, b) => a - b));
}

describe('telling while Slack wants fewer requests', () => {
  it('waits as long as Retry-After says, and then tells all of it', async () => {
    await begin();
    world.slack.model.faults.add({ method: 'chat.postMessage', fault: '429', retryAfter: 7 });
    await world.type('mara', drainAgent3);
    await hears(world, 'Safe to take down');
    const [refused, next] = calls('chat.postMessage');
    expect(refused?.outcome).toBe('429');
    expect((next?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(7_000);
    expectWholeStory();
  });

  it('edits no card above the budget of a workspace, and shows the end on it all the same', async () => {
    const slow = task('slow.1', 'marathon', 'agent3', 90_000, 120);
    await begin({ POLL_SECONDS: '0.5', CARD_EDIT_SECONDS: '0.01' }, { ...twoTasks, tasks: [slow] });
    world.slack.model.limits.enabled = false;
    await world.type('mara', drainAgent3);
    await hears(world, 'Safe to take down', 180);
    await world.pass(60_000);
    const edits = calls('chat.update').map(({ at }) => at);
    expect(edits.length).toBeGreaterThan(50);
    for (const [i, at] of edits.entries()) {
      const earlier = edits[i - 50];
      if (earlier !== undefined) expect(at - earlier).toBeGreaterThanOrEqual(60_000);
    }
    expect(botSaid(world)[0]).toContain('is DRAINED');
  });
});

describe('telling while Slack is broken', () => {
  it.each(['card', 'reply'] as const)(
    'posts a %s once whose answer was lost after Slack had taken it',
    async (which) => {
      await begin();
      const drop = { method: 'chat.postMessage', fault: 'drop-after-apply' } as const;
      if (which === 'card') world.slack.model.faults.add(drop);
      await world.type('mara', drainAgent3);
      if (which === 'reply') {
        await hears(world, '*Started:*');
        world.slack.model.faults.add(drop);
      }
      await hears(world, 'Safe to take down');
      await world.pass(60_000);
      expectWholeStory();
      expect(
        world.slack.model.messages.timeline(opsChannel.id).filter((m) => m.threadTs === null),
      ).toHaveLength(1);
    },
  );

  it('keeps the milestones in order while it is down, and tells them in one message then', async () => {
    await begin();
    await world.type('mara', drainAgent3);
    await hears(world, '*Started:*');
    world.slack.model.faults.add({ method: '*', fault: '500', times: 1_000 });
    await world.pass(30_000);
    expect(replies(world)).toHaveLength(1);
    while (world.slack.model.faults.take('*') !== null); // Slack is back
    await hears(world, 'Safe to take down', 600);
    expect(replies(world).length).toBeLessThanOrEqual(3);
    expectWholeStory();
  });

  it('gives an answer up when its response_url has expired, and says nothing anywhere else', async () => {
    await begin();
    const { faults } = world.slack.model;
    /** How many answers arrive at a Slack that takes none, in half an hour. */
    const tries = async () => {
      faults.add({ method: 'response_url', fault: '500', times: 100 });
      await world.pass(31 * 60_000);
      let left = 0;
      while (faults.take('response_url') !== null) left += 1;
      return 100 - left;
    };
    const acked = world.slack.type('mara', opsChannel.name, '/mesos help');
    expect(await tries()).toBeGreaterThan(3);
    expect(await tries()).toBe(0);
    expect(await acked).toEqual({ acked: true });
    expect(botSaid(world)).toEqual([]);
  });
});

describe('telling in a channel that the bot was kicked out of', () => {
  it('goes on with the drain, tells the ops channel and files what could not be delivered', async () => {
    await begin({ SLACK_OPS_CHANNEL: 'C0PRIVATE1' });
    await world.type('mara', drainAgent3);
    await hears(world, '*Started:*');
    world.slack.model.workspace.channels.get(opsChannel.id)?.members.delete('U0MESOSBOT');
    const inOps = () => world.slack.model.messages.inChannel('C0PRIVATE1').map(({ text }) => text);
    await world.until(
      'the ops channel',
      () => inOps().some((text) => text.includes('not be delivered')),
      3_600,
    );
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    const entries = await audited(world);
    expect(entries.map(({ event }) => event)).toContain('drain.drained');
    expect(entries.findLast(({ event }) => event === 'notice.undeliverable')).toMatchObject({
      outcome: 'not_in_channel',
      place: { channel: opsChannel.id },
    });
    await world.type('mara', '/mesos status');
    await isTold(world, 'mara', 'agent3.example (S0): drained');
    expect(world.errors.map(({ message }) => message)).toEqual(['a message can not be delivered']);
    world.errors.length = 0;
  });

  it('tells the ops channel of the end too when not even the card could be posted', async () => {
    await begin({ SLACK_OPS_CHANNEL: 'C0PRIVATE1' });
    await world.settle();
    world.slack.model.faults.add({ method: 'chat.postMessage', fault: '429', retryAfter: 60 });
    await world.type('mara', drainAgent3);
    world.slack.model.workspace.channels.get(opsChannel.id)?.members.delete('U0MESOSBOT');
    await world.pass(3_600_000);
    world.cluster.model.unregisterAgent('agent3.example');
    await world.pass(3_600_000);
    expect(botSaid(world)).toEqual([]);
    const told = world.slack.model.messages.inChannel('C0PRIVATE1').map(({ text }) => text);
    for (const kind of ['drain-card', 'call-accepted', 'drained', 'ended'])
      expect(told.filter((text) => new RegExp(`It was: .*\\b${kind}\\b`).test(text))).toHaveLength(1);
    const filed = (await audited(world)).filter(({ event }) => event === 'notice.undeliverable');
    expect(filed.length).toBeGreaterThanOrEqual(2);
    world.errors.length = 0;
  });
});
