import { afterEach, describe, expect, it } from '@jest/globals';
import { ChatFault } from '../../src/app/faults.ts';
import { channelId, messageTs } from '../../src/domain/ids.ts';
import { openForVotes } from '../../src/slack/blocks/approvals/open-for-votes.ts';
import { connected, type Local } from './local.ts';

let local: Local;
afterEach(() => local.stop());

const ops = channelId('C0MESOSOPS');

async function posted(text: string): Promise<ReturnType<typeof messageTs>> {
  local = await connected('socket');
  const { bot } = local.slack.model.workspace;
  const message = local.slack.model.messages.post({ channel: ops, user: bot.userId, botId: bot.botId, text });
  return messageTs(message.ts);
}

describe('Slack’s copy of a prompt', () => {
  it('has everybody who reacted, however many', async () => {
    const ts = await posted(`*Approve?*\n${openForVotes}`);
    for (const user of ['mara', 'dev', 'sam', 'ines']) await local.slack.react(user, 'mesos-ops', ts, 'x');
    await local.slack.react('dev', 'mesos-ops', ts, 'white_check_mark');
    expect(await local.bot.prompts.read(ops, ts)).toEqual({
      kind: 'there',
      open: true,
      reactions: [
        { name: 'x', users: ['U0MARA0001', 'U0DEV00001', 'U0SAM00001', 'U0INES0001'] },
        { name: 'white_check_mark', users: ['U0DEV00001'] },
      ],
    });
  });

  it.each([
    ['says that it is settled', '*Denied*', { kind: 'there', open: false, reactions: [] }],
    ['takes votes, and has none', openForVotes, { kind: 'there', open: true, reactions: [] }],
  ])('is seen when it %s', async (_, text, seen) => {
    const ts = await posted(text);
    expect(await local.bot.prompts.read(ops, ts)).toEqual(seen);
  });

  it('is gone when it was deleted', async () => {
    const ts = await posted(openForVotes);
    await local.slack.deleteMessage('mara', 'mesos-ops', ts);
    expect(await local.bot.prompts.read(ops, ts)).toEqual({ kind: 'gone' });
  });

  it('is not known while Slack can not be asked: no vote is taken for missing', async () => {
    const ts = await posted(openForVotes);
    local.slack.model.faults.add({ method: 'reactions.get', fault: '500', times: 3 });
    await expect(local.bot.prompts.read(ops, ts)).rejects.toBeInstanceOf(ChatFault);
    expect(await local.bot.prompts.read(ops, ts)).toMatchObject({ kind: 'there' });
  });
});

describe.each(['socket', 'http'] as const)('in %s mode', (mode) => {
  it('tells which messages people reacted to, and took a reaction from, and nothing else', async () => {
    local = await connected(mode);
    const { bot } = local.slack.model.workspace;
    const message = local.slack.model.messages.post({
      channel: ops,
      user: bot.userId,
      botId: bot.botId,
      text: 'a',
    });
    await local.slack.react('dev', 'mesos-ops', message.ts, 'eyes');
    await local.slack.unreact('dev', 'mesos-ops', message.ts, 'eyes');
    for (let tries = 0; tries < 100 && local.reacted.length < 2; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const told = { channel: 'C0MESOSOPS', ts: message.ts };
    expect(local.reacted).toEqual([told, told]);
  });
});
