import { describe, expect, it } from '@jest/globals';
import { parseCommand } from '../../src/commands/parse.ts';
import { instant, seconds } from '../../src/domain/ids.ts';
import type { HourMeant } from '../../src/domain/time/hour.ts';

const now = instant(Date.UTC(2026, 10, 26, 20, 30));
const clock = (shown: string, day: string | null = null, offset: string | null = null): HourMeant => ({
  day,
  clock: shown,
  offset,
});

describe('an hour', () => {
  it.each<[string, HourMeant]>([
    ['--in 2h', { in: seconds(7_200) }],
    ['—in 90m', { in: seconds(5_400) }],
    ['--at 2h', { in: seconds(7_200) }],
    ['--at in 2h', { in: seconds(7_200) }],
    ['--at "in 2h"', { in: seconds(7_200) }],
    ['--at +90m', { in: seconds(5_400) }],
    ['--at now', { in: seconds(0) }],
    ['--at 22:00', clock('22:00')],
    ['--at 9:15', clock('09:15')],
    ['--at 22:00:00', clock('22:00')],
    ['--at tomorrow 22:00', clock('22:00', 'tomorrow')],
    ['--at “Tomorrow 9:15”', clock('09:15', 'tomorrow')],
    ['--at 2026-11-27T22:00', clock('22:00', '2026-11-27')],
    ['--at 2026-11-27 22:00', clock('22:00', '2026-11-27')],
    ['--at "2026-11-27 22:00"', clock('22:00', '2026-11-27')],
    ['--at 2026-11-27', clock('00:00', '2026-11-27')],
    ['--at 2028-02-29T10:00', clock('10:00', '2028-02-29')],
    ['--at 22:00Z', clock('22:00', null, '+00:00')],
    ['--at 22:00utc', clock('22:00', null, '+00:00')],
    ['--at 22:00 UTC', clock('22:00', null, '+00:00')],
    ['--at tomorrow 22:00 utc', clock('22:00', 'tomorrow', '+00:00')],
    ['--at 2026-11-27T22:00 +02:00', clock('22:00', '2026-11-27', '+02:00')],
    ['--at Today 22:00', clock('22:00', 'today')],
    ['--at 22:00+02:00', clock('22:00', null, '+02:00')],
    ['--at 2026-10-25T02:30-0330', clock('02:30', '2026-10-25', '-03:30')],
  ])('is understood: “%s”', (words, hour) => {
    const parsed = parseCommand(`deactivate agent3 ${words} --reason disks`, { now });
    expect(parsed).toMatchObject({ ok: true, value: { command: { verb: 'deactivate', hour } } });
  });

  it.each(['drain agent3', 'deactivate agent3', 'reactivate agent3', 'mark-gone agent3'])(
    'can stand behind “%s”',
    (words) => {
      const parsed = parseCommand(`${words} --in 2h --reason disks`, { now });
      expect(parsed).toMatchObject({ ok: true, value: { command: { hour: { in: 7_200 } } } });
    },
  );
});
