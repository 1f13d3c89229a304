import type { Cancel, SimClock } from '../../clock.ts';

/** How one try went: taken, refused for good, or why to try again, in Slack's words (`http_timeout` …). */
export type Try = { kind: 'taken' } | { kind: 'no more' } | { kind: 'again'; reason: string };

/** Which retry this is, from 1; null on the first try. */
export type Retry = { attempt: number; reason: string } | null;

/** At once, after a minute, after five minutes, then never (Slack: Events API, retries). */
const WAITS_MS = [0, 60_000, 300_000];

/** Sends events until they are taken or Slack would give up. */
export class EventRetries {
  readonly #clock: SimClock;
  readonly #timers = new Set<Cancel>();
  #isStopped = false;

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  async deliver(once: (retry: Retry) => Promise<Try>): Promise<void> {
    let retry: Retry = null;
    for (const [tries, wait] of [...WAITS_MS, null].entries()) {
      const outcome: Try = await once(retry);
      if (outcome.kind !== 'again' || wait === null) return;
      if (wait > 0) await this.#sleep(wait);
      if (this.#isStopped) return;
      retry = { attempt: tries + 1, reason: outcome.reason };
    }
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#timers) cancel();
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(ms, () => {
        this.#timers.delete(cancel);
        resolve();
      });
      this.#timers.add(cancel);
    });
  }
}
