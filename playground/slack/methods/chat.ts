import { type Refused, readBlocks, readMetadata, TEXT_LIMIT } from '../rules/message-content.ts';
import { messageJson } from '../workspace/message-json.ts';
import type { Block, Message } from '../workspace/messages.ts';
import { botIsIn, channelByReference, type SlackChannel } from '../workspace/workspace.ts';
import { type Answer, type Call, type Methods, missing, no } from './method.ts';

const chatWrite = () => 'chat:write';

/** What Slack says to content it doesn't take. */
export function refuse(refused: Refused): Answer {
  const { error, messages } = refused;
  return messages === undefined
    ? no(error)
    : no(error, { errors: messages, response_metadata: { messages } });
}

/** The channel the bot may write in, or Slack's answer. A private channel it isn't in does not exist for it. */
export function writableChannel(
  call: Call,
  field = 'channel',
): { channel: SlackChannel } | { answer: Answer } {
  const reference = call.args.text(field);
  if (reference === null) return { answer: missing(field) };
  const { workspace } = call.model;
  const channel = channelByReference(workspace, reference);
  if (channel === null) return { answer: no('channel_not_found') };
  if (!botIsIn(workspace, channel)) {
    return { answer: no(channel.kind === 'public' ? 'not_in_channel' : 'channel_not_found') };
  }
  if (channel.isArchived) return { answer: no('is_archived') };
  return { channel };
}

interface Content {
  text: string;
  blocks: Block[] | null;
  isTruncated: boolean;
}

function readContent(call: Call): { content: Content } | { answer: Answer } {
  const given = readBlocks(call.args.raw('blocks'), call.model.newId);
  if ('error' in given) return { answer: refuse(given) };
  const text = call.args.text('text') ?? '';
  if (text === '' && given.blocks === null) return { answer: no('no_text') };
  const isTruncated = text.length > TEXT_LIMIT;
  return { content: { text: text.slice(0, TEXT_LIMIT), blocks: given.blocks, isTruncated } };
}

/** The root to answer under; null for none. */
export function readThread(
  call: Call,
  channel: SlackChannel,
): { threadTs: string | null } | { answer: Answer } {
  const threadTs = call.args.text('thread_ts');
  if (threadTs === null) return { threadTs: null };
  const root = call.model.messages.find(channel.id, threadTs);
  // Slack is vague about both cases ("avoid using a reply's ts"); a bot that does either has a bug.
  if (root === null) return { answer: no('thread_not_found') };
  if (root.threadTs !== null) return { answer: no('cannot_reply_to_message') };
  return { threadTs };
}

function posted(call: Call, message: Message, isTruncated: boolean): Answer {
  const { workspace, messages } = call.model;
  return {
    ok: true,
    channel: message.channel,
    ts: message.ts,
    message: messageJson(workspace, messages, message, { withMetadata: true }),
    ...(isTruncated
      ? { warning: 'message_truncated', response_metadata: { warnings: ['message_truncated'] } }
      : {}),
  };
}

function postMessage(call: Call): Answer {
  const place = writableChannel(call);
  if ('answer' in place) return place.answer;
  const read = readContent(call);
  if ('answer' in read) return read.answer;
  const thread = readThread(call, place.channel);
  if ('answer' in thread) return thread.answer;
  const metadata = readMetadata(call.args.raw('metadata'));
  if ('error' in metadata) return refuse(metadata);
  const { bot } = call.model.workspace;
  const message = call.model.messages.post({
    channel: place.channel.id,
    user: bot.userId,
    botId: bot.botId,
    text: read.content.text,
    blocks: read.content.blocks,
    threadTs: thread.threadTs,
    isBroadcast: thread.threadTs !== null && call.args.flag('reply_broadcast'),
    metadata: metadata.metadata ?? null,
  });
  return posted(call, message, read.content.isTruncated);
}

function postEphemeral(call: Call): Answer {
  const place = writableChannel(call);
  if ('answer' in place) return place.answer;
  const to = call.args.text('user');
  if (to === null) return missing('user');
  const user = call.model.workspace.users.get(to);
  if (user === undefined || user.isDeleted) return no('user_not_found');
  if (!place.channel.members.has(to)) return no('user_not_in_channel');
  const read = readContent(call);
  if ('answer' in read) return read.answer;
  const thread = readThread(call, place.channel);
  if ('answer' in thread) return thread.answer;
  const { bot } = call.model.workspace;
  const ephemeral = call.model.messages.whisper({
    channel: place.channel.id,
    to,
    user: bot.userId,
    botId: bot.botId,
    text: read.content.text,
    blocks: read.content.blocks,
    threadTs: thread.threadTs,
  });
  return { ok: true, message_ts: ephemeral.ts };
}

/** chat.postMessage and chat.postEphemeral. */
export const chat: Methods = {
  'chat.postMessage': { token: 'bot', tier: 'post', scope: chatWrite, run: postMessage },
  'chat.postEphemeral': { token: 'bot', tier: 'tier4', scope: chatWrite, run: postEphemeral },
};
