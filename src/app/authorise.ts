import type { Risk } from '../domain/command.ts';
import type { ChannelId, TeamId, UserGroupId, UserId } from '../domain/ids.ts';
import type { ChannelFacts, PersonFacts } from '../domain/person.ts';
import { ok, type Refusal, type Result, refuse } from '../domain/refusal.ts';
import { ChatFault } from './faults.ts';
import type { People, TypedCommand } from './ports.ts';

/** Who may do what, where; from the configuration. */
export interface Rules {
  operators: { users: UserId[]; groups: UserGroupId[] };
  approvers: { users: UserId[]; groups: UserGroupId[] };
  /** Null: every channel that the bot is a member of. */
  channels: ChannelId[] | null;
  approvals: ApprovalRules;
}

/** How two people decide. Milliseconds. */
export interface ApprovalRules {
  /** Votes that are enough; never below 1. */
  needed: number;
  /** The one emoji that approves, by its name. */
  approving: string;
  /** How long a call waits in sight after the last vote that it needed. */
  holdMs: number;
  expiryMs: number;
}

const nobody: Rules['approvers'] = { users: [], groups: [] };

/** Whether this person may have this done in this place, asked of Slack now. Fails closed: whoever can't be
 * judged is refused (promise 10). */
export async function authorise(
  people: People,
  rules: Rules,
  typed: Pick<TypedCommand, 'user' | 'channel'>,
  risk: Risk,
  /** Whoever else may: taking something back is open to those who could have refused it. */
  also: Rules['approvers'] = nobody,
): Promise<Result<PersonFacts | null>> {
  if (risk === 'read')
    return rules.channels === null || rules.channels.includes(typed.channel)
      ? ok(null)
      : refuse({ code: 'channel-not-allowed', allowed: rules.channels });
  try {
    const place = await askPlace(people, rules, typed.channel);
    if (place !== null) return refuse(place);
    const facts = await people.person(typed.user);
    const standing = judgeStanding(facts, people.team);
    if (standing !== null || facts === null)
      return refuse(standing ?? { code: 'person-unknown', why: 'Slack knows no such user' });
    const { users, groups } = rules.operators;
    const entitled = { users: [...users, ...also.users], groups: [...groups, ...also.groups] };
    if (await isEntitled(people, entitled, facts.userId)) return ok(facts);
    return refuse({
      code: 'not-operator',
      user: typed.user,
      operatorsConfigured: users.length + groups.length > 0,
    });
  } catch (fault) {
    if (fault instanceof ChatFault) return refuse({ code: 'person-unknown', why: fault.message });
    throw fault;
  }
}

async function askPlace(people: People, rules: Rules, channel: ChannelId): Promise<Refusal | null> {
  try {
    return judgePlace(await people.channel(channel), rules);
  } catch (fault) {
    if (fault instanceof ChatFault) return { code: 'channel-unknown', why: fault.message };
    throw fault;
  }
}

/** Whether a user is named, or is in a named group now. An empty list entitles nobody. */
export async function isEntitled(
  people: People,
  entitled: { users: UserId[]; groups: UserGroupId[] },
  user: UserId,
): Promise<boolean> {
  if (entitled.users.includes(user)) return true;
  for (const group of entitled.groups) if ((await people.membersOf(group)).includes(user)) return true;
  return false;
}

/** What speaks against changing a cluster from this channel, or null. */
export function judgePlace(channel: ChannelFacts | null, rules: Pick<Rules, 'channels'>): Refusal | null {
  // A private channel that the bot isn't in is invisible to it.
  if (channel === null) return { code: 'bot-not-in-channel' };
  if (channel.kind === 'direct') return { code: 'direct-message' };
  if (channel.externallyShared) return { code: 'shared-channel' };
  if (rules.channels !== null && !rules.channels.includes(channel.id))
    return { code: 'channel-not-allowed', allowed: rules.channels };
  return channel.botIsMember ? null : { code: 'bot-not-in-channel' };
}

/** What speaks against a person of this standing, or null. */
export function judgeStanding(person: PersonFacts | null, team: TeamId): Refusal | null {
  if (person === null) return { code: 'person-unknown', why: 'Slack knows no such user' };
  if (person.standing !== 'full') return { code: 'not-a-member-of-workspace', why: person.standing };
  if (person.teamId === null) return { code: 'not-a-member-of-workspace', why: 'no-team' };
  return person.teamId === team ? null : { code: 'not-a-member-of-workspace', why: 'other-workspace' };
}
