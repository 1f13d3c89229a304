import { describe, expect, it } from '@jest/globals';
import { changedLines } from '../../../src/domain/plan/as-shown.ts';
import type { AgentLineOfPlan } from '../../../src/domain/plan.ts';
import { agentsPlan } from '../../support/plan-samples.ts';

const lines = agentsPlan().lines;
const refused = { is: 'refused', refusal: { code: 'direct-message' } } as const;
const shown = (state: string, tasks: number | null) => ({ shown: { state, tasks } });

describe('an agent against what was shown of it', () => {
  it.each<[string, Partial<AgentLineOfPlan>, object[]]>([
    ['is the same', {}, []],
    ['has fewer tasks', shown('active', 0), []],
    ['has one more, which is nothing', shown('active', 9), []],
    ['has more', shown('active', 10), [{ what: 'more-tasks', was: 8, is: 10 }]],
    ['can’t be asked any more', shown('active', null), [{ what: 'tasks-not-known' }]],
    ['is in another state', shown('unreachable', 8), [{ what: 'state', was: 'active', is: 'unreachable' }]],
    ['has another name', { hostname: 'new.example' }, [expect.objectContaining({ what: 'hostname' })]],
    ['is elsewhere', { address: null }, [expect.objectContaining({ what: 'address', is: 'not known' })]],
    ['can’t be done any more', { state: refused }, [{ what: 'refused' }]],
  ])('%s', (_, over, changes) => {
    const [first, second] = lines as [AgentLineOfPlan, AgentLineOfPlan];
    const changed = changedLines(lines, [{ ...first, ...over }, second]);
    expect(changed).toEqual(changes.length === 0 ? [] : [{ hostname: first.hostname, changes }]);
  });

  it('can be done now, which was refused', () => {
    const [first] = lines as [AgentLineOfPlan];
    expect(changedLines([{ ...first, state: refused }], [first])).toMatchObject([
      { changes: [{ what: 'not-refused' }] },
    ]);
  });
});
