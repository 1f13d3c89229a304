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
  /** Nobody can write or react there any more. */
  archived: boolean;
  externallyShared: boolean;
}

/** One human, across the workspaces of an enterprise: what "a second person" is judged by. */
export type PersonKey = string & { readonly [personKeyBrand]: true };
declare const personKeyBrand: unique symbol;

/** Who a user is: `enterprise_user.id` where Slack gives one, else team and user. Null: Slack names no team, so nobody
 * can tell that this is not the requester. */
export function personKeyOf(
  facts: Pick<PersonFacts, 'userId' | 'teamId' | 'enterpriseUserId'>,
): PersonKey | null {
  if (facts.enterpriseUserId !== null) return `enterprise ${facts.enterpriseUserId}` as PersonKey;
  return facts.teamId === null ? null : (`${facts.teamId} ${facts.userId}` as PersonKey);
}

/** Reads a stored key back. */
export function personKey(text: string): PersonKey {
  return text as PersonKey;
}

/** A person without what tells people apart. */
export function inPerson({ userId, teamId, name }: Person): Person {
  return { userId, teamId, name };
}
