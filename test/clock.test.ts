import { describe, expect, it } from '@jest/globals';
import { newId, systemClock } from '../src/clock.ts';

describe('systemClock', () => {
  const clock = systemClock();

  it('tells the hour in whole milliseconds', () => {
    const before = Date.now();
    const now = clock.now();
    expect(Number.isInteger(now)).toBe(true);
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('fires once, not before its time, and not at all when cancelled', async () => {
    const fired: string[] = [];
    const start = clock.now();
    const cancel = clock.after(5, () => fired.push('cancelled'));
    clock.after(10, () => fired.push('first'));
    cancel();
    await new Promise<void>((resolve) => clock.after(30, resolve));
    expect(clock.now() - start).toBeGreaterThanOrEqual(29);
    expect(fired).toEqual(['first']);
  });

  it('fires at once where the time has passed already', async () => {
    await new Promise<void>((resolve) => clock.after(-1000, resolve));
  });

  it('waits longer than 24.8 days where asked to, which a bare timer would not', async () => {
    let fired = false;
    const cancel = clock.after(2 ** 31, () => {
      fired = true;
    });
    await new Promise<void>((resolve) => clock.after(20, resolve));
    cancel();
    expect(fired).toBe(false);
  });
});

describe('newId', () => {
  it('is another UUID each time', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newId()).not.toBe(newId());
  });
});
