import type { SlackChannel, SlackUser, Workspace } from './workspace.ts';

export interface UserSpec {
  id: string;
  name: string;
  realName?: string;
  /** Absent: the workspace's own team. */
  teamId?: string;
  isBot?: boolean;
  isDeleted?: boolean;
  isRestricted?: boolean;
  isUltraRestricted?: boolean;
  isStranger?: boolean;
  enterpriseUserId?: string;
  /** Absent: that of UTC. */
  timeZone?: string | null;
}

export interface ChannelSpec {
  id: string;
  name: string;
  kind: SlackChannel['kind'];
  /** User IDs, the bot's included where it was invited. */
  members: string[];
  isArchived?: boolean;
  isExtShared?: boolean;
}

/** A workspace as written down by a scenario. */
export interface WorkspaceSpec {
  team: { id: string; name: string; domain: string; enterpriseId?: string };
  bot: { userId: string; botId: string; appId: string; name: string };
  users: UserSpec[];
  channels: ChannelSpec[];
  groups: { id: string; handle: string; name: string; users: string[] }[];
}

const [bot, mara, dev] = ['U0MESOSBOT', 'U0MARA0001', 'U0DEV00001'];
const [ines, sam] = ['U0INES0001', 'U0SAM00001'];
const [guest, gone, partner, ci] = ['U0GUEST001', 'U0GONE0001', 'U0PARTNER1', 'U0CIBOT001'];

/** Three operators who may also approve, someone without rights, everyone who must never get a vote, and one channel of each kind. */
export const defaultWorkspace: WorkspaceSpec = {
  team: { id: 'T0LOCAL001', name: 'Playground', domain: 'playground' },
  bot: { userId: bot, botId: 'B0MESOSBOT', appId: 'A0MESOSBOT', name: 'mesosbot' },
  users: [
    { id: mara, name: 'mara', realName: 'Mara Lind' },
    { id: dev, name: 'dev', realName: 'Dev Anand', timeZone: 'Europe/Berlin' },
    { id: ines, name: 'ines', realName: 'Ines Ortiz', timeZone: null },
    { id: sam, name: 'sam', realName: 'Sam Ortega' },
    { id: guest, name: 'guest', realName: 'Gil Guest', isRestricted: true },
    { id: gone, name: 'gone', realName: 'Gus Gone', isDeleted: true },
    { id: partner, name: 'partner', realName: 'Pat Partner', teamId: 'T0PARTNER1' },
    { id: ci, name: 'ci', realName: 'CI', isBot: true },
  ],
  channels: [
    {
      id: 'C0MESOSOPS',
      name: 'mesos-ops',
      kind: 'public',
      members: [bot, mara, dev, ines, sam, guest, gone, ci],
    },
    { id: 'C0RANDOM01', name: 'random', kind: 'public', members: [mara, dev, sam] },
    {
      id: 'C0SHARED01',
      name: 'shared-with-partner',
      kind: 'public',
      members: [bot, mara, dev, partner],
      isExtShared: true,
    },
    { id: 'C0PRIVATE1', name: 'sre-private', kind: 'private', members: [bot, mara, dev] },
    { id: 'C0SECRET01', name: 'secret', kind: 'private', members: [mara, dev] },
    { id: 'D0MARABOT1', name: 'mesosbot and mara', kind: 'im', members: [bot, mara] },
    { id: 'D0MARADEV1', name: 'dev and mara', kind: 'im', members: [mara, dev] },
  ],
  groups: [
    { id: 'S0OPERATOR', handle: 'mesos-operators', name: 'Mesos operators', users: [mara, dev, ines] },
    { id: 'S0APPROVER', handle: 'mesos-approvers', name: 'Mesos approvers', users: [mara, dev, ines] },
    { id: 'S0LEADS001', handle: 'mesos-leads', name: 'Mesos leads', users: [ines] },
  ],
};

function userFrom(spec: UserSpec, teamId: string): SlackUser {
  return {
    id: spec.id,
    name: spec.name,
    realName: spec.realName ?? spec.name,
    teamId: spec.teamId ?? teamId,
    isBot: spec.isBot ?? false,
    isDeleted: spec.isDeleted ?? false,
    isRestricted: spec.isRestricted ?? spec.isUltraRestricted ?? false,
    isUltraRestricted: spec.isUltraRestricted ?? false,
    isStranger: spec.isStranger ?? false,
    enterpriseUserId: spec.enterpriseUserId ?? null,
    timeZone: spec.timeZone === undefined ? 'Etc/UTC' : spec.timeZone,
  };
}

/** A living workspace; the spec is not touched by what happens in it. */
export function workspaceFrom(spec: WorkspaceSpec): Workspace {
  const people: UserSpec[] = [
    ...spec.users,
    { id: spec.bot.userId, name: spec.bot.name, isBot: true },
    { id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot' },
  ];
  return {
    team: { ...spec.team, enterpriseId: spec.team.enterpriseId ?? null },
    bot: { userId: spec.bot.userId, botId: spec.bot.botId, appId: spec.bot.appId },
    users: new Map(people.map((each) => [each.id, userFrom(each, spec.team.id)])),
    channels: new Map(
      spec.channels.map((each) => [
        each.id,
        {
          id: each.id,
          name: each.name,
          kind: each.kind,
          isArchived: each.isArchived ?? false,
          isExtShared: each.isExtShared ?? false,
          members: new Set(each.members),
        },
      ]),
    ),
    groups: new Map(
      spec.groups.map((each) => [each.id, { ...each, users: [...each.users], isDisabled: false }]),
    ),
  };
}
