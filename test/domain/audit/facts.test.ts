import { describe, expect, it } from '@jest/globals';
import { factsOf } from '../../../src/domain/audit/facts.ts';
import { refusalInLog } from '../../../src/domain/audit/refusal-in-log.ts';
import { drainId, type Instant, seconds } from '../../../src/domain/ids.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import { at, leader } from '../../support/samples.ts';

const iso = '2026-11-22T12:01:40.000Z';
const then = at(100);

describe('what an entry holds beside its fields', () => {
  it.each([
    ['an instant', factsOf({ since: then }), { since: iso }],
    ['one that is not known', factsOf({ until: null as Instant | null }), { until: null }],
    [
      'instants at any depth',
      factsOf({ checked: { leader, first: then, second: then }, named: [{ until: then }] }),
      { checked: { leader, first: iso, second: iso }, named: [{ until: iso }] },
    ],
    [
      'numbers that are no instants',
      factsOf({ to: drainId(7), limit: seconds(900), tasks: 0 }),
      { to: 7, limit: 900, tasks: 0 },
    ],
    ['what is absent', factsOf({ by: undefined, why: 'x' }), { why: 'x' }],
  ])('is written as the log writes it: %s', (_what, facts, expected) => {
    expect(facts).toEqual(expected);
  });

  it('is not compiled where an instant has a name that the log would leave a number', () => {
    // @ts-expect-error `when` is no name of the list.
    expect(factsOf({ when: then })).toEqual({ when: then });
    // @ts-expect-error Another number has a name of the list, and would read as a time.
    expect(factsOf({ at: 3 as number })).toEqual({ at: '1970-01-01T00:00:00.003Z' });
  });

  it('has the objections to a command without their places, which are no times', () => {
    const problem = { at: 6, length: 3, what: 'unknown word', allowed: ['drain'], nearest: 'drain' };
    const refusal: Refusal = {
      code: 'bad-command',
      problems: [problem],
      typed: 'dran x',
      example: 'drain a',
    };
    expect(factsOf(refusalInLog(refusal))).toEqual({
      code: 'bad-command',
      problems: [{ what: 'unknown word', allowed: ['drain'], nearest: 'drain' }],
    });
  });
});
