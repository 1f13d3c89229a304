import type { SlackChannel, SlackUser } from '../workspace/workspace.ts';
import { type Answer, type Call, type Methods, no } from './method.ts';

/** The bot's conversation with one person: the one there is, or a new one. */
function open(call: Call): Answer {
  const { workspace } = call.model;
  const users = call.args.text('users');
  if (users === null) return no('users_list_not_supplied');
  const user = workspace.users.get(users);
  if (user === undefined) return no('user_not_found');
  if (user.isDeleted) return no('user_disabled');
  const bot = workspace.bot.userId;
  const there = [...workspace.channels.values()].find(
    ({ kind, members }) => kind === 'im' && members.size === 2 && members.has(bot) && members.has(user.id),
  );
  const channel = there ?? made(call, user);
  return {
    ok: true,
    ...(there === undefined ? {} : { no_op: true, already_open: true }),
    channel: { id: channel.id },
  };
}

function made({ model: { workspace } }: Call, user: SlackUser): SlackChannel {
  const channel: SlackChannel = {
    id: `D${user.id}`,
    name: `${workspace.users.get(workspace.bot.userId)?.name ?? 'bot'} and ${user.name}`,
    kind: 'im',
    isArchived: false,
    isExtShared: false,
    members: new Set([workspace.bot.userId, user.id]),
  };
  workspace.channels.set(channel.id, channel);
  return channel;
}

/** conversations.open, for one person. */
export const directs: Methods = {
  'conversations.open': { token: 'bot', tier: 'tier3', scope: () => 'im:write', run: open },
};
