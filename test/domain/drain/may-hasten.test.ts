import { describe, expect, it } from '@jest/globals';
import { mayHasten } from '../../../src/domain/drain/may-hasten.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import { approvalId, seconds } from '../../../src/domain/ids.ts';
import { bob, drain, inDraining, states, takingBack } from '../../support/samples.ts';

const a9 = approvalId(9);
const hastening = {
  ...takingBack(1, 'confirming'),
  change: { kind: 'hasten', maxGrace: seconds(60) } as const,
};

/** A drain with 600 s of grace, what is asked, and what speaks against it. */
const table: [string, Partial<Drain>, [grace: number, insteadOf?: number], string | null][] = [
  ['a shorter grace', {}, [60], null],
  ['a shorter grace instead of the one it has', {}, [60, 600], null],
  ['the shortest that needs nobody else', {}, [5], null],
  ['where each task has its own grace', { maxGrace: null }, [599], null],
  ['more than each task has by itself', { maxGrace: null }, [600], 'cannot-hasten not-shorter'],
  ['where nobody knows what each task has', { maxGrace: null, expectedEnd: null }, [600], null],
  ['the same grace', {}, [600], 'cannot-hasten not-shorter'],
  ['a longer grace', {}, [601], 'cannot-hasten not-shorter'],
  ['a grace that kills at once', {}, [4], 'cannot-hasten too-short'],
  ['instead of one that it has no more', {}, [60, 700], 'cannot-hasten changed'],
  ['instead of one, where it has none', { maxGrace: null }, [60, 600], 'cannot-hasten changed'],
  ['under an approval', { approved: { approval: a9, by: [bob] } }, [60], 'cannot-hasten approved'],
  ['a deactivation', { way: 'deactivate' }, [60], 'cannot-hasten deactivation'],
  ['its call on the way', { state: states.calling }, [60], 'call-under-way'],
  ['its call of unknown fate', { state: states.checking }, [60], 'call-under-way'],
  ['hastened just now', { state: inDraining({ amendment: hastening }) }, [30], 'hasten-open'],
  ['proven', { state: states.drained }, [60], 'drain-ended'],
  ['ended', { state: states.ended }, [60], 'drain-ended'],
];

describe('mayHasten', () => {
  it.each(table)('%s', (_, over, [grace, insteadOf], expected) => {
    const asked = {
      maxGrace: seconds(grace),
      insteadOf: insteadOf === undefined ? null : seconds(insteadOf),
    };
    const refusal = mayHasten(drain({ state: inDraining(), ...over }), asked, null);
    const why = refusal?.code === 'cannot-hasten' ? ` ${refusal.why}` : '';
    expect(refusal === null ? null : `${refusal.code}${why}`).toBe(expected);
  });

  it('refuses while a question stands for the drain, and names it', () => {
    const asked = { maxGrace: seconds(60), insteadOf: null };
    expect(mayHasten(drain({ state: inDraining() }), asked, a9)).toMatchObject({
      code: 'cannot-hasten',
      why: 'approved',
      approval: a9,
    });
  });
});
