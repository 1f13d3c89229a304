import type { Clock } from '../app/ports.ts';
import type { Instant } from '../domain/ids.ts';

/** How far something long has come, for whoever waits at a terminal. */
export interface Progress {
  at(done: number, of: number): void;
  /** Leaves a clean line. */
  end(): void;
}

/** Where nobody looks. */
export const noProgress: Progress = { at: () => {}, end: () => {} };

const width = 30;
/** Between two drawings. */
const everyMs = 100;

/** A bar that is drawn over itself; nothing is drawn of what ends at once. */
export function progressBar(write: (text: string) => void, clock: Pick<Clock, 'now'>): Progress {
  let drawnAt: Instant = clock.now();
  let isDrawn = false;
  return {
    at(done, of) {
      const now = clock.now();
      if (now - drawnAt < everyMs) return;
      drawnAt = now;
      isDrawn = true;
      const share = of === 0 ? 1 : Math.min(1, done / of);
      const full = Math.round(share * width);
      write(
        `\r[${'#'.repeat(full)}${'-'.repeat(width - full)}] ${Math.floor(share * 100)} % ${done} of ${of}\u001b[K`,
      );
    },
    end() {
      if (isDrawn) write('\r\u001b[K');
      isDrawn = false;
    },
  };
}
