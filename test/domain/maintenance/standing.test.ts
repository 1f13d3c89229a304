import { describe, expect, it } from '@jest/globals';
import type { KnownAgent, Machine } from '../../../src/domain/agent.ts';
import { agentId } from '../../../src/domain/ids.ts';
import type { MaintenanceSeen } from '../../../src/domain/maintenance/seen.ts';
import { machinesNamed, type Standing, standingsOf } from '../../../src/domain/maintenance/standing.ts';
import { known, leader, newerAgent, noon } from '../../support/samples.ts';

const machine: Machine = { hostname: 'Agent3.example', ip: '10.0.0.3' };
const half: Machine = { hostname: 'agent3.example', ip: null };
const elsewhere: Machine = { hostname: 'agent3.example', ip: '10.0.0.4' };
const window = (machines: Machine[], startMs: number = noon) => ({
  machines,
  startNs: BigInt(startMs) * 1_000_000n + 999_999n,
  durationNs: null,
});
const seen = (over: Partial<MaintenanceSeen> = {}): MaintenanceSeen => ({
  leader,
  windows: [],
  draining: [],
  down: [],
  ...over,
});
const scheduled = (...machines: Machine[]) =>
  seen({
    windows: [window(machines)],
    draining: machines.map((each) => ({ machine: each, answers: [] })),
  });
const only = (from: MaintenanceSeen, agents: KnownAgent[] = [known()]): Standing => {
  const [one, ...more] = standingsOf(from, agents);
  if (one === undefined || more.length > 0) throw new Error('not one');
  return one;
};

describe('how a machine stands', () => {
  it.each<[string, MaintenanceSeen, Standing['is']]>([
    ['to go down', scheduled(machine), 'draining'],
    ['down', seen({ windows: [window([machine])], down: [machine] }), 'down'],
    [
      'only scheduled, where the status is older or hides it',
      seen({ windows: [window([machine])] }),
      'scheduled',
    ],
    [
      'to go down, where only the status shows it',
      seen({ draining: [{ machine, answers: [] }] }),
      'draining',
    ],
  ])('is %s', (_, from, is) => {
    expect(only(from).is).toBe(is);
  });

  it('has its window to the millisecond, and none where the schedule has none', () => {
    expect(only(scheduled(machine)).window).toEqual({ start: noon, durationMs: null });
    expect(only(seen({ down: [machine] })).window).toBeNull();
  });

  it.each<[string, Machine, KnownAgent[], string[], string[]]>([
    ['by both parts, whatever the case', machine, [known()], ['active'], []],
    ['not by half a name', half, [known()], [], ['active']],
    ['not by another IP', elsewhere, [known()], [], ['active']],
    [
      'only those registered, where there are some',
      machine,
      [known(), known({ agentId: newerAgent, state: 'unlisted' })],
      ['active'],
      [],
    ],
    ['those that were, where none is', machine, [known({ state: 'unlisted' })], ['unlisted'], []],
    ['none that is gone', machine, [known({ state: 'gone' })], [], []],
  ])('finds its agents: %s', (_, of, agents, there, alike) => {
    const standing = only(scheduled(of), agents);
    expect([standing.agents, standing.alike].map((each) => each.map(({ state }) => state))).toEqual([
      there,
      alike,
    ]);
  });

  it('comes in the order in which it matters: the soonest, what is down, what fits nobody', () => {
    const soon: Machine = { hostname: 'soon', ip: '10.0.0.5' };
    const agents = [
      known(),
      known({ agentId: agentId('x-S5'), hostname: 'soon', address: { ip: '10.0.0.5', port: 5051 } }),
    ];
    const down: Machine = { hostname: 'down', ip: '10.0.0.6' };
    const from = seen({
      windows: [window([half, down], noon - 2), window([machine]), window([soon], noon - 1)],
      draining: [half, machine, soon].map((each) => ({ machine: each, answers: [] })),
      down: [down],
    });
    expect(standingsOf(from, agents).map((each) => each.machine)).toEqual([soon, machine, down, half]);
  });
});

describe('a machine that was named', () => {
  const away: Machine = { hostname: 'never.example', ip: '10.0.0.9' };
  const from = scheduled(machine, half, away);
  const named = (typed: string, given = from) => {
    const found = machinesNamed(typed, standingsOf(given, [known()]), given, [known()]);
    return found.ok ? found.value.map((each) => [each.machine, each.is]) : found.refusal.code;
  };

  it.each<[string, string, unknown]>([
    [
      'by hostname, with the half that is named alike',
      'AGENT3.example',
      [
        [machine, 'draining'],
        [half, 'draining'],
      ],
    ],
    [
      'by its first part',
      'agent3',
      [
        [machine, 'draining'],
        [half, 'draining'],
      ],
    ],
    ['by its agent', 'S3', [[machine, 'draining']]],
    ['by an IP that no agent has', '10.0.0.9', [[away, 'draining']]],
    ['by a hostname that no agent has', 'never', [[away, 'draining']]],
    ['by nothing that anybody knows', 'agent7', 'no-such-agent'],
  ])('is found %s', (_, typed, expected) => {
    expect(named(typed)).toEqual(expected);
  });

  it('is told of too where the schedule does not have it', () => {
    expect(named('agent3', scheduled(away))).toEqual([
      [{ hostname: 'agent3.example', ip: '10.0.0.3' }, 'up'],
    ]);
    expect(named('agent3', scheduled(half))).toEqual([
      [half, 'draining'],
      [{ hostname: 'agent3.example', ip: '10.0.0.3' }, 'up'],
    ]);
  });
});
