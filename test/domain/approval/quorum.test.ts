import { describe, expect, it } from '@jest/globals';
import { missingOf } from '../../../src/domain/approval/quorum.ts';
import { mayLeave, type Reading, readBallots } from '../../../src/domain/approval/read-ballots.ts';
import { approversOf } from '../../../src/domain/approval.ts';
import { userGroupId, userId } from '../../../src/domain/ids.ts';
import { type Person, personKey } from '../../../src/domain/person.ts';
import {
  approval,
  approvalStates,
  ballot,
  carol,
  dave,
  reaction,
  reading,
  unknownVoter,
  voter,
} from '../../support/approval-samples.ts';
import { alice, at, bob } from '../../support/samples.ts';
import { afterReading, before, read, yes } from './readings.ts';

describe('a quorum', () => {
  it('begins a hold of the length that the rules name, on the votes that stand', () => {
    expect(readBallots(approval(), reading([yes], { holdMs: 45_000 }), at(70))).toEqual([
      { type: 'voted', at: at(70), ballot: ballot({ firstSeenAt: at(70) }) },
      { type: 'held', at: at(70), until: at(115), by: [bob] },
    ]);
  });

  it.each<[number, string, Reading['ballots'], string]>([
    [2, 'one', [yes], 'bob ✅ approves'],
    [2, 'two', [yes, reaction(carol)], 'bob ✅ approves, carol ✅ approves, held'],
    [3, 'two', [yes, reaction(carol)], 'bob ✅ approves, carol ✅ approves'],
    [
      2,
      'one, and one of somebody not entitled',
      [yes, reaction(dave)],
      'bob ✅ approves, dave ✅ not-entitled',
    ],
    [2, 'one, and the own one', [yes, reaction(alice)], 'bob ✅ approves, alice ✅ own-vote'],
    // However the rules read, nothing is approved without a second person.
    [0, 'none', [], '-'],
    [-1, 'none', [], '-'],
    [0, 'the own one', [reaction(alice)], 'alice ✅ own-vote'],
    [0, 'one', [yes], 'bob ✅ approves, held'],
    [-5, 'one', [yes], 'bob ✅ approves, held'],
  ])('of %d needed, with %s', (needed, _, ballots, meaning) => {
    expect(read(approval({ needed: Math.max(1, needed) }), ballots, 70, { needed })).toBe(meaning);
  });

  const leads = { users: [], groups: [userGroupId('S0LEADS')] };
  const lead = (person: Person) => reaction(person, 'approve', voter(person, { oneOf: true }));
  it.each<[string, number, Reading['ballots'], string]>([
    ['nobody', 2, [], '-'],
    ['one, who is no lead', 1, [yes], 'bob ✅ approves'],
    ['one, who is', 1, [lead(bob)], 'bob ✅ approves, held'],
    ['two, and no lead', 2, [yes, reaction(carol)], 'bob ✅ approves, carol ✅ approves'],
    ['a lead, and no second', 2, [lead(bob)], 'bob ✅ approves'],
    ['a lead and a second', 2, [lead(bob), reaction(carol)], 'bob ✅ approves, carol ✅ approves, held'],
    // Named among them, and no approver any more, or whoever asked.
    [
      'two, and a lead who is no approver',
      2,
      [yes, reaction(carol), reaction(dave, 'approve', voter(dave, { oneOf: true }))],
      'bob ✅ approves, carol ✅ approves, dave ✅ not-entitled',
    ],
    ['one, and the lead who asked', 1, [yes, lead(alice)], 'bob ✅ approves, alice ✅ own-vote'],
    // A lead's objection is an objection.
    [
      'a lead against it',
      1,
      [yes, { ...lead(carol), mark: 'deny' }],
      'bob ✅ approves, carol ❌ denies, settled denied carol',
    ],
  ])('with a lead among them: %s (of %d)', (_, needed, ballots, meaning) => {
    expect(read(approval({ needed, oneOf: leads }), ballots, 70, { needed, oneOf: leads })).toBe(meaning);
  });

  it.each<[string, Partial<Reading>, string]>([
    ['two', { needed: 2 }, 'needs, released'],
    ['one of the leads', { oneOf: leads }, 'needs, released'],
    ['the same', {}, '-'],
  ])('falls back to open when by now the policy asks for %s', (_, over, meaning) => {
    expect(read(before.holding, [yes], 80, over)).toBe(meaning);
  });

  it('tells of what the policy asks for by now once, and shows who is missing', () => {
    const over = { needed: 2, oneOf: leads };
    const raised = afterReading(before.holding, [yes], 80, over);
    expect(raised).toMatchObject({ ...over, state: { status: 'open' } });
    expect(missingOf(raised.ballots, raised)).toEqual({ votes: 1, oneOf: leads });
    expect(read(raised, [yes], 90, over)).toBe('-');
    expect(read(raised, [yes, lead(carol)], 90, over)).toBe('carol ✅ approves, held');
  });

  it('lets nothing leave once the lead among them is a lead no more', () => {
    const over = { oneOf: leads };
    const held = afterReading(approval(over), [lead(bob)], 60, over);
    expect(mayLeave(held, reading([lead(bob)], over))).toBe(true);
    const after = afterReading(held, [yes], 90, over);
    expect(after.state).toEqual({ status: 'open' });
    expect(mayLeave(after, reading([yes], over))).toBe(false);
    // Who can't be asked about is none that a call may rest on.
    expect(mayLeave(held, reading([{ ...lead(bob), voter: unknownVoter }], over))).toBe(false);
  });

  it('drops the second call when the only lead takes the vote back', () => {
    const over = { needed: 2, oneOf: leads };
    const both = afterReading(approval(over), [lead(bob), reaction(carol)], 60, over);
    const standing = { ...both, state: approvalStates.standing };
    const three = [lead(bob), reaction(carol), reaction(dave, 'approve', voter(dave, { entitled: true }))];
    const more = afterReading(standing, three, 100, over);
    expect(read(more, three.slice(1), 120, over)).toBe('bob ✅ off, settled taken-back bob');
  });

  it('is reached over several readings', () => {
    const one = afterReading(approval(), [yes], 60, { needed: 2 });
    expect(read(one, [yes, reaction(carol)], 120, { needed: 2 })).toBe('carol ✅ approves, held');
  });

  it('counts one human once, however many accounts they vote with', () => {
    const key = personKey('enterprise W1');
    const second: Person = { ...bob, userId: userId('W0BOB') };
    const twice = [bob, second].map((account) => ({
      ...reaction(account, 'approve', voter(account, { key })),
      by: { ...account, key },
    }));
    const two = approval({ needed: 2 });
    expect(read(two, twice, 70, { needed: 2 })).toBe('bob ✅ approves, bob ✅ approves');
    const both = afterReading(two, twice, 70, { needed: 2 });
    expect(approversOf(both)).toEqual([{ ...bob, key }]);
    expect(read(both, [...twice, reaction(carol)], 80, { needed: 2 })).toBe('carol ✅ approves, held');
    // One account's vote taken back leaves the human's.
    const held = afterReading(approval(), twice);
    // Whoever takes one back means it: what is left begins a hold of its own.
    expect(read(held, twice.slice(1), 80)).toBe('bob ✅ off, released, held');
  });

  it('counts no other account of whoever asked', () => {
    const key = personKey('enterprise W7');
    const asked = approval({ requester: { ...alice, key } });
    const other: Person = { ...alice, userId: userId('W0ALICE') };
    const own = { ...reaction(other, 'approve', voter(other, { key })), by: { ...other, key } };
    expect(read(asked, [own])).toBe('alice ✅ own-vote');
    expect(read(asked, [{ ...own, mark: 'deny' }])).toBe('alice ❌ withdraws, settled withdrawn alice');
  });

  it('is judged by the rules of the moment, not by those that the prompt shows', () => {
    const raised = before.holding;
    expect(read(raised, [yes], 80, { needed: 2 })).toBe('needs, released');
    expect(read(approval({ needed: 2 }), [yes], 70, { needed: 1 })).toBe('needs, bob ✅ approves, held');
    // Nobody took anything back: the second call asks anew, and says why.
    expect(read(before.standing, [yes], 80, { needed: 2 })).toBe('needs');
  });

  it('is lost with one of the two votes that it needed', () => {
    const two = afterReading(approval(), [yes, reaction(carol)], 60, { needed: 2 });
    expect(two.state.status).toBe('holding');
    expect(read(two, [yes], 80, { needed: 2 })).toBe('carol ✅ off, released');
    expect(read(two, [yes, reaction(carol)], 80, { needed: 2 })).toBe('-');
  });

  it('is reached again after it was lost, and the hold begins anew', () => {
    const open = afterReading(before.holding, [], 70);
    expect(open.state).toEqual({ status: 'open' });
    expect(readBallots(open, reading([yes]), at(75))).toMatchObject([
      { type: 'voted', ballot: { firstSeenAt: at(75) } },
      { type: 'held', until: at(105) },
    ]);
  });
});

describe('an objection', () => {
  it('keeps the hold from beginning, and lets it begin once it is taken off', () => {
    const objected = afterReading(approval(), [yes, reaction(dave, 'stop')], 70);
    expect(objected.state).toEqual({ status: 'open' });
    expect(read(objected, [yes, reaction(dave, 'stop')], 80)).toBe('-');
    expect(read(objected, [yes], 90)).toBe('dave 🛑 off, held');
  });

  it('holds while nobody can ask who made it', () => {
    const objected = afterReading(approval(), [yes, reaction(dave, 'deny')], 70);
    expect(read(objected, [yes, reaction(dave, 'deny', unknownVoter)], 80)).toBe('-');
  });

  it('of several takes all of them off', () => {
    const many = [reaction(dave, 'stop'), reaction(carol, 'stop')];
    const objected = afterReading(approval(), [yes, ...many], 70);
    expect(read(objected, [yes, ...many.slice(1)], 80)).toBe('dave 🛑 off');
    expect(read(objected, [yes], 80)).toBe('dave 🛑 off, carol 🛑 off, held');
  });
});

describe('a vote that can not be judged now', () => {
  const later = reaction(bob, 'approve', unknownVoter);

  it('is kept, and judged later with the time when it was first seen', () => {
    const kept = afterReading(approval(), [later], 70);
    expect(kept.ballots).toEqual([ballot({ firstSeenAt: at(70), verdict: null, by: null })]);
    expect(read(kept, [later], 80)).toBe('-');
    expect(readBallots(kept, reading([yes]), at(90))).toEqual([
      { type: 'voted', at: at(90), ballot: ballot({ firstSeenAt: at(70) }) },
      { type: 'held', at: at(90), until: at(120), by: [bob] },
    ]);
  });

  it('keeps what it was worth, and who cast it', () => {
    const counted = afterReading(approval(), [yes, reaction(dave)], 70, { needed: 2 });
    const unknown = [later, reaction(dave, 'approve', unknownVoter)];
    expect(read(counted, unknown, 80, { needed: 2 })).toBe('-');
    expect(afterReading(counted, unknown, 80, { needed: 2 }).ballots).toEqual(counted.ballots);
    // Another’s vote makes it enough; the call itself wants both afresh.
    expect(read(counted, [...unknown, reaction(carol)], 90, { needed: 2 })).toBe('carol ✅ approves, held');
  });

  it('stops the hold as soon as it can be judged', () => {
    const held = afterReading(before.holding, [yes, reaction(carol, 'deny', unknownVoter)], 70);
    expect(held.state.status).toBe('holding');
    expect(read(held, [yes, reaction(carol, 'deny')], 80)).toBe('carol ❌ denies, settled denied carol');
  });

  it('is no vote at all while nobody has ever judged it', () => {
    expect(read(approval({ needed: 1 }), [later], 70, { needed: 0 })).toBe('bob ✅ later');
  });
});
