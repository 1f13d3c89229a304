import { describe, expect, it } from '@jest/globals';
import { isSlow, namesToFind, type Usual, usualOf, usualOfEach } from '../../../src/domain/history/usual.ts';
import type { TaskGroup } from '../../../src/domain/preview.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, at) => n - at);

/** In seconds, the latest first; how many, P50 and P90. */
const quantiles: [string, number[], [of: number, p50: number, p90: number]][] = [
  ['three', [9, 30, 12], [3, 12, 30]],
  ['three of which two are alike', [10, 30, 10], [3, 10, 30]],
  ['four', [40, 10, 30, 20], [4, 20, 40]],
  ['five', [50, 10, 40, 20, 30], [5, 30, 50]],
  ['ten, of which the longest is one in ten', upTo(10), [10, 5, 9]],
  ['eleven', upTo(11), [11, 6, 10]],
  ['fifty', upTo(50), [50, 25, 45]],
  ['nothing that took any time', [0, 0, 0], [3, 0, 0]],
  ['one that took days', [5, 5, 5, 200_000], [4, 5, 200_000]],
];

describe('what is usual', () => {
  it.each(quantiles)('of %s', (_, seconds, [of, p50, p90]) => {
    expect(usualOf(seconds)).toEqual({ told: 'quantiles', of, p50, p90 });
  });

  it('of two or one is told one by one, and of none is nothing', () => {
    expect([usualOf([9, 14]), usualOf([9]), usualOf([])]).toEqual([
      { told: 'few', seconds: [9, 14] },
      { told: 'few', seconds: [9] },
      { told: 'nothing' },
    ]);
  });

  it('leaves what it is given as it was', () => {
    const seconds = [3, 1, 2];
    usualOf(seconds);
    expect(seconds).toEqual([3, 1, 2]);
  });
});

const took = (of: number, p90: number): Usual => ({ told: 'quantiles', of, p50: 1, p90 });

/** What is usual, how long it takes by now, and whether that is slow. */
const slow: [string, Usual | null, number, boolean][] = [
  ['as long as nine in ten', took(5, 40), 40, false],
  ['by less than looks miss', took(5, 40), 55, false],
  ['by more', took(5, 40), 56, true],
  ['by less than a tenth of a long time', took(50, 1000), 1100, false],
  ['by more than a tenth of it', took(50, 1000), 1101, true],
  ['where nothing ever took time', took(5, 0), 16, true],
  ['with four to judge by', took(4, 40), 9000, false],
  ['with two to judge by', { told: 'few', seconds: [1, 2] }, 9000, false],
  ['with nothing to judge by', { told: 'nothing' }, 9000, false],
  ['where the framework has no name', null, 9000, false],
];

describe('slower than before', () => {
  it.each(slow)('%s', (_, usual, seconds, expected) => {
    expect(isSlow(usual, seconds)).toBe(expected);
  });
});

const group = (id: string, name: string | null): TaskGroup => ({
  framework:
    name === null
      ? { id, name, why: 'the master does not list it' }
      : ({ id, name } as TaskGroup['framework']),
  tasks: [],
});

describe('the frameworks of an agent', () => {
  const groups = [group('f1', 'marathon'), group('f2', null), group('f3', 'spark'), group('f4', 'marathon')];

  it('are looked up by name, each once', () => {
    expect(namesToFind(groups)).toEqual(['marathon', 'spark']);
  });

  it('have no history, or none that is known where their name is not', () => {
    expect(usualOfEach(groups, new Map([['marathon', [9, 14]]]))).toEqual([
      { framework: 'f1', name: 'marathon', usual: { told: 'few', seconds: [9, 14] } },
      { framework: 'f2', name: null, usual: null },
      { framework: 'f3', name: 'spark', usual: { told: 'nothing' } },
      { framework: 'f4', name: 'marathon', usual: { told: 'few', seconds: [9, 14] } },
    ]);
  });
});
