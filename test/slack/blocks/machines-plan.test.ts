import { describe, expect, it } from '@jest/globals';
import { drainId, planId } from '../../../src/domain/ids.ts';
import type { LeftStanding } from '../../../src/domain/maintenance/left-standing.ts';
import type { MachinesCall, MachinesWork } from '../../../src/domain/plan.ts';
import { machinesAbout } from './machines-plan-examples.ts';
import { person } from './moments.ts';
import { read } from './read.ts';

const about = machinesAbout('agent3');
const now: MachinesWork = { do: 'start', window: null, drainFirst: null };

describe('a plan over machines that was stopped', () => {
  it.each<[string, LeftStanding, string[]]>([
    ['before it did anything', { drains: [], scheduled: false }, ['Nothing was changed.']],
    [
      'while it drained',
      { drains: [drainId(17)], scheduled: false },
      ['Its drains go on as plain ones, for Mesos has no way to stop one: d17.', '`/mesos reactivate` puts'],
    ],
    [
      'after it scheduled them',
      { drains: [], scheduled: true },
      [
        '`agent3 (10.0.0.3)` stays in the maintenance schedule',
        '`/mesos maintenance clear agent3` takes it out',
      ],
    ],
  ])('%s: says what stays, and how to undo it', (_, left, words) => {
    const end = { kind: 'cancelled' as const, by: person, left };
    const told = read({ kind: 'maintenance', about, news: { news: 'ended', end } });
    for (const each of ['Plan p4 was stopped by', ...words]) expect(told).toContain(each);
  });
});

describe('a plan over machines that can’t be stopped', () => {
  it.each<[MachinesCall, string]>([
    ['schedule', '/mesos maintenance clear agent3'],
    ['clear', '/mesos maintenance schedule agent3 --from'],
    ['start', '/mesos maintenance stop agent3'],
    ['stop', '/mesos maintenance start agent3 --reason'],
  ])('since it sent its call to %s: names what undoes that', (call, command) => {
    const refusal = { code: 'plan-calls' as const, plan: planId(4), call, machines: about.machines };
    const told = read({ kind: 'refused', refusal, typed: 'cancel p4' });
    expect(told).toContain(`once the plan's thread tells its end, \`${command}`);
  });
});

describe('the start of maintenance that was not applied', () => {
  it.each<[string, MachinesWork, string]>([
    ['names the rest, and the way back', about.work, 'start agent3 --reason …` without `--drain-first`'],
    ['of machines that others scheduled: has done nothing', now, '/mesos maintenance status'],
  ])('%s', (_, work, words) => {
    const end = { kind: 'failed' as const, why: { code: 'not-applied' as const, call: 'start' as const } };
    expect(read({ kind: 'maintenance', about: { ...about, work }, news: { news: 'ended', end } })).toContain(
      words,
    );
  });
});
