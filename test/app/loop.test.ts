import { describe, expect, it } from '@jest/globals';
import { makeLoop } from '../../src/app/loop.ts';
import * as ids from '../../src/domain/ids.ts';
import { portClock } from '../support/port-clock.ts';

/** A loop whose passes end when the test says so. */
function loopByHand() {
  const { clock, advance, settled } = portClock();
  const passes: { now: ids.Instant; end(next?: ids.Instant | null): void; fail(why: Error): void }[] = [];
  const faults: unknown[] = [];
  const loop = makeLoop({
    clock,
    pass: (now) =>
      new Promise((resolve, reject) => {
        passes.push({ now, end: (next = null) => resolve(next), fail: reject });
      }),
    onFault: (fault, now) => {
      faults.push(fault);
      return ids.after(now, 5_000);
    },
  });
  const last = () => {
    const pass = passes.at(-1);
    if (pass === undefined) throw new Error('no pass has begun');
    return pass;
  };
  return { loop, passes, faults, last, clock, advance, settled };
}

describe('a loop', () => {
  it('does nothing until it is woken', async () => {
    const { loop, passes, advance, settled } = loopByHand();
    advance(60_000);
    await settled();
    expect(passes).toHaveLength(0);
    expect(loop.busy()).toBe(false);
    loop.wake();
    await settled();
    expect(passes).toHaveLength(1);
  });

  it('never runs two passes at once, and runs once more for all wakes during one', async () => {
    const { loop, passes, last, settled } = loopByHand();
    loop.wake();
    loop.wake();
    await settled();
    expect(passes).toHaveLength(1);
    loop.wake();
    loop.wake();
    await settled();
    expect(passes).toHaveLength(1);
    last().end();
    await settled();
    expect(passes).toHaveLength(2);
    last().end();
    await loop.idle();
    expect(passes).toHaveLength(2);
  });

  it('never runs two at once though a pass wakes it before its first await', async () => {
    const { clock } = portClock();
    let running = 0;
    let most = 0;
    let passes = 0;
    const loop = makeLoop({
      clock,
      pass: async () => {
        running += 1;
        most = Math.max(most, running);
        passes += 1;
        if (passes < 3) loop.wake();
        await Promise.resolve();
        running -= 1;
        return null;
      },
      onFault: () => null,
    });
    loop.wake();
    await loop.idle();
    expect([passes, most]).toEqual([3, 1]);
  });

  it('runs again at the hour that the pass named, and not before', async () => {
    const { loop, passes, last, clock, advance, settled } = loopByHand();
    loop.wake();
    await settled();
    last().end(ids.after(clock.now(), 5_000));
    await loop.idle();
    advance(4_999);
    await settled();
    expect(passes).toHaveLength(1);
    advance(1);
    await settled();
    expect(passes).toHaveLength(2);
    expect(last().now).toBe(clock.now());
  });

  it('runs at once when that hour is already there', async () => {
    const { loop, passes, last, clock, settled } = loopByHand();
    loop.wake();
    await settled();
    last().end(clock.now());
    await settled();
    expect(passes).toHaveLength(2);
  });

  it('forgets the hour when it is woken before it', async () => {
    const { loop, passes, last, clock, advance, settled } = loopByHand();
    loop.wake();
    await settled();
    last().end(ids.after(clock.now(), 5_000));
    await loop.idle();
    loop.wake();
    await settled();
    last().end();
    await loop.idle();
    advance(60_000);
    await settled();
    expect(passes).toHaveLength(2);
  });

  it('goes on after a fault, at the hour that was answered to it', async () => {
    const { loop, passes, faults, last, advance, settled } = loopByHand();
    const why = new Error('the store is down');
    loop.wake();
    await settled();
    last().fail(why);
    await loop.idle();
    expect(faults).toEqual([why]);
    advance(5_000);
    await settled();
    expect(passes).toHaveLength(2);
  });

  it('waits for the running pass when it stops, and runs none after it', async () => {
    const { loop, passes, last, clock, advance, settled } = loopByHand();
    loop.wake();
    await settled();
    loop.wake();
    let stopped = false;
    const stopping = loop.stop().then(() => {
      stopped = true;
    });
    await settled();
    expect(stopped).toBe(false);
    last().end(ids.after(clock.now(), 1));
    await stopping;
    loop.wake();
    advance(60_000);
    await settled();
    expect(passes).toHaveLength(1);
  });

  it('is idle while it only waits for an hour', async () => {
    const { loop, last, clock, settled } = loopByHand();
    loop.wake();
    expect(loop.busy()).toBe(true);
    await settled();
    last().end(ids.after(clock.now(), 5_000));
    await loop.idle();
    expect(loop.busy()).toBe(false);
  });
});
