import { describe, expect, it } from '@jest/globals';
import { type Prompt, promptOf } from '../../../src/domain/approval/prompt.ts';
import { type Approval, approversOf, isPending } from '../../../src/domain/approval.ts';
import { approvalId, drainId, userId } from '../../../src/domain/ids.ts';
import { type Person, personKey } from '../../../src/domain/person.ts';
import {
  approval,
  approvalStates,
  ballot,
  carol,
  dave,
  keyed,
  markGoneStates,
  reaction,
} from '../../support/approval-samples.ts';
import { alice, at, bob, noon } from '../../support/samples.ts';
import { afterReading, before } from './readings.ts';

const beside: Pick<Prompt, 'approving' | 'marking' | 'at'> = {
  approving: 'white_check_mark',
  marking: null,
  at: at(70),
};
const carols = ballot({ user: carol.userId, by: keyed(carol) });
const face = (of: Approval) => promptOf(of, beside).state;

describe('the face of a question', () => {
  it('shows what is asked, by whom, why and until when', () => {
    expect(promptOf(approval({ follows: approvalId(8), needed: 2 }), beside)).toEqual({
      of: 'agent',
      approval: 9,
      cluster: 'main',
      agentId: approval().agentId,
      hostname: 'agent3.example',
      requester: alice,
      reason: 'disk dying',
      because: [{ why: 'irreversible', command: 'drain --mark-gone' }],
      act: { kind: 'drain-then-gone', maxGrace: 600 },
      loss: approval().loss,
      masterWordOnly: false,
      drain: null,
      follows: 8,
      needed: 2,
      oneOf: null,
      askedAt: noon,
      expiresAt: at(3600),
      approving: 'white_check_mark',
      state: { status: 'open', by: [], objections: [], missing: { votes: 2, oneOf: null } },
      marking: null,
      at: at(70),
    });
  });

  it('shows what became of its call, and the drain that it goes on from', () => {
    const marking = markGoneStates.confirming;
    expect(
      promptOf(approval({ drain: drainId(17), masterWordOnly: true }), { ...beside, marking }),
    ).toMatchObject({
      drain: 17,
      masterWordOnly: true,
      marking,
    });
  });

  it('shows who has approved so far, and who objects', () => {
    const ballots = [
      ballot(),
      carols,
      ballot({ user: dave.userId, mark: 'stop', verdict: { is: 'objects' }, by: keyed(dave) }),
      // None of these says anything about the call.
      ballot({ user: alice.userId, verdict: { is: 'refused', why: 'own-vote' }, by: keyed(alice) }),
      ballot({ user: userId('U0LATER'), verdict: null, by: null }),
      ballot({ user: userId('U0NOBODY'), mark: 'stop', verdict: { is: 'objects' }, by: null }),
    ];
    expect(face(approval({ ballots, needed: 3 }))).toEqual({
      status: 'open',
      by: [bob, carol],
      objections: [dave],
      missing: { votes: 1, oneOf: null },
    });
  });

  it('shows until when it is held, and on whose votes', () => {
    expect(face(before.holding)).toEqual({ status: 'holding', until: at(90), by: [bob] });
  });

  it('shows that it stands for a drain, and on whose votes', () => {
    expect(face(before.standing)).toEqual({ status: 'standing', by: [bob] });
  });

  it('shows how it ended, and where it is asked again', () => {
    const state = { ...approvalStates.settled, wasStanding: true, again: approvalId(10) };
    expect(face(approval({ state }))).toEqual({
      status: 'settled',
      how: { how: 'expired' },
      wasStanding: true,
      again: 10,
    });
  });

  it.each(['holding', 'standing'] as const)(
    'names no one as approver whose vote does not stand any more (%s)',
    (status) => {
      // carol's ✅ comes, bob's goes: enough stand at every reading, and at the end they are carol's alone.
      const both = afterReading(before[status], [reaction(bob), reaction(carol)], 70);
      expect(face(afterReading(both, [reaction(carol)], 75))).toMatchObject({ status, by: [carol] });
    },
  );
});

describe('those who approve', () => {
  const key = personKey('enterprise W1');
  const second: Person = { ...bob, userId: userId('W0BOB') };

  it('are people, each once, by the first of their accounts', () => {
    const ballots = [
      ballot({ by: { ...bob, key } }),
      ballot({ user: second.userId, by: { ...second, key } }),
      carols,
    ];
    expect(approversOf({ ballots })).toEqual([{ ...bob, key }, keyed(carol)]);
  });

  it.each([
    ['refused', ballot({ verdict: { is: 'refused', why: 'not-entitled' } })],
    ['not judged', ballot({ verdict: null, by: null })],
    ['by nobody known', ballot({ by: null })],
    ['a denial', ballot({ mark: 'deny', verdict: { is: 'denies' } })],
    ['an objection', ballot({ mark: 'stop', verdict: { is: 'objects' } })],
  ])('are none where the vote is %s', (_, vote) => {
    expect(approversOf({ ballots: [vote] })).toEqual([]);
  });
});

describe('a question', () => {
  it.each([
    ['open', true],
    ['holding', true],
    ['standing', true],
    ['settled', false],
  ] as const)('that is %s can still grant something: %s', (status, pending) => {
    expect(isPending(approval({ state: approvalStates[status] }))).toBe(pending);
  });
});
