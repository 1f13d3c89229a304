import type { ChannelId, TeamId, UserId } from './ids.ts';

/** Who typed, as Slack named them at that time. `name` is for reading only: it can be changed by its owner. */
export interface Person {
  userId: UserId;
  teamId: TeamId;
  name: string;
}

/** What Slack says of a user now. Source: Slack users.info. */
export interface PersonFacts {
  userId: UserId;
  /** Null: Slack named no team, so nothing can be granted. */
  teamId: TeamId | null;
  /** The same human across the workspaces of an enterprise. */
  enterpriseUserId: string | null;
  name: string;
  /** IANA zone, null when Slack does not tell. */
  timeZone: string | null;
  standing: 'full' | 'bot' | 'guest' | 'deactivated';
}

/** What Slack says of a channel now. Source: Slack conversations.info. */
export interface ChannelFacts {
  id: ChannelId;
  kind: 'channel' | 'direct';
  botIsMember: boolean;
  externallyShared: boolean;
}
