import { describe, expect, it } from '@jest/globals';
import type { AgentSighting, Sighting } from '../../../src/domain/agent.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import * as s from '../../support/samples.ts';

const busy = s.asked(0, { executors: 1, draining: true });
const silent: AgentSighting = { kind: 'not-asked', why: 'no whole answer within the deadline' };

/** Looks at an agent that the master calls DRAINED, each so many seconds after noon. */
function looked(looks: [second: number, agent: AgentSighting][]): Drain {
  let drain = s.drain({ state: s.inDraining() });
  for (const [second, agent] of looks) {
    const sighting: Sighting = {
      at: s.at(second),
      master: { kind: 'registered', leader: s.leader, agent: s.agent({ drain: s.drained }) },
      agent,
      frameworks: [],
      diagnosis: null,
    };
    for (const event of observe(drain, sighting, null)) drain = evolve(drain, event);
  }
  return drain;
}

describe('an agent that the master calls DRAINED', () => {
  it('is not drained by one lost answer after it said that it still has work', () => {
    const drain = looked([
      [60, busy],
      [65, busy],
      [100, busy],
      [105, silent],
    ]);
    expect(drain.state.status).toBe('draining');
  });

  it('is not drained by one lost answer after people were told that it still has work', () => {
    const drain = looked([
      [60, busy],
      [65, busy],
      [400, busy],
      [405, silent],
      [440, silent],
    ]);
    expect(drain.state.status).toBe('draining');
  });

  it("is drained by the master's word when it has been silent since for as long as any other", () => {
    const looks: [number, AgentSighting][] = [
      [60, busy],
      [65, busy],
      [100, busy],
      [105, silent],
    ];
    expect(looked([...looks, [130, silent]]).state.status).toBe('draining');
    expect(looked([...looks, [135, silent]]).state).toMatchObject({
      status: 'drained',
      proof: { by: 'master-only' },
    });
  });

  it('is not drained by silence that an answer broke', () => {
    const drain = looked([
      [60, busy],
      [65, busy],
      [100, silent],
      [105, busy],
      [131, silent],
    ]);
    expect(drain.state.status).toBe('draining');
  });
});
