import { describe, expect, it } from '@jest/globals';
import { differences } from '../../../src/domain/maintenance/difference.ts';
import { merged, type ScheduleChange } from '../../../src/domain/maintenance/merge.ts';
import type { Window } from '../../../src/domain/maintenance/window.ts';

const a = { hostname: 'a.example', ip: '10.0.0.1' };
const b = { hostname: 'b.example', ip: '10.0.0.2' };
const c = { hostname: 'c.example', ip: '10.0.0.3' };
const half = { hostname: 'a.example', ip: null };
const tonight = { startNs: 1_795_389_486_883_645_441n, durationNs: 3_600_000_000_000n };
const later = { startNs: 1_795_400_000_000_000_000n, durationNs: null };
const odd: Window = { machines: [half, { hostname: '', ip: '10.0.0.1' }], startNs: 0n, durationNs: 1n };

const put = (...machines: (typeof a)[]): ScheduleChange => ({ to: 'schedule', span: tonight, machines });
const clear = (...machines: (typeof a)[]): ScheduleChange => ({ to: 'clear', machines });
const window = (machines: Window['machines'], span: typeof tonight | typeof later): Window => ({
  machines,
  ...span,
});

describe('a change to the schedule', () => {
  it.each<[string, Window[], ScheduleChange, Window[]]>([
    ['begins an empty schedule', [], put(a, b), [window([a, b], tonight)]],
    ['stands beside what others have', [odd], put(a), [odd, window([a], tonight)]],
    [
      'moves a machine out of a window of others',
      [window([a, b], later)],
      put(a),
      [window([b], later), window([a], tonight)],
    ],
    ['leaves no window empty', [window([a], later), odd], put(a), [odd, window([a], tonight)]],
    [
      'changes nothing that is so already',
      [window([b, a], tonight), odd],
      put(a),
      [window([b, a], tonight), odd],
    ],
    [
      'adds only what is missing',
      [window([b], tonight)],
      put(a, b),
      [window([b], tonight), window([a], tonight)],
    ],
    [
      'knows a hostname in any letter case',
      [window([{ ...a, hostname: 'A.Example' }], later)],
      put(a),
      [window([a], tonight)],
    ],
    [
      'takes a machine that is there twice out of both',
      [window([a], later), window([a, c], later)],
      put(a),
      [window([c], later), window([a], tonight)],
    ],
    ['takes a machine out', [window([a, b], later), odd], clear(a), [window([b], later), odd]],
    ['takes out nothing that is not there', [odd], clear(a), [odd]],
    ['leaves half a name alone, for it is another machine', [odd], clear(a), [odd]],
  ])('%s', (_, schedule, change, expected) => {
    expect(merged(schedule, change)).toEqual(expected);
  });
});

describe('the difference of two schedules', () => {
  it('names each machine that is put in, moved or taken out, and nothing else', () => {
    expect(
      differences(
        [odd, window([a, b], tonight), window([c], later)],
        [window([b], tonight), odd, window([{ ...a, hostname: 'A.example' }], later)],
      ),
    ).toEqual([
      { machine: { ...a, hostname: 'A.example' }, before: tonight, after: later },
      { machine: c, before: later, after: null },
    ]);
  });

  it('means nothing by how machines are put together', () => {
    expect(differences([window([a, b], tonight)], [window([b], tonight), window([a], tonight)])).toEqual([]);
  });

  it('counts a machine that is there twice by what it is there for', () => {
    expect(differences([window([a], later), window([a], tonight)], [window([a], later)])).toEqual([
      { machine: a, before: tonight, after: null },
    ]);
  });
});
