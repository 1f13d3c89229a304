import { describe, expect, it } from '@jest/globals';
import { drainId, instant } from '../../../src/domain/ids.ts';
import { leftStanding, whyNotStopped } from '../../../src/domain/maintenance/left-standing.ts';
import type { MachinesPlan, MachinesStep } from '../../../src/domain/plan.ts';
import { machinesPlan } from '../../support/plan-samples.ts';

const at = instant(1_000);
const written: { call: 'schedule'; base: [] } = { call: 'schedule', base: [] };
const calling: MachinesStep = { at: 'calling', intendedAt: at, ...written };
const following: MachinesStep = {
  ...{ at: 'following', acceptedAt: at, amiss: null, toldAt: null, between: [] },
  ...written,
};
const unseen = { noEffect: null, blindSince: null, toldAt: null, between: [] };
const checking: MachinesStep = {
  ...{ at: 'checking', intendedAt: at, why: 'timeout', ...unseen },
  ...written,
};
const returning: MachinesStep = { at: 'returning', since: at, toldAt: null, back: [] };

function running(step: MachinesStep, over: Partial<MachinesPlan> = {}): MachinesPlan {
  return machinesPlan({ state: { status: 'running', since: at, step }, ...over });
}

describe('a plan over machines that somebody would stop', () => {
  it.each<[string, MachinesPlan, string | null]>([
    ['can be while it is only proposed', machinesPlan(), null],
    ['can be while it drains', running({ at: 'draining' }), null],
    ['can be before it writes the schedule', running({ at: 'next', call: 'schedule' }), null],
    ['can be before it takes them down', running({ at: 'next', call: 'start' }), null],
    ['can’t be while a call is on its way', running(calling), 'schedule'],
    ['can’t be while nobody knows what became of one', running(checking), 'schedule'],
    ['can’t be before what was taken is seen', running(following), 'schedule'],
    ['can’t be once the machines are up', running(returning), 'stop'],
  ])('%s', (_, plan, call) => {
    const refusal = whyNotStopped(plan);
    const machines = plan.lines.map(({ machine }) => machine);
    expect(refusal).toEqual(call === null ? null : { code: 'plan-calls', plan: 4, call, machines });
  });
});

describe('what a plan over machines leaves as it is', () => {
  const drained = machinesPlan().lines.map((line) => ({
    ...line,
    agents: line.agents.map((each) => ({ ...each, drain: drainId(17) })),
  }));
  const now: MachinesPlan['work'] = { do: 'start', window: null, drainFirst: null };

  it.each<[string, MachinesPlan, ReturnType<typeof leftStanding>]>([
    ['nothing before it begins', machinesPlan(), { drains: [], scheduled: false }],
    [
      'its drains',
      running({ at: 'draining' }, { lines: drained }),
      { drains: [drainId(17)], scheduled: false },
    ],
    [
      'no entry that it has not written',
      running({ at: 'next', call: 'schedule' }, { lines: drained }),
      { drains: [drainId(17)], scheduled: false },
    ],
    ['the entry that was taken', running(following), { drains: [], scheduled: true }],
    ['the entry that it has seen', running({ at: 'next', call: 'start' }), { drains: [], scheduled: true }],
    [
      'no entry of somebody else',
      running({ at: 'next', call: 'start' }, { work: now }),
      { drains: [], scheduled: false },
    ],
  ])('%s', (_, plan, left) => {
    expect(leftStanding(plan)).toEqual(left);
  });
});
