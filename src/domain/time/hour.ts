import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import { after, type Instant, instant, iso, type Seconds } from '../ids.ts';
import { ok, type Result, refuse } from '../refusal.ts';
import { instantsOf, type WallTime, wallTime } from './wall-clock.ts';

dayjs.extend(utc);

/** The moment for which something is meant, and the zone in which it was typed: an IANA name; null: Slack tells none of
 * whoever typed it, so UTC was meant. */
export interface Hour {
  at: Instant;
  zone: string | null;
}

/** A moment as a person types it. */
export type HourMeant =
  /** From when the command is run. */
  | { in: Seconds }
  /** What clocks show then: those of the offset (`Z`, `+02:00`), or, null, those of whoever typed it. `day` null: the next
   * time that they show it. */
  | { day: Day | null; clock: ClockTime; offset: string | null };

/** `2026-11-27`, a day that there is; or the day of the command, or the one after. */
export type Day = string;
export const today: Day = 'today';
export const tomorrow: Day = 'tomorrow';

/** `22:00`. */
export type ClockTime = string;

/** A moment that can't be meant. */
export type HourRefusal =
  | { code: 'hour-past'; hour: Hour }
  | { code: 'hour-too-far'; hour: Hour; mostDays: number }
  /** The clocks of the zone show it `twice` or `never`; `instead`: the moments that can be meant, as they can be typed. */
  | { code: 'hour-not-one'; shown: 'twice' | 'never'; wall: string; zone: string; instead: string[] };

/** Nothing is scheduled further ahead: what is typed so is most likely a mistake, and nobody remembers it then. */
export const mostDaysAhead = 30;

const dayMs = 86_400_000;

/** When that is. `zone`: that of whoever typed it; null: Slack tells none. Refuses what is past, what is further ahead than
 * `mostDays` (null: nothing is), and what the clocks of the zone show twice or never, as where they are set back or forward. */
export function hourOf(
  meant: HourMeant,
  zone: string | null,
  now: Instant,
  mostDays: number | null = mostDaysAhead,
): Result<Hour> {
  if ('in' in meant) return judged({ at: after(now, meant.in * 1000), zone }, now, mostDays);
  const shown = clocksOf(meant.offset, zone);
  const { day } = meant;
  const sameDay = dayjs.utc(shown.wall(now)).startOf('day');
  const from =
    day === null || day === today ? sameDay : day === tomorrow ? sameDay.add(1, 'day') : dayjs.utc(day);
  const [hours = 0, minutes = 0] = meant.clock.split(':').map(Number);
  // Today or tomorrow; or the day after, where a change of the clocks is over by now.
  for (let more = 0; more <= 2; more++) {
    const wall = from.add(more, 'day').add(hours, 'hour').add(minutes, 'minute').valueOf() as WallTime;
    const { first, last } = shown.instants(wall);
    const isShown = shown.wall(first) === wall;
    if (meant.day === null && (isShown ? last < now : wall < shown.wall(now))) continue;
    // Of two, one may be over.
    if (isShown && (first === last || first < now)) return judged({ at: last, zone }, now, mostDays);
    return refuse({
      code: 'hour-not-one',
      shown: isShown ? 'twice' : 'never',
      wall: dayjs.utc(wall).format('YYYY-MM-DD HH:mm'),
      zone: zone ?? 'UTC',
      instead: [first, last].map((at) => withOffset(at, shown.wall(at))),
    });
  }
  throw new TypeError(`no clock shows ${meant.clock}`);
}

function judged(hour: Hour, now: Instant, mostDays: number | null): Result<Hour> {
  if (hour.at < now) return refuse({ code: 'hour-past', hour });
  return mostDays !== null && hour.at > now + mostDays * dayMs
    ? refuse({ code: 'hour-too-far', hour, mostDays })
    : ok(hour);
}

interface Clocks {
  wall(at: Instant): number;
  instants(wall: WallTime): { first: Instant; last: Instant };
}

function clocksOf(offset: string | null, zone: string | null): Clocks {
  if (offset === null && zone !== null)
    return { wall: (at) => wallTime(at, zone), instants: (wall) => instantsOf(wall, zone) };
  const ahead = offset === null ? 0 : minutesOf(offset) * 60_000;
  return {
    wall: (at) => at + ahead,
    instants: (wall) => ({ first: instant(wall - ahead), last: instant(wall - ahead) }),
  };
}

function minutesOf(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** `2026-10-25T02:30+02:00`: as it can be typed. */
function withOffset(at: Instant, wall: number): string {
  const minutes = Math.round((wall - at) / 60_000);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return `${dayjs.utc(wall).format('YYYY-MM-DDTHH:mm')}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

/** `2026-11-27 22:00 Europe/Berlin`: for whoever can't be shown their own time. */
export function hourInWords({ at, zone }: Hour): string {
  const wall = zone === null ? at : wallTime(at, zone);
  return `${dayjs.utc(wall).format('YYYY-MM-DD HH:mm')} ${zone ?? 'UTC'}`;
}

/** As an entry of the log has it. */
export function hourInLog({ at, zone }: Hour): { hour: string; zone: string | null } {
  return { hour: iso(at), zone };
}
