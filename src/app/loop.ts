import type { Instant } from '../domain/ids.ts';
import type { Clock } from './ports.ts';

/** Work that runs again whenever something woke it or its hour has come; never twice at once. */
export interface Loop {
  wake(): void;
  /** Resolves when no pass runs and none is wanted now; waiting for an hour to come is idle. */
  idle(): Promise<void>;
  busy(): boolean;
  /** No further pass; resolves when the running one has ended. */
  stop(): Promise<void>;
}

/** `pass` answers when it wants to run again; null: only when woken. A pass that throws goes to `onFault`,
 * which answers the same: a fault in one pass must not end the loop. */
export function makeLoop(options: {
  clock: Clock;
  pass(now: Instant): Promise<Instant | null>;
  onFault(fault: unknown, now: Instant): Instant | null;
}): Loop {
  const { clock, pass, onFault } = options;
  let wanted = false;
  let stopped = false;
  let running: Promise<void> | null = null;
  let cancelTimer = () => {};

  async function run(): Promise<void> {
    let next: Instant | null = null;
    while (wanted && !stopped) {
      wanted = false;
      const now = clock.now();
      next = await pass(now).catch((fault: unknown) => onFault(fault, now));
      if (next !== null && next <= clock.now()) wanted = true;
    }
    running = null;
    if (next !== null && !stopped) cancelTimer = clock.after(Math.max(0, next - clock.now()), wake);
  }

  function wake(): void {
    if (stopped) return;
    wanted = true;
    if (running !== null) return;
    cancelTimer();
    // Not in this turn: `running` must be set before the pass can wake its own loop.
    running = Promise.resolve().then(run);
  }

  const busy = () => running !== null;
  async function idle(): Promise<void> {
    while (running !== null) await running;
  }
  return {
    wake,
    idle,
    busy,
    stop: async () => {
      stopped = true;
      cancelTimer();
      await idle();
    },
  };
}
