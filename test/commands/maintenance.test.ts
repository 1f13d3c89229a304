import { describe, expect, it } from '@jest/globals';
import { parseCommand } from '../../src/commands/parse.ts';
import type { MaintenanceCommand } from '../../src/domain/command.ts';
import { instant, seconds } from '../../src/domain/ids.ts';

const now = instant(Date.UTC(2026, 10, 26, 20, 30));
const target = { targets: { names: [{ typed: 'agent3' }] } };
const machine = { machine: { hostname: 'agent9.example', ip: '10.0.0.9' } };

function start(over: Partial<Extract<MaintenanceCommand, { verb: 'maintenance start' }>> = {}) {
  return {
    verb: 'maintenance start',
    machines: target,
    drainFirst: null,
    lasts: null,
    reason: 'new disks',
    overrideFreeze: false,
    ...over,
  } as const;
}

const clock = (shown: string, day: string | null = null) => ({ day, clock: shown, offset: null });

describe('a maintenance command', () => {
  it.each<[string, MaintenanceCommand]>([
    [
      'maintenance clear agent3',
      { verb: 'maintenance clear', machines: target, reason: null, overrideFreeze: false },
    ],
    [
      'MAINTENANCE Clear agent3',
      { verb: 'maintenance clear', machines: target, reason: null, overrideFreeze: false },
    ],
    [
      'maintenance-clear agent3',
      { verb: 'maintenance clear', machines: target, reason: null, overrideFreeze: false },
    ],
    [
      'maintenance stop --hostname <http://agent9.example|agent9.example> --ip 10.0.0.9 --reason done',
      { verb: 'maintenance stop', machines: machine, reason: 'done', overrideFreeze: false },
    ],
    [
      'maintenance up agent3',
      { verb: 'maintenance stop', machines: target, reason: null, overrideFreeze: false },
    ],
    ['maintenance start agent3 --reason new disks', start()],
    ['maintenance start agent3 --override-freeze --reason new disks', start({ overrideFreeze: true })],
    ['maintenance start agent3 --for 2h --reason new disks', start({ lasts: seconds(7_200) })],
    ['maintenance down agent3 —drain-first --reason new disks', start({ drainFirst: { maxGrace: null } })],
    [
      'maintenance start agent3 --drain-first --max-grace-period 10m --reason “new disks”',
      start({ drainFirst: { maxGrace: seconds(600) } }),
    ],
    [
      'maintenance start agent3 --reason maintenance stop of the rack',
      start({ reason: 'maintenance stop of the rack' }),
    ],
  ])('is understood: “%s”', (text, command) => {
    expect(parseCommand(text, { now })).toEqual({ ok: true, value: { command, cluster: null } });
  });

  it.each([
    ['now', { in: seconds(0) }],
    ['2h', { in: seconds(7_200) }],
    ['in 2h', { in: seconds(7_200) }],
    ['22:00', clock('22:00')],
    ['2026-11-28', clock('00:00', '2026-11-28')],
  ])('may begin “%s”', (when, from) => {
    expect(parseCommand(`maintenance schedule agent3 --start ${when} --for 2h`, { now })).toEqual({
      ok: true,
      value: {
        cluster: null,
        command: {
          verb: 'maintenance schedule',
          machines: target,
          from,
          lasts: seconds(7_200),
          reason: null,
          overrideFreeze: false,
        },
      },
    });
  });

  it.each(['maintenance', 'maintenance --help', 'Maintenance', 'help maintenance'])(
    'explains itself on “%s”',
    (text) => {
      expect(parseCommand(text, { now })).toEqual({
        ok: true,
        value: { command: { verb: 'help', topic: 'maintenance' }, cluster: null },
      });
    },
  );

  it.each(['help maintenance start', 'maintenance start --help', 'help maintenance-start'])(
    'is explained on “%s”',
    (text) => {
      expect(parseCommand(text, { now })).toEqual({
        ok: true,
        value: { command: { verb: 'help', topic: 'maintenance start' }, cluster: null },
      });
    },
  );
});
