import { describe, expect, it } from '@jest/globals';
import type { Voter } from '../../../src/domain/approval/decide-vote.ts';
import { type Reading, readBallots } from '../../../src/domain/approval/read-ballots.ts';
import { type Approval, approversOf, type Ballot, type Mark } from '../../../src/domain/approval.ts';
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
import { afterReading, before, lost, read, yes } from './readings.ts';

describe('expiry', () => {
  const early: Ballot = ballot({ verdict: null, by: null });

  it.each<[string, Approval, Reading['ballots'], string]>([
    ['open, nobody voted', before.open, [], 'settled expired'],
    ['open, a first ✅', before.open, [yes], 'bob ✅ expired, settled expired'],
    ['open, a first ❌', before.open, [reaction(carol, 'deny')], 'carol ❌ expired, settled expired'],
    // Whoever could not be judged in time does not make it in time.
    [
      'open, a ✅ that was kept unjudged',
      approval({ ballots: [early] }),
      [yes],
      'bob ✅ approves, settled expired',
    ],
    ['holding, the ✅ stands', before.holding, [yes], 'settled expired'],
    ['holding, the ✅ is off', before.holding, [], 'bob ✅ off, settled expired'],
    ['holding, a late 🛑', before.holding, [yes, reaction(dave, 'stop')], 'dave 🛑 expired, settled expired'],
    [
      'holding, a 🛑 from before that is judged only now',
      { ...before.holding, ballots: [ballot(), ballot({ user: dave.userId, mark: 'stop', verdict: null })] },
      [yes, reaction(dave, 'stop')],
      'dave 🛑 stops, settled expired',
    ],
    ['standing, the ✅ stands', before.standing, [yes], '-'],
    ['standing, a late ✅', before.standing, [yes, reaction(carol)], 'carol ✅ expired'],
    [
      'standing, a late ✅ in place of the first',
      before.standing,
      [reaction(carol)],
      'bob ✅ off, carol ✅ expired, settled taken-back bob',
    ],
    // A no is never too late for the second call.
    [
      'standing, a late ❌',
      before.standing,
      [yes, reaction(carol, 'deny')],
      'carol ❌ denies, settled denied carol',
    ],
    [
      'standing, a late 🛑',
      before.standing,
      [yes, reaction(dave, 'stop')],
      'dave 🛑 stops, settled stopped dave',
    ],
    ['settled', before.settled, [yes, reaction(carol)], 'carol ✅ settled'],
  ])('comes first: %s', (_, of, ballots, meaning) => {
    expect(read(of, ballots, 3_600)).toBe(meaning);
  });

  it('is the very millisecond that the prompt names', () => {
    expect(read(before.open, [yes], 3_599.999)).toBe('bob ✅ approves, held');
    expect(read(before.open, [yes], 3_600)).toBe('bob ✅ expired, settled expired');
  });

  it('names no next question by itself', () => {
    expect(readBallots(before.holding, reading([yes]), at(3_600))).toEqual([
      { type: 'settled', at: at(3_600), how: { how: 'expired' }, again: null },
    ]);
  });

  it('refuses a ✅ for good that was first seen after it, also when nobody could judge it then', () => {
    const unjudged = afterReading(before.standing, [yes, reaction(carol, 'approve', unknownVoter)], 4_000, {
      needed: 2,
    });
    expect(unjudged.ballots.at(-1)).toMatchObject({ verdict: { is: 'refused', why: 'expired' } });
    expect(read(unjudged, [yes, reaction(carol)], 4_010, { needed: 2 })).toBe('-');
  });
});

describe('after the first of two calls', () => {
  it('a vote taken back settles it, and names who took it back', () => {
    expect(readBallots(before.standing, reading([]), at(200)).at(-1)).toEqual({
      type: 'settled',
      at: at(200),
      how: { how: 'taken-back', by: bob },
      again: null,
    });
  });

  const both = approval({
    state: approvalStates.standing,
    ballots: [ballot(), ballot({ user: carol.userId, by: keyed(carol) })],
  });

  it.each([
    [2, 'carol', [yes], 'carol ✅ off, settled taken-back carol'],
    [2, 'bob', [reaction(carol)], 'bob ✅ off, settled taken-back bob'],
    [1, 'carol', [yes], 'carol ✅ off'],
    [1, 'neither', [yes, reaction(carol)], '-'],
    [1, 'both', [], 'bob ✅ off, carol ✅ off, settled taken-back bob'],
  ])('%d needed of two ✅, taken back by %s: %s', (needed, _, ballots, meaning) => {
    expect(read({ ...both, needed }, ballots, 200, { needed })).toBe(meaning);
  });

  it('a vote that counted for nothing was not rested on', () => {
    const worthless = ballot({ verdict: { is: 'refused', why: 'not-entitled' } });
    expect(read(approval({ state: approvalStates.standing, ballots: [worthless] }), [], 200)).toBe(
      'bob ✅ off',
    );
  });

  it('who lost their entitlement first, and then takes the vote back, is judged before the call', () => {
    const outcast = afterReading(before.standing, [lost({ entitled: false })], 100);
    expect(outcast.state.status).toBe('standing');
    expect(approversOf(outcast)).toEqual([]);
    expect(read(outcast, [], 110)).toBe('bob ✅ off');
  });

  it('an entitlement that comes back counts again', () => {
    const outcast = afterReading(before.standing, [lost({ entitled: false })], 100);
    expect(approversOf(afterReading(outcast, [yes], 110))).toEqual([keyed(bob)]);
  });
});

describe('a settled question', () => {
  it('records new votes as refused, with when they were seen, and is not judged again', () => {
    expect(readBallots(before.settled, reading([yes, reaction(carol)]), at(200))).toEqual([
      {
        type: 'voted',
        at: at(200),
        ballot: {
          user: carol.userId,
          mark: 'approve',
          firstSeenAt: at(200),
          verdict: { is: 'refused', why: 'settled' },
          by: keyed(carol),
        },
      },
    ]);
  });

  it.each<[string, Voter]>([
    ['entitled no more', voter(bob, { entitled: false })],
    ['a guest', voter(bob, { standing: 'guest' })],
    ['nobody', { kind: 'nobody' }],
    ['not known now', unknownVoter],
  ])('keeps what counted in it, whoever cast it has become %s', (_, who) => {
    const later = afterReading(before.settled, [reaction(bob, 'approve', who)], 200);
    expect(later).toEqual(before.settled);
  });

  it.each<Mark>(['approve', 'deny', 'stop', 'mistaken'])('grants and drops nothing on a %s', (mark) => {
    const ballots = [yes, ...[alice, carol, dave].map((person) => reaction(person, mark))];
    const later = afterReading(before.settled, ballots, 200);
    expect(later.state).toEqual(approvalStates.settled);
    expect(later.ballots).toHaveLength(4);
  });
});
