import type { Instant, UserId } from '../../domain/ids.ts';

/** How many commands a person may type a minute. In memory: a restart forgives, which harms nobody. */
export interface RateLimit {
  /** Null: go ahead. Otherwise the milliseconds to wait; the command counts as excess. */
  check(user: UserId, now: Instant): number | null;
  /** People whose excess is over, each with its count and start; each told once. */
  ended(now: Instant): Excess[];
  /** When the next excess will be over; null: none runs. */
  nextEnd(): Instant | null;
}

export interface Excess {
  user: UserId;
  count: number;
  since: Instant;
}

const windowMs = 60_000;

export function makeRateLimit(perMinute: number): RateLimit {
  const taken = new Map<UserId, Instant[]>();
  const excess = new Map<UserId, Excess>();
  return {
    check: (user, now) => {
      const recent = (taken.get(user) ?? []).filter((at) => at > now - windowMs);
      taken.set(user, recent);
      const [oldest] = recent;
      if (recent.length < perMinute || oldest === undefined) {
        recent.push(now);
        return null;
      }
      const sofar = excess.get(user) ?? { user, count: 0, since: now };
      excess.set(user, { ...sofar, count: sofar.count + 1 });
      return oldest + windowMs - now;
    },
    ended: (now) => {
      const over = [...excess.values()].filter(({ since }) => since + windowMs <= now);
      for (const { user } of over) excess.delete(user);
      for (const [user, times] of taken) if (times.every((at) => at <= now - windowMs)) taken.delete(user);
      return over;
    },
    nextEnd: () =>
      excess.size === 0
        ? null
        : ((Math.min(...[...excess.values()].map(({ since }) => since)) + windowMs) as Instant),
  };
}
