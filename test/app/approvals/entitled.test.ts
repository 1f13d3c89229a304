import { describe, expect, it } from '@jest/globals';
import { mayAnybodyApprove } from '../../../src/app/approvals/asking/entitled.ts';
import type { People } from '../../../src/app/ports.ts';
import { userGroupId, userId } from '../../../src/domain/ids.ts';
import { type PersonFacts, personKey } from '../../../src/domain/person.ts';
import { defaultPolicy, type Entitled } from '../../../src/domain/policy.ts';
import { channelFacts, personFacts } from '../../support/fake-people.ts';
import { alice, home } from '../../support/samples.ts';

const [bob, carol, guest, second] = ['U0BOB', 'U0CAROL', 'U0GUEST', 'W0ALICE'].map(userId) as [
  PersonFacts['userId'],
  PersonFacts['userId'],
  PersonFacts['userId'],
  PersonFacts['userId'],
];
const sre = userGroupId('S0SRE');
const leads = userGroupId('S0LEADS');
const members: Record<string, PersonFacts['userId'][]> = {};
const people: People = {
  team: home,
  person: async (user) =>
    personFacts({
      userId: user,
      standing: user === guest ? 'guest' : 'full',
      // alice and her other account are one human.
      enterpriseUserId: user === alice.userId || user === second ? 'WALICE' : null,
    }),
  channel: async () => channelFacts(),
  membersOf: async (group) => members[group] ?? [],
};
const requester = personKey('enterprise WALICE');

async function judged(needed: number, oneOf: Entitled | null, approvers: Entitled): Promise<string> {
  const approvals = { ...defaultPolicy.approvals, needed, oneOf };
  const refusal = await mayAnybodyApprove(people, { approvers, approvals }, requester);
  if (refusal === null) return 'yes';
  return refusal.code === 'nobody-can-approve' && refusal.oneOf !== undefined ? 'no lead' : 'too few';
}

describe('whether anybody could approve', () => {
  const all = (users: PersonFacts['userId'][]): Entitled => ({ users, groups: [] });
  const ofGroup = (group: typeof sre): Entitled => ({ users: [], groups: [group] });

  it.each<[string, number, Entitled | null, PersonFacts['userId'][], string]>([
    ['one of one', 1, null, [bob], 'yes'],
    ['nobody but the asker', 1, null, [alice.userId, second], 'too few'],
    ['a guest', 1, null, [guest], 'too few'],
    ['two of two', 2, null, [bob, carol], 'yes'],
    ['one of two', 2, null, [alice.userId, bob], 'too few'],
    ['however low it is set, one', 0, null, [], 'too few'],
    ['a lead among enough', 2, all([carol]), [bob, carol], 'yes'],
    ['a lead, and too few in all', 2, all([carol]), [carol], 'too few'],
    ['no lead but the asker', 1, all([alice.userId, second]), [bob, carol, alice.userId], 'no lead'],
    ['no lead but a guest', 1, all([guest]), [bob, guest], 'no lead'],
    ['a lead who is no approver', 1, all([carol]), [bob], 'no lead'],
    ['nobody named as lead', 1, all([]), [bob], 'no lead'],
  ])('%s: of %d', async (_, needed, oneOf, approvers, answer) => {
    expect(await judged(needed, oneOf, all(approvers))).toBe(answer);
  });

  it('asks groups who is in them now', async () => {
    members[sre] = [bob, carol];
    members[leads] = [carol];
    expect(await judged(2, ofGroup(leads), ofGroup(sre))).toBe('yes');
    members[leads] = [];
    expect(await judged(2, ofGroup(leads), ofGroup(sre))).toBe('no lead');
  });
});
