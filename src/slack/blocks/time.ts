import type { Instant } from '../../domain/ids.ts';
import { iso } from '../../domain/ids.ts';

const halfDayMs = 12 * 3_600_000;
const lastInstant = 8.64e15;

/** A point in time that each reader sees in their own zone; UTC where Slack can't. Only the hour within twelve
 * hours of `near`, else the day too. Source: Slack, formatting text, date token. */
export function when(at: Instant, near: Instant): string {
  if (Math.abs(at) > lastInstant) return 'an unknown time';
  const close = Math.abs(at - near) < halfDayMs;
  const utc = iso(at);
  const fallback = close ? `${utc.slice(11, 16)} UTC` : `${utc.slice(0, 10)} ${utc.slice(11, 16)} UTC`;
  if (at < 0) return fallback;
  return `<!date^${Math.floor(at / 1000)}^${close ? '{time}' : '{date_short_pretty} {time}'}|${fallback}>`;
}

/** An audit entry's time (ISO 8601, UTC) in each reader's zone, with day and seconds. */
export function stamp(at: string): string {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return 'at an unknown time';
  const fallback = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`.replace(/[<>|^&]/g, '');
  return ms < 0 ? fallback : `<!date^${Math.floor(ms / 1000)}^{date_short_pretty} {time_secs}|${fallback}>`;
}

const units = [
  ['day', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** A length of time in its two largest units: `1 h 30 min`, `45 s`, `2 days 3 h`. Whole seconds; below 1 is `0 s`. */
export function spoken(seconds: number): string {
  let rest = Math.floor(seconds);
  if (!(rest >= 1)) return '0 s';
  const words: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count === 0) {
      if (words.length > 0) break;
      continue;
    }
    words.push(`${count} ${unit === 'day' && count !== 1 ? 'days' : unit}`);
    if (words.length === 2) break;
  }
  return words.join(' ');
}

/** From `from` to `to`, spoken. */
export function elapsed(from: Instant, to: Instant): string {
  return spoken((to - from) / 1000);
}
