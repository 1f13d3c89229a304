import { fileJson } from './files.ts';
import type { Message, MessageLog } from './messages.ts';
import type { Workspace } from './workspace.ts';

export interface ShownAs {
  /** include_all_metadata was asked for. */
  withMetadata: boolean;
}

/** A message as the Web API and events show it (Slack: message object). */
export function messageJson(
  workspace: Workspace,
  log: MessageLog,
  message: Message,
  shown: ShownAs,
): Record<string, unknown> {
  const replies = message.threadTs === null ? log.replies(message.channel, message.ts) : [];
  const last = replies.at(-1);
  return {
    type: 'message',
    ...(message.files.length === 0
      ? {}
      : { files: message.files.map((each) => fileJson(workspace, each)), upload: true }),
    ...(message.isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: workspace.team.id,
    ...(message.botId === null ? {} : { bot_id: message.botId, app_id: workspace.bot.appId }),
    ...(message.blocks === null ? {} : { blocks: message.blocks }),
    ...(message.editedTs === null ? {} : { edited: { user: message.user, ts: message.editedTs } }),
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(last === undefined
      ? {}
      : {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((each) => each.user))],
          latest_reply: last.ts,
        }),
    ...(shown.withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
    ...(message.reactions.length === 0 ? {} : { reactions: message.reactions.map(reactionJson) }),
  };
}

function reactionJson(reaction: { name: string; users: string[] }): Record<string, unknown> {
  return { name: reaction.name, users: [...reaction.users], count: reaction.users.length };
}
