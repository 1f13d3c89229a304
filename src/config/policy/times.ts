import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import {
  type DayOfYear,
  type FreezeTime,
  type MinuteOfDay,
  type TimeOfWeek,
  type Weekday,
  weekdays,
} from '../../domain/policy.ts';
import { instantsOf, isZone, type WallTime } from '../../domain/time/wall-clock.ts';

dayjs.extend(utc);

/** A point in time as it is written: on one day, on a day of each year, or on a day of each week. */
export type Moment =
  | { every: 'once'; wall: WallTime }
  | { every: 'year'; day: DayOfYear }
  | { every: 'week'; time: TimeOfWeek };

/** `2026-12-20 00:00`, `12-20 00:00` or `fri 18:00`. Throws a TypeError that says what it is not; so do its siblings. */
export function momentOf(given: string): Moment {
  const [, year, month, day, weekday, time] =
    /^(?:(?:(\d{4})-)?(\d{2})-(\d{2})|([a-z]{3,9}))[ T](\d{2}:\d{2})$/i.exec(given) ?? [];
  if (time === undefined)
    throw new TypeError(
      'is not a time like 2026-12-20 00:00 (once), 12-20 00:00 (every year) or fri 18:00 (every week)',
    );
  const minute = minuteOf(time);
  if (weekday !== undefined) return { every: 'week', time: { day: weekdayOf(weekday), minute } };
  const of = { month: Number(month), day: Number(day), minute };
  // A leap year takes every day that there is.
  const wall = Date.UTC(Number(year ?? 2024), of.month - 1, of.day, 0, minute) as WallTime;
  const same = dayjs.utc(wall - minute * 60_000);
  if (same.month() + 1 !== of.month || same.date() !== of.day)
    throw new TypeError('is no day of the calendar');
  return year === undefined ? { every: 'year', day: of } : { every: 'once', wall };
}

/** When a freeze is on, from one moment to the other in this zone. */
export function freezeTimeOf(from: Moment, until: Moment, zone: string): FreezeTime {
  if (from.every === 'once' && until.every === 'once') {
    const span = { from: instantsOf(from.wall, zone).first, until: instantsOf(until.wall, zone).last };
    if (span.until <= span.from) throw new TypeError('ends before it begins');
    return { every: 'once', ...span };
  }
  if (from.every === 'year' && until.every === 'year') {
    if (JSON.stringify(from.day) === JSON.stringify(until.day)) throw new TypeError('ends when it begins');
    return { every: 'year', from: from.day, until: until.day };
  }
  if (from.every === 'week' && until.every === 'week') {
    if (JSON.stringify(from.time) === JSON.stringify(until.time)) throw new TypeError('ends when it begins');
    return { every: 'week', from: from.time, until: until.time };
  }
  throw new TypeError('begins and ends in two ways: write both once, for every year, or for every week');
}

/** `09:00`, up to `24:00`. */
export function minuteOf(given: string): MinuteOfDay {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(given) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || !(minute <= 24 * 60)) throw new TypeError('is not a time of day like 09:00');
  return minute;
}

/** `mon`, `Monday`; a range like `mon-fri` is several. */
export function weekdaysOf(given: string): Weekday[] {
  const [first, last, ...rest] = given.split('-').map((each) => weekdayOf(each.trim()));
  if (first === undefined || rest.length > 0) throw new TypeError(notDays);
  if (last === undefined) return [first];
  const [from, to] = [weekdays.indexOf(first), weekdays.indexOf(last)];
  return from <= to ? weekdays.slice(from, to + 1) : [...weekdays.slice(from), ...weekdays.slice(0, to + 1)];
}

const notDays = 'is not a day like fri, or days like mon-fri';

function weekdayOf(given: string): Weekday {
  const short = given.toLowerCase().slice(0, 3);
  const found = weekdays.find((day) => day === short);
  if (found === undefined || !longNames[found].startsWith(given.toLowerCase())) throw new TypeError(notDays);
  return found;
}

const longNames: Record<Weekday, string> = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
};

/** An IANA name. */
export function zoneOf(given: string): string {
  if (!isZone(given)) throw new TypeError('is not a time zone like Europe/Berlin, or UTC');
  return given;
}
