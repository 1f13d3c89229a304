import { afterEach, describe, expect, it } from '@jest/globals';
import { drainId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { postButtons } from '../support/buttons-posted.ts';
import { connected, type Local } from './local.ts';

let local: Local | null = null;
afterEach(async () => {
  await local?.stop();
  local = null;
});

const hasten = { label: 'Hasten it', words: 'drain agent3 --reason "a & b <c>"' };
const OPS = 'C0MESOSOPS';

/** What dev alone was shown in the channel. */
const told = ({ slack }: Local) => slack.model.messages.ephemerals(OPS, 'U0DEV00001').map(({ text }) => text);

/** Resolves when `is` holds, looked at each turn of the event loop. */
async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise<void>((resolve) => setImmediate(resolve));
}

describe.each(['socket', 'http'] as const)('a click by %s', (mode) => {
  it('is a command by whoever clicked, with the words in the form that typed ones have', async () => {
    local = await connected(mode);
    const ts = await postButtons(local.slack, [hasten]);
    expect(await local.slack.click('dev', 'mesos-ops', ts, 'mesos_command')).toEqual({ acked: true });
    expect(local.taken).toEqual([
      {
        via: 'button',
        user: 'U0DEV00001',
        userName: 'dev',
        team: 'T0LOCAL001',
        channel: OPS,
        text: 'drain agent3 --reason "a &amp; b &lt;c&gt;"',
        receivedAt: expect.any(Number),
        triggerId: expect.stringMatching(/./),
        responseUrl: expect.stringMatching(/^http:.*\/actions\//),
      },
    ]);
    expect(told(local)).toEqual([]);
  });

  it('carries the words of its own button, where a message has several', async () => {
    local = await connected(mode);
    const ts = await postButtons(local.slack, [hasten, { label: 'Leave it', words: 'status d17' }]);
    await local.slack.click('dev', 'mesos-ops', ts, 'mesos_command_2');
    expect(local.taken).toMatchObject([{ text: 'status d17' }]);
  });

  it('is of another trigger each time, so that a second click is a second command', async () => {
    local = await connected(mode);
    const ts = await postButtons(local.slack, [hasten]);
    for (let n = 0; n < 2; n++) await local.slack.click('dev', 'mesos-ops', ts, 'mesos_command');
    expect(new Set(local.taken.map(({ triggerId }) => triggerId)).size).toBe(2);
  });

  it('is acknowledged only after the command is taken in', async () => {
    const order: string[] = [];
    let commit: () => void = () => {};
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const here = await connected(mode, async () => {
      await committed;
      order.push('committed');
      return null;
    });
    local = here;
    const ts = await postButtons(here.slack, [hasten]);
    const clicked = here.slack
      .click('dev', 'mesos-ops', ts, 'mesos_command')
      .then(() => order.push('acknowledged'));
    await until(() => here.taken.length === 1);
    commit();
    await clicked;
    expect(order).toEqual(['committed', 'acknowledged']);
  });

  it.each([
    ['a message', null],
    ['an ephemeral message', 'U0DEV00001'],
  ])('on %s is answered beside it, and to who clicked alone', async (_, to) => {
    local = await connected(mode, async () => ({ kind: 'closed', drain: drainId(17) }));
    const ts = await postButtons(local.slack, [hasten], { to });
    const { messages } = local.slack.model;
    const before = messages.inChannel(OPS).length;
    await local.slack.click('dev', 'mesos-ops', ts, 'mesos_command');
    await local.slack.idle();
    expect(local.slack.newestWhisper('dev', 'mesos-ops')?.text).toContain('Drain d17 is closed.');
    expect(local.slack.newestWhisper('dev', 'mesos-ops')?.ts).not.toBe(ts);
    expect(told(local)).toHaveLength(to === null ? 1 : 2);
    expect(messages.inChannel(OPS)).toHaveLength(before);
  });

  it('that could not be taken in is told so, with an incident that is in the log', async () => {
    local = await connected(mode, async () => {
      throw new Error('disk full');
    });
    const ts = await postButtons(local.slack, [hasten]);
    expect(await local.slack.click('dev', 'mesos-ops', ts, 'mesos_command')).toEqual({ acked: true });
    await local.slack.idle();
    const line = local.log.lines.find(({ level }) => level === 'error');
    const incident = line !== undefined && 'incident' in line.facts ? String(line.facts.incident) : 'none';
    expect(told(local).join()).toContain('Nothing was sent to the master');
    expect(told(local).join()).toContain(incident);
  });

  it('on a button that this version does not have does nothing, and says so', async () => {
    local = await connected(mode);
    const block = {
      type: 'actions',
      elements: [
        { type: 'button', action_id: 'approve', text: { type: 'plain_text', text: 'Approve' }, value: 'a9' },
      ],
    };
    const { ts } = local.slack.model.messages.post({
      channel: OPS,
      user: local.slack.botUserId,
      botId: local.slack.botId,
      text: 'Well?',
      blocks: [block],
    });
    expect(await local.slack.click('dev', 'mesos-ops', ts, 'approve')).toEqual({ acked: true });
    await local.slack.idle();
    expect(local.taken).toEqual([]);
    expect(told(local).join()).toContain('no such button any more, so nothing was done');
  });

  it('is waited for in stop(), and its answer still arrives', async () => {
    let commit: (notice: Notice) => void = () => {};
    const committed = new Promise<Notice>((resolve) => {
      commit = resolve;
    });
    const here = await connected(mode, () => committed);
    local = here;
    const ts = await postButtons(here.slack, [hasten]);
    const clicked = here.slack.click('dev', 'mesos-ops', ts, 'mesos_command');
    await until(() => here.taken.length === 1);
    const stopping = here.bot.stop();
    commit({ kind: 'closed', drain: drainId(17) });
    expect(await clicked).toEqual({ acked: true });
    await stopping;
    expect(told(here).join()).toContain('d17');
  });

  it('writes nothing of its words, and no token, into the log', async () => {
    local = await connected(mode);
    const ts = await postButtons(local.slack, [{ label: 'Go', words: 'drain agent3 --reason swordfish' }]);
    await local.slack.click('dev', 'mesos-ops', ts, 'mesos_command');
    const log = JSON.stringify(local.log.lines);
    for (const secret of ['swordfish', 'xoxb-', 'xapp-']) expect(log).not.toContain(secret);
  });
});
