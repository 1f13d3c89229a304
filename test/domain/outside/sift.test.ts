import { describe, expect, it } from '@jest/globals';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { Shown } from '../../../src/domain/outside/agents.ts';
import type { Believed } from '../../../src/domain/outside/service.ts';
import { type Doubts, sift } from '../../../src/domain/outside/sift.ts';
import { agentId, at, draining, foreign, leader, otherLeader } from '../../support/samples.ts';

const shown = (now: Shown['now'], by = leader): Shown => ({
  agentId,
  hostname: 'agent3.example',
  leader: by,
  now,
  goneAt: null,
});
const active: Believed = { service: 'active', leader, at: at(0) };
const begun = at(300);

function sifted(
  all: Shown[],
  {
    before = active as Believed | null,
    isNew = false,
    last = { at: at(0), leader } as { at: typeof begun; leader: typeof leader } | null,
    doubts = new Map<AgentId, string>() as Doubts,
  } = {},
) {
  const believed = new Map(before === null ? [] : [[agentId, before] as const]);
  return sift(all, { believed, isNew: () => isNew, last, doubts }, begun);
}

describe('a sweep, held against what was believed', () => {
  it('goes on believing what is as it was, from this sweep on', () => {
    expect(sifted([shown('active')])).toMatchObject({
      settled: [[agentId, { service: 'active', leader, at: begun }]],
      candidates: [],
    });
  });

  it('finds a change, and when it was last seen otherwise', () => {
    expect(sifted([shown(draining)])).toMatchObject({
      settled: [],
      candidates: [{ deed: 'drain-begun', before: 'active', since: at(0), shown: { now: draining } }],
      doubted: 0,
    });
  });

  it('believes nothing any more of an agent that the registry has forgotten', () => {
    expect(sifted([shown('forgotten')]).settled).toEqual([[agentId, null]]);
  });

  it('says nothing of an agent that it knows nothing of', () => {
    expect(sifted([shown('gone'), shown('forgotten')], { before: null })).toMatchObject({
      settled: [],
      candidates: [],
    });
  });

  it.each([
    ['of a new agent that is out of service', { isNew: true }, ['deactivated']],
    ['of one in the first sweep of all', { isNew: true, last: null }, []],
    ['of one that a new leader lists', { isNew: true, last: { at: at(0), leader: otherLeader } }, []],
    ['of one that an older version has known', { isNew: false }, []],
  ])('%s: %j', (_, over, deeds) => {
    const { candidates } = sifted([shown('deactivated')], { before: null, ...over });
    expect(candidates.map(({ deed }) => deed)).toEqual(deeds);
  });

  it('waits for a new leader to show a change twice', () => {
    const first = sifted([shown(draining, otherLeader)]);
    expect(first).toMatchObject({ settled: [], candidates: [], doubted: 1 });
    const second = sifted([shown({ ...draining, state: 'DRAINED' }, otherLeader)], { doubts: first.doubts });
    expect(second).toMatchObject({ candidates: [{ deed: 'drain-begun' }], doubted: 0 });
    // Until it is judged it stays confirmed.
    expect(second.doubts).toEqual(first.doubts);
  });

  it.each([
    ['shows something else the second time', shown(foreign, otherLeader)],
    ['is another one by then', shown(draining, 'master-3' as typeof leader)],
  ])('begins to wait anew where that leader %s', (_, next) => {
    const first = sifted([shown(draining, otherLeader)]);
    expect(sifted([next], { doubts: first.doubts })).toMatchObject({ candidates: [], doubted: 1 });
  });

  it('forgets its doubt where the old state shows again', () => {
    const first = sifted([shown('deactivated', otherLeader)]);
    expect(sifted([shown('active', otherLeader)], { doubts: first.doubts }).doubts.size).toBe(0);
  });
});
