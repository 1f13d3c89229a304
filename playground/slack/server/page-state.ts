import type { SlackModel } from '../model.ts';
import type { Ephemeral, Message } from '../workspace/messages.ts';
import { botIsIn, type SlackChannel, type SlackUser } from '../workspace/workspace.ts';

/** What one person sees in one channel, for the page. The page does the drawing. */
export function pageState(model: SlackModel, me: SlackUser, channel: SlackChannel): Record<string, unknown> {
  const { workspace, messages } = model;
  const whispers = messages.ephemerals(channel.id, me.id);
  const all = messages.inChannel(channel.id);
  const roots = [...new Set([...all, ...whispers].flatMap((each) => each.threadTs ?? []))];
  const inOrder = (shown: (Message | Ephemeral)[]) =>
    shown.sort((a, b) => (a.ts < b.ts ? -1 : 1)).map((each) => item(model, each));
  return {
    now: model.clock.now(),
    team: workspace.team.name,
    me: me.id,
    channel: channel.id,
    bot: workspace.bot.userId,
    people: [...workspace.users.values()].map((each) => ({
      id: each.id,
      name: each.name,
      realName: each.realName,
      tag: tagOf(model, each),
      groups: groupsOf(model, each),
    })),
    groups: [...workspace.groups.values()].map((each) => ({ id: each.id, name: each.handle })),
    channels: channelsOf(model, me).map((each) => ({
      id: each.id,
      name: each.name,
      kind: each.kind,
      isShared: each.isExtShared,
      hasBot: botIsIn(workspace, each),
    })),
    commands: [...model.app.commands.keys()],
    items: inOrder([...messages.timeline(channel.id), ...whispers.filter((each) => each.threadTs === null)]),
    threads: Object.fromEntries(
      roots.map((root) => [
        root,
        inOrder([
          ...messages.replies(channel.id, root),
          ...whispers.filter((each) => each.threadTs === root),
        ]),
      ]),
    ),
  };
}

/** The conversations a person is in. */
export function channelsOf(model: SlackModel, person: SlackUser): SlackChannel[] {
  return [...model.workspace.channels.values()].filter((each) => each.members.has(person.id));
}

function item(model: SlackModel, shown: Message | Ephemeral): Record<string, unknown> {
  const common = {
    ts: shown.ts,
    user: shown.user,
    isApp: shown.botId !== null,
    text: shown.text,
    blocks: shown.blocks,
    threadTs: shown.threadTs,
  };
  if ('to' in shown) return { ...common, isOnlyForMe: true, reactions: [], files: [] };
  return {
    ...common,
    isOnlyForMe: false,
    isBroadcast: shown.isBroadcast,
    isEdited: shown.editedTs !== null,
    reactions: shown.reactions,
    files: shown.files.map(({ id, name, title, text }) => ({ id, name, title, text })),
    replies: model.messages.replies(shown.channel, shown.ts).length,
  };
}

/** Handles of the user groups a person is in. */
function groupsOf(model: SlackModel, user: SlackUser): string[] {
  const mine = [...model.workspace.groups.values()].filter((each) => each.users.includes(user.id));
  return mine.filter((each) => !each.isDisabled).map((each) => each.handle);
}

function tagOf(model: SlackModel, user: SlackUser): string | null {
  if (user.isDeleted) return 'deactivated';
  if (user.isBot || user.id === 'USLACKBOT') return 'app';
  if (user.teamId !== model.workspace.team.id) return 'external';
  return user.isRestricted || user.isUltraRestricted ? 'guest' : null;
}
