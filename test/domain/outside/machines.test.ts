import { describe, expect, it } from '@jest/globals';
import {
  agentOn,
  type MachineDeed,
  type Schedule,
  type ScheduledMachine,
  siftSchedule,
} from '../../../src/domain/outside/machines.ts';
import { at, known, leader, newerAgent, otherLeader } from '../../support/samples.ts';

const machine = { hostname: 'agent3.example', ip: '10.0.0.3' };
const scheduled: ScheduledMachine = { machine, start: at(60), durationMs: 3_600_000, down: false };
const down = { ...scheduled, down: true };

function schedule(machines: ScheduledMachine[], over: Partial<Schedule> = {}): Schedule {
  return { leader, at: at(0), machines, ...over };
}

describe('the maintenance schedule between two looks', () => {
  it.each<[string, ScheduledMachine[], ScheduledMachine[], MachineDeed[]]>([
    ['stays empty', [], [], []],
    ['stays as it is', [scheduled], [scheduled], []],
    ['gets a machine', [], [scheduled], ['scheduled']],
    ['gets a machine that is down already', [], [down], ['taken-down']],
    ['has its machine taken down', [scheduled], [down], ['taken-down']],
    ['has its machine down as before', [down], [down], []],
    ['has its machine brought up', [down], [], ['brought-up']],
    ['has its machine brought up and scheduled again', [down], [scheduled], ['brought-up']],
    ['loses a machine', [scheduled], [], ['unscheduled']],
    ['begins at another time', [scheduled], [{ ...scheduled, start: at(61) }], ['rescheduled']],
    ['gets an end', [{ ...scheduled, durationMs: null }], [scheduled], ['rescheduled']],
    [
      'names the hostname in other letters',
      [scheduled],
      [{ ...scheduled, machine: { ...machine, hostname: 'AGENT3.example' } }],
      [],
    ],
    [
      'exchanges a machine for one of the same name',
      [scheduled],
      [{ ...scheduled, machine: { ...machine, ip: null } }],
      ['unscheduled', 'scheduled'],
    ],
  ])('%s', (_, before, now, deeds) => {
    const sifted = siftSchedule(schedule(before), schedule(now), null);
    expect(sifted.changes.map(({ deed }) => deed)).toEqual(deeds);
    expect(sifted.now?.machines).toBe(now);
  });

  it('is no news at the first look', () => {
    const seen = schedule([down]);
    expect(siftSchedule(null, seen, null)).toEqual({ now: seen, changes: [], doubt: null });
  });

  it('is believed as before while it can not be read', () => {
    const before = schedule([down]);
    expect(siftSchedule(before, null, null)).toEqual({ now: before, changes: [], doubt: null });
  });

  it('must be shown twice by a new leader before a change of it counts', () => {
    const before = schedule([scheduled]);
    const seen = schedule([], { leader: otherLeader });
    const first = siftSchedule(before, seen, null);
    expect(first).toMatchObject({ now: before, changes: [] });
    expect(siftSchedule(before, { ...seen, at: at(20) }, first.doubt)).toMatchObject({
      now: { leader: otherLeader },
      changes: [{ deed: 'unscheduled' }],
    });
    expect(siftSchedule(before, schedule([down], { leader: otherLeader }), first.doubt)).toMatchObject({
      now: before,
      changes: [],
    });
  });
});

describe('the agent of a machine', () => {
  const old = known({ state: 'gone' });
  const fresh = known({ agentId: newerAgent });
  it.each([
    ['is the only one there', [old], old],
    ['is the registered one of two', [old, fresh], fresh],
    ['is nobody where two are registered', [known(), fresh], null],
    ['is nobody at another address', [known({ address: { ip: '10.0.0.4', port: 5051 } })], null],
    ['is nobody whose address is not known', [known({ address: null })], null],
    ['is nobody of another name', [known({ hostname: 'agent4.example' })], null],
  ])('%s', (_, agents, expected) => {
    expect(agentOn({ hostname: 'AGENT3.example', ip: '10.0.0.3' }, agents)).toBe(expected);
  });
});
