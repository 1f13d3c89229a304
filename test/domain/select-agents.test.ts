import { describe, expect, it } from '@jest/globals';
import type { KnownAgent } from '../../src/domain/agent.ts';
import { agentId } from '../../src/domain/ids.ts';
import { selectAgents } from '../../src/domain/select-agents.ts';
import type { Targets } from '../../src/domain/targets.ts';
import { known } from '../support/samples.ts';

function agent(n: number, rack: string, state: KnownAgent['state'] = 'active'): KnownAgent {
  return known({ agentId: agentId(`x-S${n}`), hostname: `agent${n}.example`, attributes: { rack }, state });
}
const fleet = [
  agent(10, 'r2'),
  agent(9, 'r2'),
  agent(1, 'r1'),
  agent(4, 'r1', 'unreachable'),
  known({ agentId: agentId('y-S8'), hostname: 'agent9.example', state: 'gone' }),
];
const where = (attribute: string, ...values: string[]) => ({ attribute, is: true, values });
const named = (...names: string[]): Targets => ({ names: names.map((typed) => ({ typed })) });

function idsOf(targets: Targets, risk: 'reversible' | 'irreversible' = 'reversible') {
  const found = selectAgents(targets, fleet, risk);
  return found.ok ? found.value.map(({ chosen }) => chosen.agentId) : found.refusal;
}

describe('selecting agents', () => {
  it.each<[string, Targets, string[]]>([
    ['by names, in their order', named('agent10', 'S1'), ['x-S10', 'x-S1']],
    ['by two names of one agent, once', named('agent10', 'x-S10'), ['x-S10']],
    ['by name also one that is away', named('agent4', 'agent1'), ['x-S4', 'x-S1']],
    ['by attribute, as people count', { where: [where('rack', 'r2')], hosts: [] }, ['x-S9', 'x-S10']],
    ['by attribute only those registered', { where: [where('rack', 'r1')], hosts: [] }, ['x-S1']],
    [
      'by all conditions together',
      { where: [where('rack', 'r1', 'r2')], hosts: ['agent9*', 'agent1.*'] },
      ['x-S1', 'x-S9'],
    ],
  ])('works %s', (_, targets, expected) => {
    expect(idsOf(targets)).toEqual(expected);
  });

  it('says of one name what it says of it alone', () => {
    expect(idsOf(named('agent1', 'agnet9'))).toMatchObject({ code: 'no-such-agent', typed: 'agnet9' });
  });

  it('says of all names at once what is unclear about them', () => {
    expect(idsOf(named('zzz', 'agent1', 'agent9'), 'irreversible')).toMatchObject({
      code: 'targets-unclear',
      each: [
        { code: 'no-such-agent', typed: 'zzz' },
        { code: 'ambiguous-agent', typed: 'agent9' },
      ],
    });
  });

  it.each([
    ['rakc', ['r1'], ['rack=…']],
    ['shelf', ['s1'], ['rack=…']],
    ['rack', ['r3'], ['rack=r1', 'rack=r2']],
    ['rack', ['zzzz'], ['rack=r1', 'rack=r2']],
  ])('shows what is near to %s=%s, which nobody has', (attribute, values, near) => {
    expect(idsOf({ where: [where(attribute, ...values)], hosts: [] })).toMatchObject({
      code: 'nothing-selected',
      registered: 3,
      parts: [{ matches: 0, near }],
    });
  });

  it('tells how many meet each condition where nobody meets all', () => {
    expect(idsOf({ where: [where('rack', 'r1')], hosts: ['agent9*', 'web'] })).toMatchObject({
      parts: [
        { shown: 'rack=r1', matches: 1, near: [] },
        { shown: '--host agent9* --host web', matches: 1, near: [] },
      ],
    });
  });
});
