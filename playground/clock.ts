/** Cancels a timer that has not fired yet; harmless afterwards. */
export type Cancel = () => void;

/** The only time the simulators know. Milliseconds since the epoch, UTC. */
export interface SimClock {
  now(): number;
  /** Runs `fn` once, `ms` from now; never in the same turn. */
  after(ms: number, fn: () => void): Cancel;
}

/** setTimeout fires at once beyond this; a grace period of 30 days is beyond. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Wall-clock time, for the playground and the demo. Its timers alone do not keep the process alive. */
export function realClock(): SimClock {
  return {
    now: () => Date.now(),
    after: (ms, fn) => {
      let timer: NodeJS.Timeout;
      const wait = (left: number): void => {
        const next = left > LONGEST_TIMEOUT_MS ? () => wait(left - LONGEST_TIMEOUT_MS) : fn;
        timer = setTimeout(next, Math.min(left, LONGEST_TIMEOUT_MS)).unref();
      };
      wait(ms);
      return () => clearTimeout(timer);
    },
  };
}

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends SimClock {
  /** Moves time forward, firing what falls due on the way in order of its hour. Work that a timer starts
   * asynchronously is not awaited: advance in steps and wait for the bot and the simulators to be idle. */
  advance(ms: number): void;
  /** When the next timer falls due, or null. */
  nextDue(): number | null;
}

export function manualClock(start = Date.UTC(2026, 10, 22, 14, 0, 0)): ManualClock {
  let now = start;
  let order = 0;
  const timers = new Map<number, { at: number; fn: () => void }>();
  const next = () =>
    [...timers].reduce<[number, { at: number; fn: () => void }] | null>(
      (first, timer) => (first === null || timer[1].at < first[1].at ? timer : first),
      null,
    );
  return {
    now: () => now,
    after: (ms, fn) => {
      const id = order++;
      timers.set(id, { at: now + Math.max(0, ms), fn });
      return () => void timers.delete(id);
    },
    advance: (ms) => {
      const end = now + ms;
      for (let due = next(); due !== null && due[1].at <= end; due = next()) {
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].fn();
      }
      now = end;
    },
    nextDue: () => next()?.[1].at ?? null,
  };
}
