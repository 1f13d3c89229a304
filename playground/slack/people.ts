import { type Clicked, clickButton } from './delivery/clicks.ts';
import { type SlashCommands, type Typed, typeCommand } from './delivery/slash-commands.ts';
import { slackText } from './delivery/typed-text.ts';
import type { SlackModel } from './model.ts';
import type { Ephemeral, Message } from './workspace/messages.ts';
import { addReaction, removeReaction } from './workspace/reactions.ts';
import { channelNamed, type SlackChannel, type SlackUser, userNamed } from './workspace/workspace.ts';

/** What people do in Slack. Users and channels by ID or name. Each throws for what a person can't do: mistakes of
 * the scenario. */
export interface People {
  type(user: string, channel: string, line: string): Promise<Typed>;
  /** Clicks the button with this `action_id` on a message, or on one that only they see. */
  click(user: string, channel: string, ts: string, actionId: string): Promise<Clicked>;
  /** What only this person was shown last in the channel; null: nothing. */
  newestWhisper(user: string, channel: string): Ephemeral | null;
  /** Resolves with the message's ts. */
  say(user: string, channel: string, text: string, threadTs?: string): Promise<string>;
  react(user: string, channel: string, ts: string, name: string): Promise<void>;
  unreact(user: string, channel: string, ts: string, name: string): Promise<void>;
  /** Deletes a message, whoever wrote it: everyone here is also an admin. Its thread stays. */
  deleteMessage(user: string, channel: string, ts: string): Promise<void>;
}

/** The people of the workspace, acting through this app's slash commands and buttons. */
export function peopleOf(slash: SlashCommands): People {
  const { model } = slash;
  return {
    type: (user, channel, line) => {
      const place = presence(model, user, channel);
      return typeCommand(slash, place.user, place.channel, line);
    },
    click: async (user, channel, ts, actionId) => {
      const place = presence(model, user, channel);
      return clickButton(slash, place.user, place.channel, ts, actionId);
    },
    newestWhisper: (user, channel) =>
      model.messages
        .ephemerals(channelNamed(model.workspace, channel).id, userNamed(model.workspace, user).id)
        .at(-1) ?? null,
    say: async (user, channel, text, threadTs) => {
      const place = presence(model, user, channel);
      if (place.channel.isArchived) throw new Error(`#${place.channel.name} is archived`);
      const message = model.messages.post({
        channel: place.channel.id,
        user: place.user.id,
        botId: null,
        text: slackText(model.workspace, text, { names: false }),
        threadTs: threadTs ?? null,
      });
      return message.ts;
    },
    react: async (user, channel, ts, name) => {
      const place = presence(model, user, channel);
      addReaction(model.changes, visibleMessage(model, place.channel, ts), place.user.id, name);
    },
    unreact: async (user, channel, ts, name) => {
      const place = presence(model, user, channel);
      removeReaction(model.changes, visibleMessage(model, place.channel, ts), place.user.id, name);
    },
    deleteMessage: async (user, channel, ts) => {
      const place = presence(model, user, channel);
      model.messages.remove(visibleMessage(model, place.channel, ts));
    },
  };
}

function presence(model: SlackModel, userName: string, channelName: string) {
  const user: SlackUser = userNamed(model.workspace, userName);
  const channel: SlackChannel = channelNamed(model.workspace, channelName);
  if (user.isDeleted) throw new Error(`${user.name} is deactivated`);
  if (!channel.members.has(user.id)) throw new Error(`${user.name} is not in #${channel.name}`);
  return { user, channel };
}

/** Ephemeral messages can't be reacted to, so they are not looked for. */
function visibleMessage(model: SlackModel, channel: SlackChannel, ts: string): Message {
  const message = model.messages.find(channel.id, ts);
  if (message === null) throw new Error(`#${channel.name} has no message ${ts} that everyone can see`);
  return message;
}
