import { describe, expect, it } from '@jest/globals';
import type { Voter } from '../../../src/domain/approval/decide-vote.ts';
import { mayLeave, type Reading } from '../../../src/domain/approval/read-ballots.ts';
import type { Ballot, Verdict } from '../../../src/domain/approval.ts';
import { userId } from '../../../src/domain/ids.ts';
import { type Person, personKey } from '../../../src/domain/person.ts';
import {
  approval,
  approvalStates,
  ballot,
  carol,
  dave,
  keyed,
  reaction,
  reading,
  unknownVoter,
  voter,
} from '../../support/approval-samples.ts';
import { alice, at, bob } from '../../support/samples.ts';

const carols = ballot({ user: carol.userId, by: keyed(carol) });
const both = [reaction(bob), reaction(carol)];

/** Held, with these ballots; whether its call may leave after such a reading. */
function leaves(ballots: Ballot[], read: Reading['ballots'], over: Partial<Reading> = {}): boolean {
  return mayLeave(approval({ state: approvalStates.holding, ballots }), reading(read, over));
}

describe('a call', () => {
  it.each<[string, Ballot[], Reading['ballots'], Partial<Reading>, boolean]>([
    ['one ✅ of one that is needed', [ballot()], [reaction(bob)], {}, true],
    ['two of two', [ballot(), carols], both, { needed: 2 }, true],
    ['more than are needed', [ballot(), carols], both, {}, true],
    ['none', [], [], {}, false],
    ['none, where the rules want none', [], [], { needed: 0 }, false],
    ['none, where the rules want fewer', [], [], { needed: -1 }, false],
    ['one of two', [ballot()], [reaction(bob)], { needed: 2 }, false],
    ['one in a channel that is shared with others', [ballot()], [reaction(bob)], { shared: true }, false],
    // Its worth is of an earlier reading: nobody knows whether it still has it.
    ['one that nobody could judge now', [ballot()], [reaction(bob, 'approve', unknownVoter)], {}, false],
    [
      'one whose voter Slack does not know',
      [ballot()],
      [reaction(bob, 'approve', { kind: 'nobody' })],
      {},
      false,
    ],
    ['one that is not in this reading', [ballot()], [], {}, false],
    [
      'two, one of them judged now, where one is enough',
      [ballot(), carols],
      [reaction(bob), reaction(carol, 'approve', unknownVoter)],
      {},
      true,
    ],
    [
      'two, one of them judged now, where two are needed',
      [ballot(), carols],
      [reaction(bob), reaction(carol, 'approve', unknownVoter)],
      { needed: 2 },
      false,
    ],
    ['one that was never judged', [ballot({ verdict: null, by: null })], [reaction(bob)], {}, false],
    [
      'one that was refused',
      [ballot({ verdict: { is: 'refused', why: 'not-entitled' } })],
      [reaction(bob)],
      {},
      false,
    ],
  ])('on %s', (_, ballots, read, over, may) => {
    expect(leaves(ballots, read, over)).toBe(may);
  });

  it('does not leave on two accounts of one human, where two are needed', () => {
    const key = personKey('enterprise W1');
    const second: Person = { ...bob, userId: userId('W0BOB') };
    const by = (person: Person) => ({ ...person, key });
    const ballots = [ballot({ by: by(bob) }), ballot({ user: second.userId, by: by(second) })];
    const read = [bob, second].map((person) => reaction(person, 'approve', voter(person, { key })));
    expect(leaves(ballots, read, { needed: 2 })).toBe(false);
    expect(leaves(ballots, read, { needed: 1 })).toBe(true);
  });
});

describe('a call with enough votes', () => {
  const verdicts: (Verdict | null)[] = [
    null,
    { is: 'denies' },
    { is: 'withdraws' },
    { is: 'stops' },
    { is: 'objects' },
    { is: 'refused', why: 'guest' },
  ];
  /** What stands beside bob's ✅, how it was judged, and whether the call leaves all the same. */
  const table = [
    ['deny', null, false],
    ['deny', 'denies', false],
    ['deny', 'withdraws', false],
    ['deny', 'stops', false],
    ['deny', 'objects', false],
    ['deny', 'refused', true],
    ['stop', null, false],
    ['stop', 'denies', false],
    ['stop', 'withdraws', false],
    ['stop', 'stops', false],
    ['stop', 'objects', false],
    ['stop', 'refused', true],
    // Another ✅ that nobody could judge takes nothing from those that count.
    ['approve', null, true],
    ['mistaken', 'refused', true],
  ] as const;

  it.each(table)('and a %s that is judged as %s beside them', (mark, is, may) => {
    const verdict = verdicts.find((each) => (each?.is ?? null) === is) ?? null;
    const beside = ballot({ user: dave.userId, mark, verdict, by: verdict && keyed(dave) });
    const who: Voter = verdict === null ? unknownVoter : voter(dave);
    for (const ballots of [
      [ballot(), beside],
      [beside, ballot()],
    ])
      expect(leaves(ballots, [reaction(bob), reaction(dave, mark, who)])).toBe(may);
  });

  it('leaves for the second of two calls as for the first', () => {
    const standing = approval({ state: approvalStates.standing, ballots: [ballot()] });
    expect(mayLeave(standing, reading([reaction(bob)]))).toBe(true);
    expect(mayLeave(standing, reading([reaction(bob, 'approve', unknownVoter)]))).toBe(false);
    expect(mayLeave(standing, reading([reaction(alice)]))).toBe(false);
  });

  it('does not mistake the age of a vote for its worth', () => {
    const old = ballot({ firstSeenAt: at(-86_400) });
    expect(leaves([old], [reaction(bob)])).toBe(true);
  });
});
