import type { WebClient } from '@slack/web-api';
import { ChatFault } from '../app/faults.ts';
import type { People } from '../app/ports.ts';
import { type TeamId, teamId, userId } from '../domain/ids.ts';
import type { ChannelFacts, PersonFacts } from '../domain/person.ts';
import { read } from './ask.ts';

/** Who is who, asked of Slack each time; nothing is kept. */
export function slackPeople(client: WebClient, team: TeamId): People {
  return {
    team,
    async person(user) {
      const answer = await read(['user_not_found', 'users_not_found', 'user_not_visible'], () =>
        client.users.info({ user }),
      );
      return answer === null ? null : shaped(() => personFacts(answer.user));
    },
    async membersOf(group) {
      const answer = await read([], () => client.usergroups.users.list({ usergroup: group }));
      return shaped(() => (answer?.users ?? []).map(userId));
    },
    async channel(channel) {
      // Asking about those would take a scope of its own (im:read), and the id tells.
      if (channel.startsWith('D')) {
        return { id: channel, kind: 'direct', botIsMember: false, archived: false, externallyShared: false };
      }
      const answer = await read(['channel_not_found'], () => client.conversations.info({ channel }));
      return answer?.channel === undefined ? null : { id: channel, ...channelFacts(answer.channel) };
    },
  };
}

type User = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;
type Channel = NonNullable<Awaited<ReturnType<WebClient['conversations']['info']>>['channel']>;

function personFacts(user: User | undefined): PersonFacts {
  if (user?.id === undefined) throw new ChatFault('Slack told of a user without saying which');
  return {
    userId: userId(user.id),
    teamId: user.team_id === undefined ? null : teamId(user.team_id),
    enterpriseUserId: user.enterprise_user?.id ?? null,
    name: user.profile?.display_name || user.profile?.real_name || user.name || user.id,
    timeZone: user.tz ?? null,
    standing: standingOf(user),
  };
}

/** The first that applies bars most. Every flag may be missing (slack-notes B.10). */
function standingOf(user: User): PersonFacts['standing'] {
  const flags: Record<string, unknown> = { ...user };
  if (user.deleted === true) return 'deactivated';
  if (['is_bot', 'is_app_user', 'is_workflow_bot', 'is_connector_bot'].some((flag) => flags[flag] === true)) {
    return 'bot';
  }
  if (['is_restricted', 'is_ultra_restricted', 'is_stranger'].some((flag) => flags[flag] === true)) {
    return 'guest';
  }
  return 'full';
}

function channelFacts(channel: Channel): Omit<ChannelFacts, 'id'> {
  return {
    kind: channel.is_im === true || channel.is_mpim === true ? 'direct' : 'channel',
    botIsMember: channel.is_member === true,
    archived: channel.is_archived === true,
    // `is_shared` is also true of channels shared within one Enterprise Grid: those are `is_org_shared`.
    externallyShared:
      channel.is_ext_shared === true ||
      channel.is_pending_ext_shared === true ||
      (channel.is_shared === true && channel.is_org_shared !== true),
  };
}

/** An id that is none of Slack's is no answer. */
function shaped<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ChatFault
      ? error
      : new ChatFault("Slack's answer makes no sense", { cause: error });
  }
}
