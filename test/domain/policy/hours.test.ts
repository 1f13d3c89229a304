import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/domain/ids.ts';
import { isHourForTwo } from '../../../src/domain/policy/hours.ts';
import { hoursInWords } from '../../../src/domain/policy/times-in-words.ts';
import type { Hours } from '../../../src/domain/policy.ts';

const office: Hours = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  fromMinute: 9 * 60,
  toMinute: 17 * 60,
  zone: 'Europe/Berlin',
  need: 'outside',
};
const night: Hours = {
  ...office,
  days: ['fri', 'sun'],
  fromMinute: 22 * 60,
  toMinute: 6 * 60,
  need: 'inside',
};
const allDay: Hours = { ...office, days: ['sat', 'sun'], fromMinute: 0, toMinute: 1440, need: 'inside' };
const smallHours: Hours = { ...allDay, fromMinute: 120, toMinute: 180 };

describe('whether a change at this hour takes two', () => {
  it.each<[string, Hours, string, boolean]>([
    ['in the office hours of winter', office, '2026-11-25T08:00Z', false],
    ['a minute before them', office, '2026-11-25T07:59Z', true],
    ['at their end', office, '2026-11-25T16:00Z', true],
    ['a minute before it', office, '2026-11-25T15:59Z', false],
    ['in those of summer', office, '2026-07-15T07:00Z', false],
    ['on a Saturday', office, '2026-11-28T12:00Z', true],
    ['on a Friday night', night, '2026-11-27T21:00Z', true],
    ['later in that night, on Saturday', night, '2026-11-28T04:59Z', true],
    ['on Saturday morning', night, '2026-11-28T05:00Z', false],
    ['in a night that is not named', night, '2026-11-28T22:00Z', false],
    ['in a night that began on Sunday', night, '2026-11-30T04:00Z', true],
    ['on a whole day, to its end', allDay, '2026-11-29T22:59Z', true],
    ['a minute later', allDay, '2026-11-29T23:00Z', false],
    ['in an hour that clocks show twice, the first time', smallHours, '2026-10-25T00:30Z', true],
    ['and the second time', smallHours, '2026-10-25T01:30Z', true],
    ['right after it', smallHours, '2026-10-25T02:00Z', false],
  ])('%s', (_, hours, now, two) => {
    expect(isHourForTwo(hours, instant(Date.parse(now)))).toBe(two);
  });
});

it.each<[Hours, string]>([
  [office, 'outside Mon-Fri 09:00-17:00, Europe/Berlin'],
  [night, 'inside Fri, Sun 22:00-06:00 of the next day, Europe/Berlin'],
  [allDay, 'inside Sat, Sun 00:00-24:00, Europe/Berlin'],
])('in words: %#', (hours, words) => {
  expect(hoursInWords(hours)).toBe(words);
});
