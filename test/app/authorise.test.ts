import { describe, expect, it } from '@jest/globals';
import { authorise, isEntitled } from '../../src/app/authorise.ts';
import type { Risk } from '../../src/domain/command.ts';
import { channelId, teamId, userGroupId } from '../../src/domain/ids.ts';
import { defaultPolicy, type Policy } from '../../src/domain/policy.ts';
import { channelFacts, fakePeople, personFacts } from '../support/fake-people.ts';
import { alice, bob, channel } from '../support/samples.ts';

const group = userGroupId('S0OPS');
const elsewhere = channelId('C0ELSEWHERE');
const nobody = { users: [], groups: [] };
const typed = { user: alice.userId, channel };

function policy(over: Partial<Policy> = {}): Policy {
  return {
    ...defaultPolicy,
    operators: { users: [alice.userId], groups: [] },
    channels: [channel],
    ...over,
  };
}

type Slack = Parameters<typeof fakePeople>[0];

const judge = (risk: Risk, slack: Slack, over: Partial<Policy>) =>
  authorise(fakePeople(slack).people, policy(over), typed, risk);

describe('a command that changes a cluster', () => {
  it.each<[string, Slack, Partial<Policy>]>([
    ['an operator by name', {}, {}],
    ['an operator by group', { members: [alice.userId] }, { operators: { users: [], groups: [group] } }],
    ['an operator where every channel is allowed', {}, { channels: null }],
  ])('is granted to %s', async (_, slack, over) => {
    expect(await judge('reversible', slack, over)).toEqual({ ok: true, value: personFacts() });
  });

  it.each<[string, Slack, Partial<Policy>, object]>([
    ['in a channel that the bot can not see', { channel: null }, {}, { code: 'bot-not-in-channel' }],
    ['in a direct message', { channel: channelFacts({ kind: 'direct' }) }, {}, { code: 'direct-message' }],
    [
      'in an externally shared channel',
      { channel: channelFacts({ externallyShared: true }) },
      {},
      { code: 'shared-channel' },
    ],
    [
      'in another channel',
      {},
      { channels: [elsewhere] },
      { code: 'channel-not-allowed', allowed: [elsewhere] },
    ],
    ['where no channel is allowed', {}, { channels: [] }, { code: 'channel-not-allowed', allowed: [] }],
    [
      'where the bot is no member',
      { channel: channelFacts({ botIsMember: false }) },
      {},
      { code: 'bot-not-in-channel' },
    ],
    ['to a person that Slack does not know', { person: null }, {}, { code: 'person-unknown' }],
    [
      'to a bot',
      { person: personFacts({ standing: 'bot' }) },
      {},
      { code: 'not-a-member-of-workspace', why: 'bot' },
    ],
    [
      'to a guest',
      { person: personFacts({ standing: 'guest' }) },
      {},
      { code: 'not-a-member-of-workspace', why: 'guest' },
    ],
    [
      'to a deactivated account',
      { person: personFacts({ standing: 'deactivated' }) },
      {},
      { code: 'not-a-member-of-workspace', why: 'deactivated' },
    ],
    [
      'to a person of another workspace',
      { person: personFacts({ teamId: teamId('T0OTHER') }) },
      {},
      { code: 'not-a-member-of-workspace', why: 'other-workspace' },
    ],
    [
      'to a person without a team',
      { person: personFacts({ teamId: null }) },
      {},
      { code: 'not-a-member-of-workspace', why: 'no-team' },
    ],
    [
      'to somebody who is no operator',
      {},
      { operators: { users: [bob.userId], groups: [] } },
      { code: 'not-operator', user: alice.userId, operatorsConfigured: true },
    ],
    [
      'to somebody who is in no operators’ group',
      { members: [bob.userId] },
      { operators: { users: [], groups: [group] } },
      { code: 'not-operator', operatorsConfigured: true },
    ],
    [
      'to anybody where nobody is an operator',
      {},
      { operators: nobody },
      { code: 'not-operator', operatorsConfigured: false },
    ],
    [
      'to an approver who is no operator',
      {},
      { operators: nobody, approvers: { users: [alice.userId], groups: [] } },
      { code: 'not-operator' },
    ],
    [
      'where Slack can not say what channel it is',
      { failing: 'channel' },
      {},
      { code: 'channel-unknown', why: 'Slack does not answer' },
    ],
    [
      'where Slack can not say who it is',
      { failing: 'person' },
      {},
      { code: 'person-unknown', why: 'Slack does not answer' },
    ],
    [
      'where Slack can not say who is in the group',
      { failing: 'membersOf' },
      { operators: { users: [], groups: [group] } },
      { code: 'person-unknown', why: 'Slack does not answer' },
    ],
  ])('is refused %s', async (_, slack, over, refusal) => {
    for (const risk of ['reversible', 'irreversible'] as const)
      expect(await judge(risk, slack, over)).toMatchObject({ ok: false, refusal });
  });

  it('is not refused as a person’s fault where the bot itself is broken', async () => {
    const { people } = fakePeople();
    const broken = { ...people, person: () => Promise.reject(new RangeError('a bug')) };
    await expect(authorise(broken, policy(), typed, 'reversible')).rejects.toThrow(RangeError);
  });
});

describe('a command that only reads', () => {
  it.each<[string, Partial<Policy>]>([
    ['anybody in an allowed channel', { operators: nobody }],
    ['anybody anywhere, where every channel is allowed', { channels: null, operators: nobody }],
  ])('is granted to %s, without asking Slack', async (_, over) => {
    const { people, asked } = fakePeople({ failing: 'person' });
    expect(await authorise(people, policy(over), typed, 'read')).toEqual({ ok: true, value: null });
    expect(asked).toEqual([]);
  });

  it('is refused in another channel', async () => {
    expect(await judge('read', {}, { channels: [elsewhere] })).toMatchObject({
      refusal: { code: 'channel-not-allowed' },
    });
  });
});

describe('isEntitled', () => {
  it('asks no group about a person who is named', async () => {
    const { people, asked } = fakePeople();
    expect(await isEntitled(people, { users: [alice.userId], groups: [group] }, alice.userId)).toBe(true);
    expect(asked).toEqual([]);
  });

  it('entitles nobody by an empty list', async () => {
    expect(await isEntitled(fakePeople().people, nobody, alice.userId)).toBe(false);
  });
});
