/** A person or a bot as Slack knows it. Mutable on purpose: tests deactivate people and change guests. */
export interface SlackUser {
  readonly id: string;
  name: string;
  realName: string;
  /** The workspace the account belongs to; another one than ours for Slack Connect people. */
  teamId: string;
  isBot: boolean;
  isDeleted: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  /** True only for outsiders who share no channel with us; false says nothing (slack-notes: Slack Connect). */
  isStranger: boolean;
  /** The same human's ID across an Enterprise Grid, or null outside one. */
  enterpriseUserId: string | null;
  /** IANA name; null: Slack tells none. */
  timeZone: string | null;
}

export interface SlackChannel {
  readonly id: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  isArchived: boolean;
  isExtShared: boolean;
  members: Set<string>;
}

export interface UserGroup {
  readonly id: string;
  handle: string;
  name: string;
  users: string[];
  isDisabled: boolean;
}

export interface Team {
  id: string;
  name: string;
  domain: string;
  /** Null outside an Enterprise Grid. */
  enterpriseId: string | null;
}

export interface BotIdentity {
  userId: string;
  botId: string;
  appId: string;
}

/** Who and what there is in the workspace; messages are elsewhere. */
export interface Workspace {
  readonly team: Team;
  readonly bot: BotIdentity;
  readonly users: Map<string, SlackUser>;
  readonly channels: Map<string, SlackChannel>;
  readonly groups: Map<string, UserGroup>;
}

/** The account by ID or name. Throws when there is none: a mistake of the scenario, not of the bot. */
export function userNamed(workspace: Workspace, idOrName: string): SlackUser {
  const name = idOrName.replace(/^@/, '');
  const user = workspace.users.get(name) ?? [...workspace.users.values()].find((each) => each.name === name);
  if (user === undefined) throw new Error(`nobody in this workspace is called ${idOrName}`);
  return user;
}

/** The channel by ID or name, with or without #. Throws when there is none. */
export function channelNamed(workspace: Workspace, idOrName: string): SlackChannel {
  const channel = channelByReference(workspace, idOrName);
  if (channel === null) throw new Error(`this workspace has no channel ${idOrName}`);
  return channel;
}

/** What the `channel` argument of a Web API method means: an ID, a name, or #name; null when unknown. */
export function channelByReference(workspace: Workspace, reference: string): SlackChannel | null {
  const name = reference.replace(/^#/, '');
  const byId = workspace.channels.get(reference);
  if (byId !== undefined) return byId;
  return [...workspace.channels.values()].find((each) => each.name === name && each.kind !== 'im') ?? null;
}

/** Whether the bot was invited to the channel. */
export function botIsIn(workspace: Workspace, channel: SlackChannel): boolean {
  return channel.members.has(workspace.bot.userId);
}
