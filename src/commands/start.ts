import { parseDuration } from '../domain/duration.ts';
import { after, type Instant } from '../domain/ids.ts';

const dayMs = 86_400_000;

/** When a text says that something begins: from now on (`2h`, `+2h`, `in 2h`, `now`), the next time that a clock shows it
 * (`22:00`), or a date as `asDate` reads it; UTC. Null: none of these. */
export function startOf(
  text: string,
  now: Instant,
  asDate: (text: string) => Instant | null,
): Instant | null {
  const typed = text.trim().toLowerCase();
  if (typed === 'now') return now;
  const ahead = parseDuration(typed.replace(/^(?:\+|in )/, ''));
  if (ahead !== null) return after(now, ahead * 1000);
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)z?$/.exec(typed) ?? [];
  if (hour === undefined) return asDate(text);
  const today = after(now, -(now % dayMs));
  const at = after(today, (Number(hour) * 60 + Number(minute)) * 60_000);
  return at > now ? at : after(at, dayMs);
}
