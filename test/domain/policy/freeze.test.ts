import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/domain/ids.ts';
import { frozenBy, frozenUntil } from '../../../src/domain/policy/freeze.ts';
import { freezeTimeInWords } from '../../../src/domain/policy/times-in-words.ts';
import type { FreezeTime, FreezeWindow, TimeOfWeek, Weekday } from '../../../src/domain/policy.ts';

const at = (text: string) => instant(Date.parse(text));
const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const of = (day: Weekday, time: string): TimeOfWeek => ({ day, minute: clock(time) });

function window(when: FreezeTime, over: Partial<FreezeWindow> = {}): FreezeWindow {
  return { name: 'quiet days', when, zone: 'Europe/Berlin', freezes: ['drain'], ...over };
}

const once = window({ every: 'once', from: at('2026-12-20T23:00Z'), until: at('2027-01-04T07:00Z') });
const christmas = window({
  every: 'year',
  from: { month: 12, day: 20, minute: 0 },
  until: { month: 1, day: 4, minute: 8 * 60 },
});
const summer = window({
  every: 'year',
  from: { month: 7, day: 1, minute: 0 },
  until: { month: 7, day: 2, minute: 0 },
});
const weekend = window({ every: 'week', from: of('fri', '18:00'), until: of('mon', '08:00') });
const wednesday = window({ every: 'week', from: of('wed', '10:00'), until: of('wed', '12:00') });
/** Sundays, on which clocks are set. */
const sunday = window({ every: 'week', from: of('sun', '02:30'), until: of('sun', '04:00') });
const upToThree = window({ every: 'week', from: of('sun', '00:00'), until: of('sun', '02:30') });

describe('a freeze', () => {
  it.each<[string, FreezeWindow, string, string | null]>([
    ['once, a moment before', once, '2026-12-20T22:59:59.999Z', null],
    ['once, from its beginning', once, '2026-12-20T23:00Z', '2027-01-04T07:00Z'],
    ['once, at its end', once, '2027-01-04T07:00Z', null],
    ['over the new year, before', christmas, '2026-12-19T22:59Z', null],
    ['over the new year, in the old one', christmas, '2026-12-19T23:00Z', '2027-01-04T07:00Z'],
    ['over the new year, in the new one', christmas, '2027-01-04T06:59Z', '2027-01-04T07:00Z'],
    ['over the new year, after', christmas, '2027-01-04T07:00Z', null],
    ['over the new year, in another year', christmas, '2030-12-31T23:30Z', '2031-01-04T07:00Z'],
    ['in summer, by summer time', summer, '2026-06-30T22:00Z', '2026-07-01T22:00Z'],
    ['in summer, a moment before', summer, '2026-06-30T21:59Z', null],
    ['over a weekend, before', weekend, '2026-11-27T16:59Z', null],
    ['over a weekend, from Friday', weekend, '2026-11-27T17:00Z', '2026-11-30T07:00Z'],
    ['over a weekend, on Monday', weekend, '2026-11-30T06:59Z', '2026-11-30T07:00Z'],
    ['over a weekend, after', weekend, '2026-11-30T07:00Z', null],
    ['within a day', wednesday, '2026-11-25T10:30Z', '2026-11-25T11:00Z'],
    ['within a day, on another one', wednesday, '2026-11-26T10:30Z', null],
    ['ends by summer time, begun in winter', weekend, '2026-03-28T12:00Z', '2026-03-30T06:00Z'],
    ['ends by winter time, begun in summer', weekend, '2026-10-24T12:00Z', '2026-10-26T07:00Z'],
    // 02:30 does not come on 29 March: it is on an hour early rather than late.
    ['begins in an hour that is left out', sunday, '2026-03-29T00:30Z', '2026-03-29T02:00Z'],
    ['ends in an hour that is left out', upToThree, '2026-03-29T01:29Z', '2026-03-29T01:30Z'],
    // 02:30 comes twice on 25 October: from the first one, up to the second one.
    ['begins in an hour that comes twice', sunday, '2026-10-25T00:30Z', '2026-10-25T03:00Z'],
    ['is not over and on again in that hour', sunday, '2026-10-25T01:15Z', '2026-10-25T03:00Z'],
    ['ends in an hour that comes twice', upToThree, '2026-10-25T00:45Z', '2026-10-25T01:30Z'],
  ])('%s', (_, given, now, until) => {
    expect(frozenUntil(given, at(now))).toBe(until === null ? null : at(until));
  });
});

describe('the freezes of a change', () => {
  const now = at('2026-11-28T12:00Z');
  const inventory: FreezeWindow = { ...weekend, name: 'inventory', freezes: ['drain', 'mark-gone'] };
  const all = [weekend, { ...once, name: 'later' }, inventory];
  const until = at('2026-11-30T07:00Z');

  it('are those that are on and name it, with their ends', () => {
    expect(frozenBy(all, 'drain', now)).toEqual([
      { name: 'quiet days', until },
      { name: 'inventory', until },
    ]);
    expect(frozenBy(all, 'mark-gone', now)).toEqual([{ name: 'inventory', until }]);
    expect(frozenBy(all, 'reactivate', now)).toEqual([]);
  });

  it('are no more those that are overridden, by their names', () => {
    expect(frozenBy(all, 'drain', now, ['inventory'])).toEqual([{ name: 'quiet days', until }]);
    expect(frozenBy(all, 'drain', now, ['inventory', 'quiet days'])).toEqual([]);
  });
});

it.each<[FreezeWindow, string]>([
  [once, 'from 2026-12-21 00:00 until 2027-01-04 08:00, Europe/Berlin'],
  [christmas, 'every year from 20 Dec 00:00 until 4 Jan 08:00, Europe/Berlin'],
  [weekend, 'every week from Fri 18:00 until Mon 08:00, Europe/Berlin'],
])('in words: %#', (freeze, words) => {
  expect(freezeTimeInWords(freeze)).toBe(words);
});
