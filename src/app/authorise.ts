import type { Risk } from '../domain/command.ts';
import type { ChannelId, TeamId, UserId } from '../domain/ids.ts';
import type { ChannelFacts, PersonFacts } from '../domain/person.ts';
import type { Entitled, Policy } from '../domain/policy.ts';
import { ok, type Refusal, type Result, refuse } from '../domain/refusal.ts';
import { ChatFault } from './faults.ts';
import type { People, TypedCommand } from './ports.ts';

/** Entitles nobody. */
export const nobody: Entitled = { users: [], groups: [] };

/** Whether this person may have this done in this place, asked of Slack now. Fails closed: whoever can't be
 * judged is refused (promise 10). */
export async function authorise(
  people: People,
  policy: Policy,
  typed: Pick<TypedCommand, 'user' | 'channel'>,
  risk: Risk,
  /** Whoever else may: taking something back is open to those who could have refused it. */
  also: Entitled = nobody,
): Promise<Result<PersonFacts | null>> {
  if (risk === 'read')
    return policy.channels === null || policy.channels.includes(typed.channel)
      ? ok(null)
      : refuse({ code: 'channel-not-allowed', allowed: policy.channels });
  try {
    const place = await askPlace(people, policy, typed.channel);
    if (place !== null) return refuse(place);
    const facts = await people.person(typed.user);
    const standing = judgeStanding(facts, people.team);
    if (standing !== null || facts === null)
      return refuse(standing ?? { code: 'person-unknown', why: 'Slack knows no such user' });
    const { users, groups } = policy.operators;
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

async function askPlace(people: People, policy: Policy, channel: ChannelId): Promise<Refusal | null> {
  try {
    return judgePlace(await people.channel(channel), policy);
  } catch (fault) {
    if (fault instanceof ChatFault) return { code: 'channel-unknown', why: fault.message };
    throw fault;
  }
}

/** Whether a user is named, or is in a named group now. An empty list entitles nobody. */
export async function isEntitled(people: People, entitled: Entitled, user: UserId): Promise<boolean> {
  if (entitled.users.includes(user)) return true;
  for (const group of entitled.groups) if ((await people.membersOf(group)).includes(user)) return true;
  return false;
}

/** What speaks against changing a cluster from this channel, or null. */
export function judgePlace(channel: ChannelFacts | null, policy: Pick<Policy, 'channels'>): Refusal | null {
  // A private channel that the bot isn't in is invisible to it.
  if (channel === null) return { code: 'bot-not-in-channel' };
  if (channel.kind === 'direct') return { code: 'direct-message' };
  if (channel.externallyShared) return { code: 'shared-channel' };
  if (policy.channels !== null && !policy.channels.includes(channel.id))
    return { code: 'channel-not-allowed', allowed: policy.channels };
  return channel.botIsMember ? null : { code: 'bot-not-in-channel' };
}

/** What speaks against a person of this standing, or null. */
export function judgeStanding(person: PersonFacts | null, team: TeamId): Refusal | null {
  if (person === null) return { code: 'person-unknown', why: 'Slack knows no such user' };
  if (person.standing !== 'full') return { code: 'not-a-member-of-workspace', why: person.standing };
  if (person.teamId === null) return { code: 'not-a-member-of-workspace', why: 'no-team' };
  return person.teamId === team ? null : { code: 'not-a-member-of-workspace', why: 'other-workspace' };
}
