import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDuration, showDuration } from '../../src/domain/duration.ts';
import { maxSeconds } from '../../src/domain/ids.ts';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['90s', 90],
    ['10m', 600],
    ['1h30m', 5_400],
    ['1h 30m', 5_400],
    ['2d', 172_800],
    ['1w', 604_800],
    ['1d2h3m4s', 93_784],
    ['30secs', 30],
    ['1sec', 1],
    ['10mins', 600],
    ['1min', 60],
    ['2hrs', 7_200],
    ['1hr', 3_600],
    ['1days', 86_400],
    ['1weeks', 604_800],
    ['10 minutes', 600],
    ['10M', 600],
    ['007s', 7],
    [`${maxSeconds}s`, maxSeconds],
  ])('reads %s as %d seconds', (text, length) => {
    expect(parseDuration(text)).toBe(length);
  });

  it.each([
    ['nothing', ''],
    ['a bare number', '10'],
    ['a fraction', '1.5h'],
    ['a fraction with a comma', '1,5h'],
    ['a negative one', '-5m'],
    ['a unit alone', 'm'],
    ['an unknown unit', '5y'],
    ['milliseconds', '500ms'],
    ['nanoseconds', '5ns'],
    ['the smaller unit first', '30m1h'],
    ['a unit twice', '1h1h'],
    ['a number at the end', '1h30'],
    ['a second more than the master can hold', `${maxSeconds + 1}s`],
    ['what is too long in sum', '9223372036s1h'],
    ['what is too long by its unit', '999999999999w'],
    ['digits without end', `${'9'.repeat(400)}s`],
    ['an exponent', '1e3s'],
    ['other digits', '１０m'],
    ['spaces around it', ' 10m '],
  ])('refuses %s', (_, text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('showDuration', () => {
  it.each([
    [0, '0 s'],
    [45, '45 s'],
    [60, '1 min'],
    [90, '1 min 30 s'],
    [600, '10 min'],
    [5_400, '1 h 30 min'],
    [172_800, '2 d'],
    [604_800, '7 d'],
    [90_061, '1 d 1 h 1 min 1 s'],
    [59.9, '59 s'],
    [-3, '0 s'],
  ])('shows %d as %s', (length, text) => {
    expect(showDuration(length)).toBe(text);
  });

  it('is read back as the same length', async () => {
    await fc.assert(
      fc.property(fc.nat(maxSeconds), (length) => {
        expect(parseDuration(showDuration(length))).toBe(length);
      }),
    );
  });
});
