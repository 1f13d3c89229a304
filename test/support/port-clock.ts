import { manualClock } from '../../playground/clock.ts';
import type { Clock } from '../../src/app/ports.ts';
import { type Instant, instant } from '../../src/domain/ids.ts';
import { noon } from './samples.ts';

/** The playground's manual clock behind the bot's port, and a way to let promises that can go on do so. */
export function portClock(start: Instant = noon) {
  const manual = manualClock(start);
  const clock: Clock = { now: () => instant(manual.now()), after: (ms, fn) => manual.after(ms, fn) };
  return {
    clock,
    advance: (ms: number) => manual.advance(ms),
    nextDue: () => manual.nextDue(),
    /** All promises that wait for nothing but one another have settled. */
    settled: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}
