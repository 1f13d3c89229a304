import { expect, it } from '@jest/globals';
import { instant } from '../../../src/domain/ids.ts';
import type { Weekday } from '../../../src/domain/policy.ts';
import { weeklyAround } from '../../../src/domain/stay/weekly.ts';

const time = (iso: string) => instant(Date.parse(iso));

it.each<[string, [Weekday, number, string], string, string, string]>([
  [
    'on the minute it is the latest',
    ['mon', 540, 'UTC'],
    '2026-11-23T09:00Z',
    '2026-11-23T09:00Z',
    '2026-11-30T09:00Z',
  ],
  [
    'a moment before it is the next',
    ['mon', 540, 'UTC'],
    '2026-11-23T08:59Z',
    '2026-11-16T09:00Z',
    '2026-11-23T09:00Z',
  ],
  [
    'on a Sunday the week is nearly over',
    ['mon', 540, 'UTC'],
    '2026-11-22T23:59Z',
    '2026-11-16T09:00Z',
    '2026-11-23T09:00Z',
  ],
  ['over a new year', ['thu', 0, 'UTC'], '2026-12-31T12:00Z', '2026-12-31T00:00Z', '2027-01-07T00:00Z'],
  ['over a leap day', ['tue', 600, 'UTC'], '2028-02-29T09:00Z', '2028-02-22T10:00Z', '2028-02-29T10:00Z'],
  [
    'where it is Monday already',
    ['mon', 60, 'Asia/Tokyo'],
    '2026-11-22T16:30Z',
    '2026-11-22T16:00Z',
    '2026-11-29T16:00Z',
  ],
  [
    'over the end of summer time',
    ['mon', 540, 'Europe/Berlin'],
    '2026-10-24T00:00Z',
    '2026-10-19T07:00Z',
    '2026-10-26T08:00Z',
  ],
  [
    'in the hour that clocks show twice, once',
    ['sun', 150, 'Europe/Berlin'],
    '2026-10-25T01:30Z',
    '2026-10-25T00:30Z',
    '2026-11-01T01:30Z',
  ],
  [
    'in the hour that they skip',
    ['sun', 150, 'Europe/Berlin'],
    '2026-03-29T12:00Z',
    '2026-03-29T00:30Z',
    '2026-04-05T00:30Z',
  ],
])('%s', (_, [day, minute, zone], at, latest, next) => {
  expect(weeklyAround({ day, minute, zone }, time(at))).toEqual({ latest: time(latest), next: time(next) });
});
