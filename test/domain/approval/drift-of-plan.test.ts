import { describe, expect, it } from '@jest/globals';
import type { Covers } from '../../../src/domain/approval/covers.ts';
import { driftOfPlan, isWhole } from '../../../src/domain/approval/drift-of-plan.ts';
import { coveredAgent, coveredMachine, twoAgents } from '../../support/covers-samples.ts';

const volume = { kind: 'volume' as const, id: 'v-1', role: 'db', sizeMb: 1 };
const framework = { framework: 'f-1', name: 'web', tasks: 3 };

function agents(...lines: ReturnType<typeof coveredAgent>[]): Covers {
  return { of: 'agents', work: { do: 'deactivate' }, lines };
}

function machines(...lines: ReturnType<typeof coveredMachine>[]): Covers {
  return { of: 'machines', work: { do: 'stop' }, lines };
}

/** Lines as the table writes them: `agent4 alive`, `agent4 missing`. */
function inShort(shown: Covers, now: Covers): string[] {
  return driftOfPlan(shown, now).map((drift) => {
    if (drift.what === 'machine-missing') return `${drift.machine.hostname.split('.')[0]} no machine`;
    const name = drift.hostname.split('.')[0];
    return `${name} ${drift.what === 'line' ? drift.drift.what : drift.what}`;
  });
}

describe('a list that was approved, and the same list now', () => {
  it.each<[string, Covers, Covers, string[]]>([
    ['the same', twoAgents, twoAgents, []],
    [
      'the same in another order',
      agents(coveredAgent(3), coveredAgent(4)),
      agents(coveredAgent(4), coveredAgent(3)),
      [],
    ],
    // Costs are shown, and nothing is judged by them.
    [
      'more tasks, where they are no loss',
      agents(coveredAgent(3)),
      agents(coveredAgent(3, { cost: { ...coveredAgent(3).cost, tasks: 99 } })),
      [],
    ],
    [
      'an agent less',
      agents(coveredAgent(3), coveredAgent(4)),
      agents(coveredAgent(3)),
      ['agent4 agent-missing'],
    ],
    // Nobody approved it, and nothing is done to it: it is no part of the list.
    ['an agent more', agents(coveredAgent(3)), agents(coveredAgent(3), coveredAgent(4)), []],
    [
      'another hostname',
      agents(coveredAgent(3)),
      agents(coveredAgent(3, { hostname: 'agent9.example' })),
      ['agent3 hostname'],
    ],
    ['no address', agents(coveredAgent(3)), agents(coveredAgent(3, { address: null })), ['agent3 address']],
    [
      'away',
      agents(coveredAgent(3), coveredAgent(4)),
      agents(coveredAgent(3), coveredAgent(4, { loss: { ...coveredAgent(4).loss, alive: false } })),
      ['agent4 away'],
    ],
    [
      'a volume on one, tasks on the other',
      agents(
        coveredAgent(3),
        coveredAgent(4, {
          loss: { alive: true, held: { known: true, value: [] }, tasks: { known: true, value: [] } },
        }),
      ),
      agents(
        coveredAgent(3, { loss: { alive: true, held: { known: true, value: [volume] }, tasks: null } }),
        coveredAgent(4, {
          loss: { alive: true, held: { known: true, value: [] }, tasks: { known: true, value: [framework] } },
        }),
      ),
      ['agent3 volume', 'agent4 framework'],
    ],
    [
      'the same machine',
      machines(coveredMachine(3, [coveredAgent(3)])),
      machines(coveredMachine(3, [coveredAgent(3)])),
      [],
    ],
    ['no machine', machines(coveredMachine(3, [])), machines(), ['agent3 no machine']],
    [
      'a machine by half of its name',
      machines(coveredMachine(3, [])),
      machines({ ...coveredMachine(3, []), machine: { hostname: 'agent3.example', ip: '10.0.0.9' } }),
      ['agent3 no machine'],
    ],
    [
      'its agent gone',
      machines(coveredMachine(3, [coveredAgent(3)])),
      machines(coveredMachine(3, [])),
      ['agent3 agent-missing'],
    ],
    // Whatever is there is shut down: an agent that was not shown was not approved.
    [
      'another agent on it',
      machines(coveredMachine(3, [coveredAgent(3)])),
      machines(coveredMachine(3, [coveredAgent(3), coveredAgent(5)])),
      ['agent5 agent-new'],
    ],
    [
      'of another kind',
      twoAgents,
      machines(coveredMachine(3, [])),
      ['agent3 agent-missing', 'agent4 agent-missing'],
    ],
  ])('%s', (_, shown, now, drift) => {
    expect(inShort(shown, now)).toEqual(drift);
  });

  it('is whole while nothing of it is missing, whatever has changed about it', () => {
    const away = agents(coveredAgent(3, { hostname: 'agent9.example' }));
    expect(isWhole(driftOfPlan(agents(coveredAgent(3)), away))).toBe(true);
    expect(isWhole(driftOfPlan(agents(coveredAgent(3)), agents()))).toBe(false);
    expect(isWhole(driftOfPlan(machines(coveredMachine(3, [])), machines()))).toBe(false);
  });
});
