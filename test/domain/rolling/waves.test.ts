import { describe, expect, it } from '@jest/globals';
import { type AgentId, agentId } from '../../../src/domain/ids.ts';
import type { DrainLimits } from '../../../src/domain/policy.ts';
import type { Alike } from '../../../src/domain/rolling/alike.ts';
import { packWaves } from '../../../src/domain/rolling/waves.ts';

const id = (n: number): AgentId => agentId(`x-S${n}`);
const inRack = (n: number, rack: string | null) => ({
  agentId: id(n),
  attributes: rack === null ? {} : { rack },
});
const limits = (drainsAtOnce: number, perRack: number | null): DrainLimits => ({
  drainsAtOnce,
  per: perRack === null ? [] : [{ attribute: 'rack', allowed: perRack }],
});
/** Instances of one name on these agents, one each. */
const name = (...agents: number[]): Alike => ({
  framework: 'f1',
  frameworkName: 'marathon',
  name: 'web',
  on: agents.map((n) => ({ agentId: id(n), count: 1 })),
});

describe('the waves of a rolling drain', () => {
  it.each<[string, (string | null)[], DrainLimits, Alike[], number[][]]>([
    ['none for nobody', [], limits(2, 1), [], []],
    ['as many at once as are allowed', ['a', 'b', 'c', 'd', 'e'], limits(2, 1), [], [[0, 1], [2, 3], [4]]],
    ['of one rack only as many as are allowed', ['a', 'a', 'a', 'b'], limits(3, 1), [], [[0, 3], [1], [2]]],
    ['two of a rack where two are allowed', ['a', 'a', 'a', 'b'], limits(3, 2), [], [[0, 1, 3], [2]]],
    ['an agent without a rack is in nobody’s way', ['a', null, null], limits(3, 1), [], [[0, 1, 2]]],
    ['the two instances of a name apart', ['a', 'b', 'c'], limits(3, 1), [name(0, 1)], [[0, 2], [1]]],
    ['not all three of them', ['a', 'b', 'c'], limits(3, 1), [name(0, 1, 2)], [[0, 1], [2]]],
    ['all that are listed where one runs elsewhere', ['a', 'b'], limits(3, 1), [name(0, 1, 7)], [[0, 1]]],
    [
      'a sole instance wherever it comes, for no order helps it',
      ['a', 'b'],
      limits(3, 1),
      [name(1)],
      [[0, 1]],
    ],
    [
      'every name for itself',
      ['a', 'b', 'c', 'd'],
      limits(4, null),
      [name(0, 1), name(0, 2), name(1, 2)],
      [[0, 3], [1], [2]],
    ],
  ])('are %s', (_, racks, allowed, alike, waves) => {
    const agents = racks.map((rack, n) => inRack(n, rack));
    expect(packWaves(agents, allowed, alike).map((wave) => wave.map((each) => each.agentId))).toEqual(
      waves.map((wave) => wave.map(id)),
    );
  });

  it('take 200 agents, each once', () => {
    const agents = Array.from({ length: 200 }, (_, n) => inRack(n, `r${n % 20}`));
    const waves = packWaves(agents, limits(5, 1), [name(0, 1, 2, 3, 4)]);
    expect(waves.flat().map((each) => each.agentId)).toHaveLength(200);
    expect(new Set(waves.flat())).toEqual(new Set(agents));
    expect(waves.every(({ length }) => length <= 5)).toBe(true);
  });
});
