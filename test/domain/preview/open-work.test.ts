import { describe, expect, it } from '@jest/globals';
import { agentId as agentIdOf, drainId } from '../../../src/domain/ids.ts';
import { sharedWith, type WorkedOn, type WorkKind } from '../../../src/domain/preview/open-work.ts';
import { agentId, framework, frameworkFacts, previewTask } from '../../support/samples.ts';

const drain: WorkKind = { what: 'drain', drain: drainId(15), way: 'drain' };
const about = {
  agentId,
  attributes: { rack: 'r12' },
  groups: [{ framework: frameworkFacts(), tasks: [previewTask()] }],
};

function on(over: Partial<WorkedOn> = {}): WorkedOn {
  return { agentId: agentIdOf('x-S9'), hostname: 'agent9.example', attributes: {}, frameworks: [], ...over };
}

const sameRack = on({ attributes: { rack: 'r12' } });
const sameFramework = on({ frameworks: [{ id: framework, name: 'marathon' }] });

describe('what other work shares with a drain', () => {
  it.each<[string, WorkKind, WorkedOn, object | null]>([
    ['nothing', drain, on({ attributes: { rack: 'r13' } }), null],
    ['the agent', drain, on({ agentId }), { sameAgent: true, rack: null, frameworks: [] }],
    ['the rack', drain, sameRack, { sameAgent: false, rack: 'r12', frameworks: [] }],
    ['a framework', drain, sameFramework, { rack: null, frameworks: ['marathon'] }],
    [
      'the rack, of a drained one',
      { what: 'drained', drain: drainId(4), way: 'drain' },
      sameRack,
      { rack: 'r12' },
    ],
    [
      'no framework of a drained one',
      { what: 'drained', drain: drainId(4), way: 'drain' },
      sameFramework,
      null,
    ],
    ['no framework of one that returns', { what: 'reactivation' }, sameFramework, null],
  ])('%s', (_, work, other, shared) => {
    const found = sharedWith(about, work, other);
    if (shared === null) expect(found).toBeNull();
    else expect(found).toMatchObject({ ...shared, work, hostname: 'agent9.example' });
  });

  it('is no rack where neither agent has one', () => {
    expect(sharedWith({ ...about, attributes: {} }, drain, on())).toBeNull();
  });
});
