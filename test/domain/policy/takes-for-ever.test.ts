import { describe, expect, it } from '@jest/globals';
import { unsoundIn } from '../../../src/domain/policy/soundness.ts';
import { mayTakeForEver } from '../../../src/domain/policy/takes-for-ever.ts';
import { defaultPolicy } from '../../../src/domain/policy.ts';

describe('a pattern for reasons', () => {
  it.each([
    '[A-Z]+-\\d+',
    '^(OPS|INC)-\\d+',
    '^(?:OPS|INC)-\\d{1,6}: .+$',
    'CHG\\d{7}',
    '[+*(]+x',
    '\\(a+\\)+',
    '(abc)+',
    '(abc){3}',
    'https?://tickets\\.example/\\d+',
  ])('that is quick with any text is taken: %s', (source) => {
    expect(mayTakeForEver(source)).toBe(false);
  });

  it.each([
    '^(\\w+\\s?)*$',
    '(a+)+$',
    '(?:a|aa)+$',
    '(a*){2,}',
    '((a+)b?)*',
    '(a?){30}',
    '([a-z]+)*-1',
    '(x(a|b))+',
    '.*.*.*.*x',
  ])('that an unlucky reason could keep busy is not: %s', (source) => {
    expect(mayTakeForEver(source)).toBe(true);
    const reasonPattern = { source, words: 'a ticket', example: '' };
    expect(unsoundIn({ ...defaultPolicy, reasonPattern })).toMatchObject([
      { path: ['reason_pattern', 'pattern'], what: expect.stringContaining('could take for ever') },
    ]);
  });
});
