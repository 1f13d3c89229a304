import { readBlocks, readMetadata, UPDATE_TEXT_LIMIT } from '../rules/message-content.ts';
import { messageJson } from '../workspace/message-json.ts';
import { botIsIn, channelByReference } from '../workspace/workspace.ts';
import { refuse, writableChannel } from './chat.ts';
import { type Answer, type Call, type Methods, missing, no } from './method.ts';

function update(call: Call): Answer {
  const place = writableChannel(call);
  if ('answer' in place) return place.answer;
  const ts = call.args.text('ts');
  if (ts === null) return missing('ts');
  const message = call.model.messages.find(place.channel.id, ts);
  if (message === null) return no('message_not_found');
  const { workspace, messages } = call.model;
  if (message.user !== workspace.bot.userId) return no('cant_update_message');
  const given = readBlocks(call.args.raw('blocks'), call.model.newId);
  if ('error' in given) return refuse(given);
  const text = call.args.text('text');
  if (text === null && given.blocks === null) return no('no_text');
  if ((text ?? '').length > UPDATE_TEXT_LIMIT) return no('msg_too_long');
  const metadata = readMetadata(call.args.raw('metadata'));
  if ('error' in metadata) return refuse(metadata);
  messages.edit(message, {
    text: text ?? message.text,
    blocks: given.blocks,
    ...(metadata.metadata === undefined ? {} : { metadata: metadata.metadata }),
  });
  return {
    ok: true,
    channel: message.channel,
    ts: message.ts,
    text: message.text,
    message: messageJson(workspace, messages, message, { withMetadata: true }),
  };
}

function getPermalink(call: Call): Answer {
  const reference = call.args.text('channel');
  if (reference === null) return missing('channel');
  const ts = call.args.text('message_ts');
  if (ts === null) return missing('message_ts');
  const { workspace, messages } = call.model;
  const channel = channelByReference(workspace, reference);
  if (channel === null || (channel.kind !== 'public' && !botIsIn(workspace, channel))) {
    return no('channel_not_found');
  }
  const message = messages.find(channel.id, ts);
  if (message === null) return no('message_not_found');
  const link = `${call.baseUrl}/archives/${channel.id}/p${ts.replace('.', '')}`;
  const thread = message.threadTs === null ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  return { ok: true, channel: channel.id, permalink: link + thread };
}

/** chat.update and chat.getPermalink. */
export const chatExisting: Methods = {
  'chat.update': { token: 'bot', tier: 'tier3', scope: () => 'chat:write', run: update },
  'chat.getPermalink': { token: 'bot', tier: 'special', scope: () => null, run: getPermalink },
};
