import { afterEach, describe, expect, it } from '@jest/globals';
import { ChatFault } from '../../src/app/faults.ts';
import { signedBy } from '../../src/domain/anchor.ts';
import { readAnchorLines } from '../../src/domain/audit/kept-anchors.ts';
import { channelId, databaseId, noticeId } from '../../src/domain/ids.ts';
import { fakeSigner } from '../support/fake-signer.ts';
import { anchor } from '../support/restored-samples.ts';
import { connected, type Local } from './local.ts';

let local: Local;
afterEach(() => local.stop());

const ops = channelId('C0MESOSOPS');
const good = anchor();
const metadata = (event_payload: Record<string, unknown>, event_type = 'mesos_chatops') => ({
  event_type,
  event_payload,
});

/** Puts a message into the channel, as ours where nothing else is said. */
function posted(over: object): void {
  const { bot } = local.slack.model.workspace;
  const ours = {
    channel: ops,
    user: bot.userId,
    botId: bot.botId,
    text: 'x',
    metadata: metadata({ anchor: good }),
  };
  local.slack.model.messages.post({ ...ours, ...over });
}

describe('anchors in a channel', () => {
  it('are read back as they were posted, with the head as words for a person', async () => {
    local = await connected('socket');
    const to = { channel: ops, threadTs: null, broadcast: false };
    await local.bot.chat.post(to, { kind: 'anchor', anchor: good }, [noticeId('n-1')], good);
    expect(await local.bot.anchors.read(ops, 1)).toEqual([good]);
    const [message] = local.slack.model.messages.inChannel(ops);
    expect(message?.text).toContain('*Audit log:* 412 entries');
    expect(message?.text).toContain(`\`db-1/412:${good.hash}\``);
  });

  it('carry their signature, in a form that verify takes', async () => {
    local = await connected('socket');
    const signed = signedBy(fakeSigner, good);
    const to = { channel: ops, threadTs: null, broadcast: false };
    await local.bot.chat.post(to, { kind: 'anchor', anchor: signed }, [noticeId('n-1')], signed);
    expect(await local.bot.anchors.read(ops, 1)).toEqual([signed]);
    const [message] = local.slack.model.messages.inChannel(ops);
    const line = message?.text.split('\n').find((each) => each.startsWith('Head: '));
    expect(readAnchorLines(line ?? '')).toEqual({
      anchors: [{ database: 'db-1', seq: 412, hash: good.hash, signature: signed.signature?.value }],
      bad: [],
    });
  });

  it('count without a signature that has no form of one', async () => {
    local = await connected('socket');
    posted({ metadata: metadata({ anchor: { ...good, signature: { key: 'x' } } }) });
    expect(await local.bot.anchors.read(ops, 1)).toEqual([good]);
  });

  it('stay with a message that is edited', async () => {
    local = await connected('socket');
    const to = { channel: ops, threadTs: null, broadcast: false };
    const sent = await local.bot.chat.post(to, { kind: 'anchor', anchor: good }, [noticeId('n-1')], good);
    if (sent.kind !== 'sent' || sent.ts === null) throw new Error('it was not sent');
    const newer = { kind: 'anchor' as const, anchor: anchor({ seq: 500 }) };
    expect(await local.bot.chat.edit(ops, sent.ts, newer, [])).toMatchObject({ kind: 'sent' });
    expect(await local.bot.anchors.read(ops, 1)).toEqual([good]);
    expect(await local.bot.chat.findPosted(to, noticeId('n-1'), good.at)).toEqual({ found: sent.ts });
  });

  it.each<[string, object]>([
    ['another app’s message', { botId: 'B0OTHER001' }],
    ['a person’s message', { botId: null, user: 'U0MARA0001' }],
    ['metadata of another kind', { metadata: metadata({ anchor: good }, 'other') }],
    ['no metadata', { metadata: null }],
    ['a text for a number', { metadata: metadata({ anchor: { ...good, seq: '412' } }) }],
    ['entry 0', { metadata: metadata({ anchor: { ...good, seq: 0 } }) }],
    ['a number beyond counting', { metadata: metadata({ anchor: { ...good, drains: 1e300 } }) }],
    ['half a hash', { metadata: metadata({ anchor: { ...good, hash: 'ab12' } }) }],
    ['no database', { metadata: metadata({ anchor: { ...good, database: '' } }) }],
    ['a time that is none', { metadata: metadata({ anchor: { ...good, at: 9e15 } }) }],
    ['a list', { metadata: metadata({ anchor: [good] }) }],
  ])('are not taken from %s', async (_, over) => {
    local = await connected('socket');
    posted(over);
    expect(await local.bot.anchors.read(ops, 1)).toEqual([]);
  });

  it('are read page after page, and no further than asked for', async () => {
    local = await connected('socket');
    posted({});
    for (let n = 0; n < 200; n += 1) posted({ metadata: null });
    expect(await local.bot.anchors.read(ops, 1)).toEqual([]);
    expect(await local.bot.anchors.read(ops, 2)).toEqual([good]);
  });

  it('of every database are told: which is ours is not Slack’s to say', async () => {
    local = await connected('socket');
    const other = anchor({ database: databaseId('db-2') });
    posted({ metadata: metadata({ notices: [], anchor: other, later: 'more' }) });
    expect(await local.bot.anchors.read(ops, 1)).toEqual([other]);
  });

  it.each<[string, () => void]>([
    [
      'Slack is out of order',
      () => local.slack.model.faults.add({ method: 'conversations.history', fault: '500', times: 3 }),
    ],
    [
      'the bot is not in the channel',
      () => void local.slack.model.workspace.channels.get(ops)?.members.delete(local.slack.botUserId),
    ],
  ])('are not known, and not none, while %s', async (_, trouble) => {
    local = await connected('socket');
    posted({});
    trouble();
    await expect(local.bot.anchors.read(ops, 1)).rejects.toThrow(ChatFault);
  });
});
