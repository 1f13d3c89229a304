import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultKind } from '../../playground/slack/rules/faults.ts';
import type { Chat, PostTo } from '../../src/app/ports.ts';
import { channelId, instant, messageTs, noticeId, userId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { connected, type Local } from './local.ts';

const ops = channelId('C0MESOSOPS');
const inChannel: PostTo = { channel: ops, threadTs: null, broadcast: false };
const snippet: Notice = {
  kind: 'snippet',
  title: 'All tasks of <agent3> & co',
  fileName: 'tasks of agent3.txt',
  text: 'web.1 <b>\nwëb.2 `&`\n',
};
const id = (n: number) => noticeId(`0000-${n}`);

let local: Local;
let chat: Chat;
beforeAll(async () => {
  local = await connected('socket');
  ({ chat } = local.bot);
});
afterAll(() => local.stop());

const newest = (channel = 'C0MESOSOPS') => local.slack.model.messages.inChannel(channel).at(-1);
const count = () => local.slack.model.messages.inChannel(ops).length;
const root = () =>
  local.slack.model.messages.post({
    channel: ops,
    user: local.slack.botUserId,
    botId: 'B0MESOSBOT',
    text: 'x',
  }).ts;

describe('a snippet', () => {
  it('is shared in its thread as a file, word for word', async () => {
    const threadTs = messageTs(root());
    const to = { ...inChannel, threadTs };
    expect(await chat.post(to, snippet, [id(1)])).toEqual({ kind: 'sent', ts: null });
    expect(newest()).toMatchObject({ threadTs, text: '', botId: 'B0MESOSBOT' });
    expect(newest()?.files).toMatchObject([
      {
        name: 'tasks-of-agent3.0000-1.txt',
        title: 'All tasks of ‹agent3› + co',
        text: 'web.1 <b>\nwëb.2 `&`\n',
        isSnippet: true,
      },
    ]);
  });

  it('goes to one person, in the conversation that is there or in a new one', async () => {
    for (const [user, channel] of [
      ['U0MARA0001', 'D0MARABOT1'],
      ['U0DEV00001', 'DU0DEV00001'],
      ['U0DEV00001', 'DU0DEV00001'],
    ] as const) {
      const direct = await chat.openDirect(userId(user));
      expect(direct).toEqual({ channel });
      expect(await chat.post({ ...inChannel, channel: channelId(channel) }, snippet, [id(2)])).toMatchObject({
        kind: 'sent',
      });
      expect(newest(channel)?.files).toHaveLength(1);
    }
  });

  it('that may be a repeat says so beside the file', async () => {
    await chat.post(inChannel, { kind: 'maybe-repeat', notice: snippet }, [id(3)]);
    expect(newest()).toMatchObject({ text: expect.stringContaining('May be a repeat'), files: [{}] });
  });

  it('is found though the answer was lost, and not where it never came', async () => {
    const threadTs = messageTs(root());
    for (const [n, to] of [inChannel, { ...inChannel, threadTs }].entries()) {
      local.slack.model.faults.add({ method: 'files.completeUploadExternal', fault: 'drop-after-apply' });
      expect(await chat.post(to, snippet, [id(40 + n)])).toMatchObject({ kind: 'doubtful' });
      expect(await chat.findPosted(to, id(40 + n), instant(Date.now()))).toEqual({ found: newest()?.ts });
      expect(await chat.findPosted(to, id(4), instant(Date.now()))).toEqual({ found: null });
    }
  });

  it.each<[string, FaultKind, string]>([
    ['files.getUploadURLExternal', '500', 'no_clear_answer'],
    ['files.getUploadURLExternal', 'html', 'no_clear_answer'],
    ['upload', '500', 'no_clear_answer'],
    ['upload', 'drop-after-apply', 'no_clear_answer'],
  ])('is without doubt not shown when %s fails (%s)', async (method, fault, code) => {
    const before = count();
    local.slack.model.faults.add({ method, fault });
    expect(await chat.post(inChannel, snippet, [id(5)])).toEqual({ kind: 'refused', code });
    expect(count()).toBe(before);
  });

  it.each(['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal'])(
    'waits as long as Slack says in %s',
    async (method) => {
      local.slack.model.faults.add({ method, fault: '429', retryAfter: 7 });
      expect(await chat.post(inChannel, snippet, [id(6)])).toEqual({ kind: 'limited', retryAfterMs: 7_000 });
    },
  );

  it.each([
    ['files:write', () => chat.post(inChannel, snippet, [id(7)])],
    ['im:write', () => chat.openDirect(userId('U0INES0001'))],
  ] as const)('is refused without the scope %s', async (scope, act) => {
    const scopes = local.slack.model.app.scopes;
    scopes.delete(scope);
    expect(await act()).toEqual({ kind: 'refused', code: 'missing_scope' });
    scopes.add(scope);
  });

  it.each([
    [
      'a channel that the bot is not in',
      { ...inChannel, channel: channelId('C0RANDOM01') },
      'not_in_channel',
    ],
    ['a thread that is not there', { ...inChannel, threadTs: messageTs('1.000000') }, 'thread_not_found'],
  ])('is refused in %s', async (_, to, code) => {
    expect(await chat.post(to, snippet, [id(8)])).toEqual({ kind: 'refused', code });
  });

  it('is never empty, and never larger than Slack takes, whole lines of it', async () => {
    await chat.post(inChannel, { ...snippet, text: '' }, [id(9)]);
    expect(newest()?.files[0]?.text).toBe('(empty)');
    const lines = Array.from({ length: 30_000 }, (_, n) => `${n} ${'ü'.repeat(20)}`);
    expect(await chat.post(inChannel, { ...snippet, text: lines.join('\n') }, [id(9)])).toMatchObject({
      kind: 'sent',
    });
    const shown = newest()?.files[0]?.text.split('\n') ?? [];
    expect(shown.slice(0, -2)).toEqual(lines.slice(0, shown.length - 2));
    expect(shown.at(-2)).toContain('cut');
  });

  it('is shown on the page with its text', async () => {
    await chat.post(inChannel, snippet, [id(10)]);
    const answer = await fetch(`${local.slack.pageUrl}_page/state?user=mara&channel=mesos-ops`);
    const { items } = (await answer.json()) as { items: { files: { text: string }[] }[] };
    expect(items.at(-1)?.files).toMatchObject([{ text: 'web.1 <b>\nwëb.2 `&`\n' }]);
  });
});

describe('an export of the audit log', () => {
  const filter = {
    agent: '<agent3>',
    cluster: null,
    by: userId('U0MARA0001'),
    command: null,
    since: null,
    until: instant(0),
  };
  const asked: Notice = { kind: 'audit-export', format: 'csv', filter, upTo: 412 };
  const contentOf = (bytes: Uint8Array<ArrayBuffer>) => ({
    bytes,
    entries: 2,
    from: 17,
    more: false,
    closedUpTo: null,
  });

  it('is shared whole, however large, with what it holds and what not', async () => {
    const text = `\uFEFFat,seq\r\n${'x'.repeat(1_100_000)}\r\n`;
    const content = contentOf(new TextEncoder().encode(text));
    expect(await chat.post(inChannel, asked, [id(20)], null, content)).toEqual({ kind: 'sent', ts: null });
    expect(newest()).toMatchObject({
      text: 'The audit log: all 2 entries about `&lt;agent3&gt;` by <@U0MARA0001> before 1970-01-01 00:00 UTC, from #17 on.',
      files: [{ name: 'audit-log-to-412.0000-20.csv', title: 'Audit log up to #412', isSnippet: false }],
    });
    expect(newest()?.files[0]?.text === text).toBe(true);
  });

  it('says where the older ones are when the file of the log was closed', async () => {
    const content = { ...contentOf(new TextEncoder().encode('x')), from: null, closedUpTo: 412 };
    await chat.post(inChannel, asked, [id(22)], null, content);
    expect(newest()?.text).toMatch(
      /has no entry about .*\. Entries up to #412 stand in a file that was closed/,
    );
  });

  it('says where there is more, and that it may be a repeat', async () => {
    const content = { ...contentOf(new TextEncoder().encode('x')), more: true };
    await chat.post(inChannel, { kind: 'maybe-repeat', notice: asked }, [id(21)], null, content);
    expect(newest()?.text).toMatch(
      /^May be a repeat.*\nThe audit log: the \*newest\* 2 entries.*npm run audit -- export/,
    );
  });
});
