import { describe, expect, it } from '@jest/globals';
import { after, seconds } from '../../../src/domain/ids.ts';
import type { TaskGroup } from '../../../src/domain/preview.ts';
import { endsOfWaves, longestGrace } from '../../../src/domain/rolling/expected-end.ts';
import { noon } from '../../support/samples.ts';

const unknown = { known: false as const, why: 'it could not be asked' };
const group = (...graces: number[]) => ({
  known: true as const,
  value: [{ tasks: graces.map((graceSeconds) => ({ graceSeconds })) } as unknown as TaskGroup],
});

describe('when waves are over', () => {
  it.each<[string, (number | null)[], number | null, (number | null)[]]>([
    ['no wave, no end', [], 60, []],
    ['one after the other', [10, 20], null, [10, 30]],
    ['a pause between any two, none before the first', [10, 20, 0], 60, [10, 90, 150]],
    ['not known from the first on of which it is not', [10, null, 20], 60, [10, null, null]],
  ])('%s', (_, longest, pause, expected) => {
    const ends = endsOfWaves(longest, pause === null ? null : seconds(pause), noon);
    expect(ends).toEqual(expected.map((s) => (s === null ? null : after(noon, s * 1000))));
  });

  it.each([
    ['the longest of all of its agents', [group(3, 40), group(5)], 40],
    ['nothing where nothing runs', [group(), group()], 0],
    ['not known where one of them is not', [group(3), unknown], null],
  ])('takes %s', (_, groups, expected) => {
    expect(longestGrace(groups)).toBe(expected);
  });
});
