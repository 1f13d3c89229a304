import { randomUUID } from 'node:crypto';
import type { Clock, NewId } from './app/ports.ts';
import { instant } from './domain/ids.ts';

/** The longest wait that Node's timers know; anything longer would fire at once. Source: Node, timers. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own time. The only place in src/ where time and ids are real (test/architecture.test.ts). */
export function systemClock(): Clock {
  return {
    now: () => instant(Date.now()),
    after(ms, fn) {
      let timer: NodeJS.Timeout;
      const wait = (left: number): void => {
        const step = Math.min(left, longestTimerMs);
        timer = setTimeout(() => (left > step ? wait(left - step) : fn()), step);
      };
      wait(Math.max(0, ms));
      return () => clearTimeout(timer);
    },
  };
}

/** A random UUID, version 4. */
export const newId: NewId = () => randomUUID();
