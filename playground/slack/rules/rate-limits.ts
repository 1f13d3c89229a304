import type { SimClock } from '../../clock.ts';

/** Requests a minute that Slack lets through per method and workspace (Slack: rate limits). */
const tiers = { tier1: 1, tier2: 20, tier3: 50, tier4: 100, special: 600, post: 300 } as const;

export type Tier = keyof typeof tiers;

const MINUTE = 60_000;
/** chat.postMessage: about one a second per channel, short bursts tolerated; Slack names no number for the burst. */
const POST_BURST = 5;
const POST_EVERY_MS = 1000;

/** Slack's limits as sliding windows on the simulated clock. */
export class RateLimits {
  readonly #clock: SimClock;
  readonly #taken = new Map<string, number[]>();
  readonly #posts = new Map<string, { tokens: number; at: number }>();
  /** False lets everything through. */
  enabled: boolean;

  constructor(clock: SimClock, enabled: boolean) {
    this.#clock = clock;
    this.enabled = enabled;
  }

  /** Lets a request through (null), or says after how many whole seconds to come back (1 or more). A refused request
   * uses nothing up. `channel` counts for the `post` tier only. */
  take(method: string, tier: Tier, channel: string | null): number | null {
    if (!this.enabled) return null;
    const now = this.#clock.now();
    const taken = (this.#taken.get(method) ?? []).filter((at) => at > now - MINUTE);
    this.#taken.set(method, taken);
    const oldest = taken[0];
    if (oldest !== undefined && taken.length >= tiers[tier]) return seconds(oldest + MINUTE - now);
    if (tier === 'post' && channel !== null) {
      const wait = this.#takePost(channel, now);
      if (wait !== null) return wait;
    }
    taken.push(now);
    return null;
  }

  #takePost(channel: string, now: number): number | null {
    const bucket = this.#posts.get(channel) ?? { tokens: POST_BURST, at: now };
    const tokens = Math.min(POST_BURST, bucket.tokens + (now - bucket.at) / POST_EVERY_MS);
    if (tokens < 1) return seconds((1 - tokens) * POST_EVERY_MS);
    this.#posts.set(channel, { tokens: tokens - 1, at: now });
    return null;
  }
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
