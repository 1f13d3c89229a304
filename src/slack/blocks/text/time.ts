import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import type { Instant } from '../../../domain/ids.ts';
import { type Hour, hourInWords } from '../../../domain/time/hour.ts';
import { plain } from './escape.ts';

dayjs.extend(utc);

const halfDayMs = 12 * 3_600_000;
const lastInstant = 8.64e15;

/** A point in time that each reader sees in their own zone; UTC where Slack can't. Only the hour within twelve
 * hours of `near`, else the day too. Source: Slack, formatting text, date token. */
export function when(at: Instant, near: Instant): string {
  return Math.abs(at - near) < halfDayMs
    ? token(at, '{time}', 'HH:mm [UTC]')
    : token(at, '{date_short_pretty} {time}', 'YYYY-MM-DD HH:mm [UTC]');
}

/** The same to the second: for what leaves within the minute. */
export function second(at: Instant, near: Instant): string {
  return Math.abs(at - near) < halfDayMs
    ? token(at, '{time_secs}', 'HH:mm:ss [UTC]')
    : token(at, '{date_short_pretty} {time_secs}', 'YYYY-MM-DD HH:mm:ss [UTC]');
}

/** A point in time for what is told as it happens: a late reader gets the day from Slack, a notification needs the hour
 * only. */
export function clock(at: Instant): string {
  return token(at, '{date_short_pretty} {time}', 'HH:mm [UTC]');
}

/** A point in time that may be days away: always with its day. */
export function dayAndTime(at: Instant): string {
  return token(at, '{date_short_pretty} {time}', 'YYYY-MM-DD HH:mm [UTC]');
}

/** The hour for which something is scheduled, in each reader's zone; in that of whoever typed it where Slack can't. */
export function hourWords(hour: Hour): string {
  return worded(hour.at, '{date_short_pretty} {time}', plain(hourInWords(hour), 80));
}

/** Behind an hour: where Slack tells no zone of whoever typed it, so that it may not be what they meant. */
export function zoneNote({ zone }: Hour): string {
  return zone === null ? ' (UTC, for Slack tells no time zone of whoever asked)' : '';
}

/** An audit entry's time (ISO 8601, UTC) in each reader's zone, with seconds; without the day within twelve hours
 * of `near`. */
export function stamp(at: string, near: string | null): string {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return 'at an unknown time';
  return near !== null && Math.abs(ms - Date.parse(near)) < halfDayMs
    ? token(ms, '{time_secs}', 'HH:mm:ss [UTC]')
    : token(ms, '{date_short_pretty} {time_secs}', 'YYYY-MM-DD HH:mm:ss [UTC]');
}

/** When something happened long ago, perhaps (ISO 8601, UTC), in each reader's zone, to the minute; without the day within
 * twelve hours of `near`. */
export function minute(at: string, near: string | null): string {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return 'at an unknown time';
  return near !== null && Math.abs(ms - Date.parse(near)) < halfDayMs
    ? token(ms, '{time}', 'HH:mm [UTC]')
    : token(ms, '{date_short_pretty} {time}', 'YYYY-MM-DD HH:mm [UTC]');
}

function token(ms: number, shown: string, fallback: string): string {
  if (!(Math.abs(ms) <= lastInstant)) return 'an unknown time';
  return worded(ms, shown, dayjs.utc(ms).format(fallback));
}

function worded(ms: number, shown: string, words: string): string {
  // Slack's token takes no time before 1970.
  return ms < 0 ? words : `<!date^${Math.floor(ms / 1000)}^${shown}|${words}>`;
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

/** From the least to the most of them: `30 s`, `30 s to 2 min`. */
export function spokenRange(seconds: number[]): string {
  const [least, most] = [spoken(Math.min(...seconds)), spoken(Math.max(...seconds))];
  return least === most ? most : `${least} to ${most}`;
}

/** From `from` to `to`, spoken; rounded as a notice's `tookSeconds` is, so that card and thread agree. */
export function elapsed(from: Instant, to: Instant): string {
  return spoken(Math.round((to - from) / 1000));
}
