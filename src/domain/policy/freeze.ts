import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import type { Instant } from '../ids.ts';
import {
  type ChangeKind,
  type DayOfYear,
  type FreezeTime,
  type FreezeWindow,
  type TimeOfWeek,
  weekdays,
} from '../policy.ts';
import { instantsOf, type WallTime, wallTime } from '../time/wall-clock.ts';

dayjs.extend(utc);

/** A freeze that is on. */
export interface Frozen {
  name: string;
  until: Instant;
}

/** The windows that freeze such a change now; `overridden`: names of those that count no more. */
export function frozenBy(
  windows: readonly FreezeWindow[],
  kind: ChangeKind,
  at: Instant,
  overridden: readonly string[] = [],
): Frozen[] {
  return windows.flatMap((window) => {
    if (!window.freezes.includes(kind) || overridden.includes(window.name)) return [];
    const until = frozenUntil(window, at);
    return until === null ? [] : [{ name: window.name, until }];
  });
}

/** When this window, in which we are now, ends; null: we are not in it. An hour that clocks show twice belongs to it
 * whole. */
export function frozenUntil({ when, zone }: FreezeWindow, at: Instant): Instant | null {
  if (when.every === 'once') return at >= when.from && at < when.until ? when.until : null;
  for (const [from, until] of around(when, wallTime(at, zone))) {
    const end = instantsOf(until, zone).last;
    if (at >= instantsOf(from, zone).first && at < end) return end;
  }
  return null;
}

/** Every time that a recurring window could be on at this wall time: this one, and the one that began before it. */
function around(when: Exclude<FreezeTime, { every: 'once' }>, now: WallTime): [WallTime, WallTime][] {
  const today = dayjs.utc(now);
  switch (when.every) {
    case 'year':
      return [-1, 0, 1].map((more) => {
        const year = today.year() + more;
        const from = inYear(year, when.from);
        const until = inYear(year, when.until);
        return [from, until > from ? until : inYear(year + 1, when.until)];
      });
    case 'week': {
      const monday = today.startOf('day').subtract((today.day() + 6) % 7, 'day');
      return [-1, 0, 1].map((more) => {
        const week = monday.add(more, 'week');
        const from = inWeek(week, when.from);
        const until = inWeek(week, when.until);
        return [from, until > from ? until : inWeek(week.add(1, 'week'), when.until)];
      });
    }
  }
}

function inYear(year: number, { month, day, minute }: DayOfYear): WallTime {
  return Date.UTC(year, month - 1, day, 0, minute) as WallTime;
}

function inWeek(monday: dayjs.Dayjs, { day, minute }: TimeOfWeek): WallTime {
  return monday.add(weekdays.indexOf(day), 'day').add(minute, 'minute').valueOf() as WallTime;
}
