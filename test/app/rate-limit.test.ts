import { describe, expect, it } from '@jest/globals';
import { makeRateLimit } from '../../src/app/commands/rate-limit.ts';
import { alice, at, bob } from '../support/samples.ts';

const { userId: her } = alice;
const { userId: him } = bob;

describe('the rate limit', () => {
  it('lets as many through a minute as it allows, and says how long the next must wait', () => {
    const limit = makeRateLimit(2);
    expect(limit.check(her, at(0))).toBeNull();
    expect(limit.check(her, at(10))).toBeNull();
    expect(limit.check(her, at(20))).toBe(40_000);
    expect(limit.check(her, at(59.999))).toBe(1);
    expect(limit.check(her, at(60))).toBeNull();
  });

  it('does not count what it refused', () => {
    const limit = makeRateLimit(1);
    limit.check(her, at(0));
    for (const second of [10, 20, 30, 40, 50]) limit.check(her, at(second));
    expect(limit.check(her, at(60))).toBeNull();
  });

  it('counts each person alone', () => {
    const limit = makeRateLimit(1);
    limit.check(her, at(0));
    expect(limit.check(him, at(1))).toBeNull();
    expect(limit.check(her, at(1))).not.toBeNull();
  });

  it('tells an excess once, with its count, a minute after it began', () => {
    const limit = makeRateLimit(1);
    limit.check(her, at(0));
    expect(limit.nextEnd()).toBeNull();
    for (const second of [5, 6, 7]) limit.check(her, at(second));
    expect(limit.nextEnd()).toBe(at(65));
    expect(limit.ended(at(64.999))).toEqual([]);
    expect(limit.ended(at(65))).toEqual([{ user: her, count: 3, since: at(5) }]);
    expect(limit.ended(at(65))).toEqual([]);
    expect(limit.nextEnd()).toBeNull();
  });

  it('names the first of several ends', () => {
    const limit = makeRateLimit(1);
    for (const second of [0, 5]) limit.check(her, at(second));
    for (const second of [1, 3]) limit.check(him, at(second));
    expect(limit.nextEnd()).toBe(at(63));
  });
});
