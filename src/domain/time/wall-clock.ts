import type { Instant } from '../ids.ts';

/** What the clocks of a zone show, written as the milliseconds at which those of UTC show the same. */
export type WallTime = number & { readonly [brand]: 'WallTime' };
declare const brand: unique symbol;

/** What the clocks of this zone show at an instant. Not by dayjs's zones: those reckon over the zone of this machine, and
 * are an hour off where its own clocks are being set back. */
export function wallTime(at: Instant, zone: string): WallTime {
  const parts = formatOf(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
    at % 1000,
  ) as WallTime;
}

/** When the clocks of this zone show that: twice where they are set back over it, else `first` and `last` are the same.
 * Where they are set forward past it, what it would be by the clock before and by the one after. */
export function instantsOf(wall: WallTime, zone: string): { first: Instant; last: Instant } {
  // No zone has changed twice in two days.
  const before = wall - offsetAt((wall - dayMs) as Instant, zone);
  const after = wall - offsetAt((wall + dayMs) as Instant, zone);
  const showing = [before, after].filter((at) => wallTime(at as Instant, zone) === wall);
  const found = showing.length === 0 ? [before, after] : showing;
  return { first: Math.min(...found) as Instant, last: Math.max(...found) as Instant };
}

const dayMs = 86_400_000;

function offsetAt(at: Instant, zone: string): number {
  return wallTime(at, zone) - at;
}

/** Whether this is a zone of the IANA database, as this machine knows it. */
export function isZone(name: string): boolean {
  try {
    formatOf(name);
    // Offsets are taken too, and know no summer.
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one is slow. Throws a RangeError on an unknown zone. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(zone, format);
  return format;
}
