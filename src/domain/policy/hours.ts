import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import type { Instant } from '../ids.ts';
import { type Hours, type Weekday, weekdays } from '../policy.ts';
import { wallTime } from '../time/wall-clock.ts';

dayjs.extend(utc);

/** Whether a change needs a second person for the hour in which it is done. Judged by what clocks there show. */
export function isHourForTwo(hours: Hours, at: Instant): boolean {
  return isInside(hours, at) === (hours.need === 'inside');
}

/** What goes past midnight belongs to the day on which it began. */
function isInside({ days, fromMinute: from, toMinute: to, zone }: Hours, at: Instant): boolean {
  const now = dayjs.utc(wallTime(at, zone));
  const minute = now.hour() * 60 + now.minute();
  const on = (day: Weekday | undefined) => day !== undefined && days.includes(day);
  const today = (now.day() + 6) % 7;
  if (from < to) return on(weekdays[today]) && minute >= from && minute < to;
  return (on(weekdays[today]) && minute >= from) || (on(weekdays[(today + 6) % 7]) && minute < to);
}
