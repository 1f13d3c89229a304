import { describe, expect, it } from '@jest/globals';
import { overLimits } from '../../../src/domain/plan/over-limits.ts';

const at = (rack: string | null) => ({ attributes: rack === null ? {} : { rack } });
const limits = { drainsAtOnce: 3, per: [{ attribute: 'rack', allowed: 1 }] };

describe('the limits, of all agents of a plan together', () => {
  it.each([
    ['allow one of each rack', ['r1', 'r2', 'r3'], [], null],
    ['don’t count racks of those without', [null, null, null], [], null],
    [
      'refuse more than the cluster allows',
      ['r1', 'r2'],
      ['r3', 'r4'],
      [{ limit: 'cluster', allowed: 3, open: 2, adding: 2 }],
    ],
    [
      'refuse two of one rack, and one of a rack in which one is open',
      ['r1', 'r1', 'r2'],
      ['r2'],
      [
        { limit: 'cluster', allowed: 3, open: 1, adding: 3 },
        { limit: { attribute: 'rack', value: 'r1' }, allowed: 1, open: 0, adding: 2 },
        { limit: { attribute: 'rack', value: 'r2' }, allowed: 1, open: 1, adding: 1 },
      ],
    ],
    ['have nothing against none', [], ['r1', 'r2', 'r3', 'r4'], null],
  ])('%s', (_, agents, open, over) => {
    const judged = overLimits(agents.map(at), open.map(at), limits);
    expect(judged === null ? null : judged.over).toEqual(over);
  });
});
