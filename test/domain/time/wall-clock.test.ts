import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/domain/ids.ts';
import { instantsOf, isZone, type WallTime, wallTime } from '../../../src/domain/time/wall-clock.ts';

const at = (text: string) => instant(Date.parse(text));
const wall = (text: string) => Date.parse(`${text}Z`) as WallTime;

describe('what the clocks of a zone show', () => {
  it.each([
    ['2026-01-15T12:00:00Z', 'Europe/Berlin', '2026-01-15T13:00:00'],
    ['2026-07-15T12:00:00Z', 'Europe/Berlin', '2026-07-15T14:00:00'],
    ['2026-03-29T00:59:59.999Z', 'Europe/Berlin', '2026-03-29T01:59:59.999'],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29T03:00:00'],
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25T02:30:00'],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25T02:30:00'],
    ['2026-11-01T05:30:00Z', 'America/New_York', '2026-11-01T01:30:00'],
    ['2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01T01:30:00'],
    ['2026-01-15T12:00:00Z', 'Asia/Kolkata', '2026-01-15T17:30:00'],
    ['2026-01-15T00:00:00Z', 'UTC', '2026-01-15T00:00:00'],
  ])('at %s in %s: %s', (utc, zone, shown) => {
    expect(wallTime(at(utc), zone)).toBe(wall(shown));
  });
});

describe('when the clocks of a zone show a time', () => {
  it.each([
    ['in winter', '2026-01-15T13:00:00', 'Europe/Berlin', '2026-01-15T12:00:00Z', null],
    ['in summer', '2026-07-15T14:00:00', 'Europe/Berlin', '2026-07-15T12:00:00Z', null],
    [
      'right before they are set forward',
      '2026-03-29T01:59:00',
      'Europe/Berlin',
      '2026-03-29T00:59:00Z',
      null,
    ],
    ['right after it', '2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00Z', null],
    [
      'in the hour that they leave out',
      '2026-03-29T02:30:00',
      'Europe/Berlin',
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:30:00Z',
    ],
    [
      'in the hour that they show twice',
      '2026-10-25T02:30:00',
      'Europe/Berlin',
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
    ],
    [
      'in the half hour that those of Lord Howe show twice',
      '2026-04-05T01:45:00',
      'Australia/Lord_Howe',
      '2026-04-04T14:45:00Z',
      '2026-04-04T15:15:00Z',
    ],
  ])('%s', (_, shown, zone, first, last) => {
    expect(instantsOf(wall(shown), zone)).toEqual({ first: at(first), last: at(last ?? first) });
  });
});

describe('a zone', () => {
  it.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Europe/Atlantis', false],
    ['+02:00', false],
    ['', false],
    ['Berlin', false],
  ])('%j: %s', (name, known) => {
    expect(isZone(name)).toBe(known);
  });
});
