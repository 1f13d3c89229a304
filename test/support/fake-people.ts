import { ChatFault } from '../../src/app/faults.ts';
import type { People, PolicyInForce } from '../../src/app/ports.ts';
import type { ChannelFacts, PersonFacts } from '../../src/domain/person.ts';
import { defaultPolicy, type Policy } from '../../src/domain/policy.ts';
import { alice, channel, home } from './samples.ts';

/** alice, a full member of the bot's workspace. */
export function personFacts(over: Partial<PersonFacts> = {}): PersonFacts {
  return {
    userId: alice.userId,
    teamId: home,
    enterpriseUserId: null,
    name: 'alice',
    timeZone: 'Europe/Berlin',
    standing: 'full',
    ...over,
  };
}

/** The default policy with these changes, in force and fine. */
export function policyInForce(over: Partial<Policy> = {}): PolicyInForce {
  return { current: () => ({ ...defaultPolicy, ...over }), trouble: () => null };
}

/** #ops, with the bot in it. */
export function channelFacts(over: Partial<ChannelFacts> = {}): ChannelFacts {
  return {
    id: channel,
    kind: 'channel',
    botIsMember: true,
    archived: false,
    externallyShared: false,
    ...over,
  };
}

/** A Slack that knows one person, one channel and one group, and fails where it is told to. */
export function fakePeople(
  says: {
    person?: PersonFacts | null;
    channel?: ChannelFacts | null;
    members?: PersonFacts['userId'][];
    failing?: 'person' | 'channel' | 'membersOf' | null;
  } = {},
) {
  const { failing = null, members = [] } = says;
  const asked: string[] = [];
  const answer = async <T>(what: NonNullable<typeof failing>, value: T): Promise<T> => {
    asked.push(what);
    if (failing === what) throw new ChatFault('Slack does not answer');
    return value;
  };
  const people: People = {
    team: home,
    person: () => answer('person', says.person === undefined ? personFacts() : says.person),
    channel: () => answer('channel', says.channel === undefined ? channelFacts() : says.channel),
    membersOf: () => answer('membersOf', members),
  };
  return { people, asked };
}
