import type { Seconds } from './ids.ts';
import { maxSeconds, seconds } from './ids.ts';

const units: { name: RegExp; short: string; seconds: number }[] = [
  { name: /^w(?:eeks?)?$/i, short: 'w', seconds: 604_800 },
  { name: /^d(?:ays?)?$/i, short: 'd', seconds: 86_400 },
  { name: /^(?:h|hrs?|hours?)$/i, short: 'h', seconds: 3_600 },
  { name: /^(?:m|mins?|minutes?)$/i, short: 'min', seconds: 60 },
  { name: /^(?:s|secs?|seconds?)$/i, short: 's', seconds: 1 },
];

/** Null unless `90s`, `10m`, `1h30m`, `2d` or Mesos's `10mins`, `2hrs`, `1days` (mesos stout/duration.hpp), in whole
 * units, the larger first, from 0 to {@link maxSeconds}. A bare number is null: nobody knows its unit. */
export function parseDuration(text: string): Seconds | null {
  if (!/^(?:\d{1,12} ?[a-z]+ ?)+$/i.test(text)) return null;
  let total = 0;
  let smallest = -1;
  for (const [, count, word] of text.matchAll(/(\d+) ?([a-z]+)/gi)) {
    const index = units.findIndex((unit) => unit.name.test(word ?? ''));
    if (index <= smallest) return null;
    smallest = index;
    total += Number(count) * (units[index]?.seconds ?? Number.NaN);
  }
  return total <= maxSeconds ? seconds(total) : null;
}

/** `45 s`, `10 min`, `1 h 30 min`, `2 d`: every unit that isn't 0. Fractions are cut, less than 0 reads as 0. */
export function showDuration(length: number): string {
  let left = Math.max(0, Math.trunc(length));
  const parts: string[] = [];
  for (const unit of units.slice(1)) {
    const count = Math.floor(left / unit.seconds);
    left -= count * unit.seconds;
    if (count > 0) parts.push(`${count} ${unit.short}`);
  }
  return parts.length > 0 ? parts.join(' ') : '0 s';
}

/** `10m`, `1h30m`, `90s`: as the language takes it. Whole seconds. */
export function typedDuration(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return `${h > 0 ? `${h}h` : ''}${m > 0 ? `${m}m` : ''}${s > 0 || h + m === 0 ? `${s}s` : ''}`;
}
