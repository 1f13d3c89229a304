import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import type { Instant } from '../ids.ts';
import { type MinuteOfDay, type Weekday, weekdays } from '../policy.ts';
import { instantsOf, type WallTime, wallTime } from '../time/wall-clock.ts';

dayjs.extend(utc);

/** A time of each week, by the clocks of a zone. */
export interface Weekly {
  day: Weekday;
  minute: MinuteOfDay;
  /** IANA name. */
  zone: string;
}

/** The latest such time up to this moment, and the next one after it. Where clocks skip it, by the clock before; where they
 * show it twice, the first. */
export function weeklyAround(weekly: Weekly, at: Instant): { latest: Instant; next: Instant } {
  const now = dayjs.utc(wallTime(at, weekly.zone));
  const monday = now.startOf('day').subtract((now.day() + 6) % 7, 'day');
  const times = [-1, 0, 1, 2].map((weeks) => inWeek(monday.add(weeks, 'week'), weekly));
  const next = times.find((time) => time > at) ?? at;
  return { latest: times.findLast((time) => time <= at) ?? at, next };
}

function inWeek(monday: dayjs.Dayjs, { day, minute, zone }: Weekly): Instant {
  const wall = monday.add(weekdays.indexOf(day), 'day').add(minute, 'minute').valueOf() as WallTime;
  return instantsOf(wall, zone).first;
}
