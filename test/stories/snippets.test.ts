import { afterEach, describe, expect, it } from '@jest/globals';
import type { OutboxTo } from '../../src/app/ports.ts';
import { channelId, drainId, instant, noticeId, threadId, userId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { audited, close, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

const thread = threadId('t-1');
const OPS = 'C0MESOSOPS';
const say = (hostname: string): Notice => ({ kind: 'effect-seen', drain: drainId(1), hostname });
const snippet: Notice = {
  kind: 'snippet',
  title: 'All 90 tasks',
  fileName: 'tasks.txt',
  text: 'web.1\nweb.2',
};
const reply: OutboxTo = { kind: 'reply', thread, broadcast: false };
const mara: OutboxTo = { kind: 'person', user: userId('U0MARA0001') };

/** A bot with a thread of its own. */
async function start(env: Record<string, string> = {}) {
  world = await makeWorld({ cluster: twoTasks, env });
  await world.start();
  const rootNotice = noticeId('n-root');
  await world.store?.transact((tx) =>
    tx.openThread({ id: thread, channel: channelId(OPS), rootNotice, drain: null, approval: null }),
  );
  await tell([{ kind: 'root', thread }, say('root'), 'n-root']);
}

/** Has the bot say this, and gives it time. */
async function tell(...rows: [OutboxTo, Notice, string?][]) {
  await world.store?.transact(async (tx) => {
    const createdAt = instant(world.clock.now());
    for (const [n, [to, notice, id]] of rows.entries())
      await tx.queue({ id: noticeId(id ?? `n-${n}`), to, notice, createdAt });
  });
  // The test wrote behind the bot's back: something else has to wake it.
  await world.type('mara', '/mesos help');
  await world.pass(60_000, 5_000);
}

/** The hostname, or the title of the file, of each message in the thread; with a mark where it may be a repeat. */
function inThread(): string[] {
  const replies = world.slack.model.messages.inChannel(OPS).filter(({ threadTs }) => threadTs !== null);
  return replies.map(
    ({ text, files }) =>
      `${text.includes('May be a repeat') ? '?' : ''}${files[0]?.title ?? /(?:first|last)/.exec(text)?.[0]}`,
  );
}

describe('a snippet', () => {
  it('is told in its place in the thread, as a message of its own, and to a person in theirs', async () => {
    await start();
    await tell(
      [reply, say('first')],
      [reply, snippet],
      [reply, say('last')],
      [mara, snippet],
      [mara, say('last')],
    );
    expect(inThread()).toEqual(['first', 'All 90 tasks', 'last']);
    const direct = world.slack.model.messages.inChannel('D0MARABOT1');
    expect(direct.map(({ files }) => files.length)).toEqual([1, 0]);
    expect(await world.store?.outbox()).toEqual([]);
  });

  it('of an app without the scopes is filed once, and told where it concerns the bot; the thread goes on', async () => {
    await start({ SLACK_OPS_CHANNEL: 'C0PRIVATE1' });
    const scopes = world.slack.model.app.scopes;
    for (const scope of ['files:write', 'im:write']) scopes.delete(scope);
    await tell([reply, snippet], [reply, say('last')], [mara, snippet]);
    expect(inThread()).toEqual(['last']);
    const lost = (await audited(world)).filter(({ event }) => event === 'notice.undeliverable');
    expect(lost).toMatchObject([
      { outcome: 'missing_scope', facts: { notices: 'snippet' } },
      { outcome: 'missing_scope', facts: { notices: 'snippet' } },
    ]);
    const told = world.slack.model.messages.inChannel('C0PRIVATE1').map(({ text }) => text);
    expect(told.filter((text) => text.includes('reinstall the Slack app'))).toHaveLength(2);
    expect(told.filter((text) => text.includes('to one person'))).toHaveLength(1);
    const tries = world.slack.model.calls.filter(({ outcome }) => outcome === 'missing_scope');
    expect(tries).toHaveLength(2);
    expect(world.errors.length).toBe(2);
    world.errors.length = 0;
  });

  it.each([
    ['is not doubled where its thread can be read', [], ['All 90 tasks']],
    ['is repeated, and says so, where it can not', ['channels:history'], ['All 90 tasks', '?All 90 tasks']],
  ])('whose answer was lost %s', async (_, without, expected) => {
    await start();
    for (const scope of without) world.slack.model.app.scopes.delete(scope);
    world.slack.model.faults.add({ method: 'files.completeUploadExternal', fault: 'drop-after-apply' });
    await tell([reply, snippet]);
    expect(inThread()).toEqual(expected);
  });
});
