import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import { type FreezeWindow, type Hours, type MinuteOfDay, type Weekday, weekdays } from '../policy.ts';
import { wallTime } from '../time/wall-clock.ts';

dayjs.extend(utc);

/** When changes need a second person: `outside Mon-Fri 09:00-17:00, Europe/Berlin`. */
export function hoursInWords({ days, fromMinute, toMinute, zone, need }: Hours): string {
  const next = toMinute <= fromMinute ? ' of the next day' : '';
  return `${need} ${daysInWords(days)} ${clockOf(fromMinute)}-${clockOf(toMinute)}${next}, ${zone}`;
}

/** When a freeze is on: `every year from 20 Dec 00:00 until 4 Jan 08:00, Europe/Berlin`. */
export function freezeTimeInWords({ when, zone }: Pick<FreezeWindow, 'when' | 'zone'>): string {
  switch (when.every) {
    case 'once': {
      const [from, until] = [when.from, when.until].map((at) =>
        dayjs.utc(wallTime(at, zone)).format('YYYY-MM-DD HH:mm'),
      );
      return `from ${from} until ${until}, ${zone}`;
    }
    case 'year': {
      const [from, until] = [when.from, when.until].map(
        ({ month, day, minute }) => `${day} ${months[month - 1]} ${clockOf(minute)}`,
      );
      return `every year from ${from} until ${until}, ${zone}`;
    }
    case 'week': {
      const [from, until] = [when.from, when.until].map(
        ({ day, minute }) => `${named[day]} ${clockOf(minute)}`,
      );
      return `every week from ${from} until ${until}, ${zone}`;
    }
  }
}

const named: Record<Weekday, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Three or more in a row as from and to. */
function daysInWords(days: Weekday[]): string {
  const at = weekdays.flatMap((day, index) => (days.includes(day) ? [index] : []));
  const runs: [number, number][] = [];
  for (const index of at) {
    const last = runs.at(-1);
    if (last !== undefined && index === last[1] + 1) last[1] = index;
    else runs.push([index, index]);
  }
  const name = (index: number) => named[weekdays[index] as Weekday];
  return runs
    .flatMap(([first, last]) =>
      last - first < 2
        ? Array.from({ length: last - first + 1 }, (_, more) => name(first + more))
        : [`${name(first)}-${name(last)}`],
    )
    .join(', ');
}

function clockOf(minute: MinuteOfDay): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
