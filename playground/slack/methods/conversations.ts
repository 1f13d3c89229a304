import { messageJson } from '../workspace/message-json.ts';
import type { Message } from '../workspace/messages.ts';
import { microseconds } from '../workspace/timestamps.ts';
import { botIsIn, channelByReference, type SlackChannel } from '../workspace/workspace.ts';
import { type Answer, type Call, conversationScope, type Methods, missing, no } from './method.ts';
import { badCursor, pageOf } from './page-of.ts';

function asked(call: Call): SlackChannel | null {
  const channel = channelByReference(call.model.workspace, call.args.text('channel') ?? '');
  // What is private and not shared with the bot doesn't exist for it.
  if (channel !== null && channel.kind !== 'public' && !botIsIn(call.model.workspace, channel)) return null;
  return channel;
}

const canRead = (call: Call) => conversationScope(asked(call), 'read');
const canReadHistory = (call: Call) => conversationScope(asked(call), 'history');

function info(call: Call): Answer {
  if (call.args.text('channel') === null) return missing('channel');
  const channel = asked(call);
  if (channel === null) return no('channel_not_found');
  const { team } = call.model.workspace;
  const isIm = channel.kind === 'im';
  const other = [...channel.members].find((each) => each !== call.model.workspace.bot.userId);
  return {
    ok: true,
    channel: {
      id: channel.id,
      ...(isIm ? { user: other } : { name: channel.name, name_normalized: channel.name }),
      is_channel: channel.kind === 'public',
      is_group: false,
      is_im: isIm,
      is_mpim: false,
      is_private: channel.kind !== 'public',
      is_archived: channel.isArchived,
      is_member: botIsIn(call.model.workspace, channel),
      is_shared: channel.isExtShared,
      is_ext_shared: channel.isExtShared,
      is_org_shared: false,
      is_pending_ext_shared: false,
      context_team_id: team.id,
      ...(call.args.flag('include_num_members') ? { num_members: channel.members.size } : {}),
    },
  };
}

function members(call: Call): Answer {
  if (call.args.text('channel') === null) return missing('channel');
  const channel = asked(call);
  if (channel === null) return no('channel_not_found');
  const page = pageOf([...channel.members], call.args.count('limit', 100, 1, 999), call.args.text('cursor'));
  if (page === null) return badCursor();
  return { ok: true, members: page.items, response_metadata: { next_cursor: page.next } };
}

/** `oldest` and `latest` leave out their own moment unless `inclusive`; null when one of them is no time. */
function between(call: Call, messages: Message[]): Message[] | null {
  const oldest = microseconds(call.args.text('oldest') ?? '0');
  const latest = microseconds(call.args.text('latest') ?? '9999999999');
  if (oldest === null || latest === null) return null;
  const isInclusive = call.args.flag('inclusive');
  return messages.filter((each) => {
    const at = microseconds(each.ts) ?? 0;
    return isInclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function listed(call: Call, messages: Message[], limit: number): Answer {
  const page = pageOf(messages, limit, call.args.text('cursor'));
  if (page === null) return badCursor();
  const withMetadata = call.args.flag('include_all_metadata');
  const { workspace, messages: log } = call.model;
  return {
    ok: true,
    messages: page.items.map((each) => messageJson(workspace, log, each, { withMetadata })),
    has_more: page.next !== '',
    ...(page.next === '' ? {} : { response_metadata: { next_cursor: page.next } }),
  };
}

function readable(call: Call): SlackChannel | Answer {
  if (call.args.text('channel') === null) return missing('channel');
  const channel = asked(call);
  if (channel === null) return no('channel_not_found');
  return botIsIn(call.model.workspace, channel) ? channel : no('not_in_channel');
}

/** Newest first, without replies that were not broadcast. */
function history(call: Call): Answer {
  const channel = readable(call);
  if ('ok' in channel) return channel;
  const messages = between(call, call.model.messages.timeline(channel.id));
  if (messages === null) return no('invalid_ts_oldest');
  return listed(call, messages.reverse(), call.args.count('limit', 100, 1, 999));
}

/** The root, whatever the bounds, then its replies, oldest first. */
function replies(call: Call): Answer {
  const channel = readable(call);
  if ('ok' in channel) return channel;
  const ts = call.args.text('ts');
  if (ts === null) return missing('ts');
  const log = call.model.messages;
  const found = log.find(channel.id, ts);
  const root = found?.threadTs == null ? found : log.find(channel.id, found.threadTs);
  if (root === null) return no('thread_not_found');
  const under = between(call, log.replies(channel.id, root.ts));
  if (under === null) return no('invalid_ts_oldest');
  return listed(call, [root, ...under], call.args.count('limit', 1000, 1, 1000));
}

/** conversations.info, .members, .history and .replies. */
export const conversations: Methods = {
  'conversations.info': { token: 'bot', tier: 'tier3', scope: canRead, run: info },
  'conversations.members': { token: 'bot', tier: 'tier4', scope: canRead, run: members },
  'conversations.history': { token: 'bot', tier: 'tier3', scope: canReadHistory, run: history },
  'conversations.replies': { token: 'bot', tier: 'tier3', scope: canReadHistory, run: replies },
};
