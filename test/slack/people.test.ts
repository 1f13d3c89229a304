import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultKind } from '../../playground/slack/rules/faults.ts';
import { ChatFault } from '../../src/app/faults.ts';
import type { People } from '../../src/app/ports.ts';
import { channelId, userGroupId, userId } from '../../src/domain/ids.ts';
import { connected, type Local } from './local.ts';

let local: Local;
let people: People;
beforeAll(async () => {
  local = await connected('socket');
  ({ people } = local.bot);
});
afterAll(() => local.stop());

describe('person', () => {
  it('knows the bot’s own workspace', () => expect(people.team).toBe('T0LOCAL001'));

  it('tells who somebody is', async () => {
    expect(await people.person(userId('U0MARA0001'))).toMatchObject({
      userId: 'U0MARA0001',
      teamId: 'T0LOCAL001',
      enterpriseUserId: null,
      name: expect.stringMatching(/mara/i),
      standing: 'full',
    });
  });

  it.each([
    ['U0GUEST001', 'guest'],
    ['U0GONE0001', 'deactivated'],
    ['U0CIBOT001', 'bot'],
    ['U0MESOSBOT', 'bot'],
  ])('tells that %s is a %s', async (user, standing) => {
    expect(await people.person(userId(user))).toMatchObject({ standing });
  });

  it('tells that somebody belongs to another workspace', async () => {
    expect(await people.person(userId('U0PARTNER1'))).toMatchObject({ teamId: 'T0PARTNER1' });
  });

  it('answers null for nobody', async () => {
    expect(await people.person(userId('U0NOBODY01'))).toBeNull();
  });

  it('asks again when Slack stumbles once', async () => {
    local.slack.model.faults.add({ method: 'users.info', fault: '500' });
    expect(await people.person(userId('U0MARA0001'))).toMatchObject({ standing: 'full' });
  });

  it.each<[FaultKind, number]>([
    ['500', 3],
    ['html', 3],
    ['429', 1],
  ])('throws a ChatFault when Slack can’t be asked (%s, %d times)', async (fault, times) => {
    local.slack.model.faults.add({ method: 'users.info', fault, times });
    await expect(people.person(userId('U0MARA0001'))).rejects.toBeInstanceOf(ChatFault);
  });
});

describe('membersOf', () => {
  it('tells who is in a group', async () => {
    expect(await people.membersOf(userGroupId('S0OPERATOR'))).toEqual([
      'U0MARA0001',
      'U0DEV00001',
      'U0INES0001',
    ]);
  });

  it('throws a ChatFault for a group that is not there: an empty one would look the same', async () => {
    await expect(people.membersOf(userGroupId('S0NOWHERE1'))).rejects.toBeInstanceOf(ChatFault);
  });
});

describe('channel', () => {
  it.each([
    ['C0MESOSOPS', { kind: 'channel', botIsMember: true, archived: false, externallyShared: false }],
    ['C0RANDOM01', { kind: 'channel', botIsMember: false, archived: false, externallyShared: false }],
    ['C0SHARED01', { kind: 'channel', botIsMember: true, archived: false, externallyShared: true }],
    ['C0PRIVATE1', { kind: 'channel', botIsMember: true, archived: false, externallyShared: false }],
    ['D0MARABOT1', { kind: 'direct', botIsMember: false, archived: false, externallyShared: false }],
  ])('tells what %s is', async (channel, facts) => {
    expect(await people.channel(channelId(channel))).toEqual({ id: channel, ...facts });
  });

  it('answers null for a private channel the bot isn’t in', async () => {
    expect(await people.channel(channelId('C0SECRET01'))).toBeNull();
  });

  it('throws a ChatFault when Slack can’t be asked', async () => {
    local.slack.model.faults.add({ method: 'conversations.info', fault: 'html', times: 3 });
    await expect(people.channel(channelId('C0MESOSOPS'))).rejects.toBeInstanceOf(ChatFault);
  });
});
