import { parseDuration } from '../domain/duration.ts';
import { after, type Instant, instant, seconds } from '../domain/ids.ts';
import { type Day, today, tomorrow } from '../domain/time/hour.ts';
import { type Objection, objection, quote } from './objection.ts';
import type { Value } from './values.ts';

// How long, and when.

export function readDuration(text: string): Value | Objection {
  const length = parseDuration(text);
  if (length !== null) return { kind: 'duration', seconds: length };
  const forms = ['90s', '10m', '1h30m', '2d', '10mins'];
  if (/^\d+$/.test(text)) {
    const count = text.slice(0, 12);
    return objection(`${quote(text)} has no unit: did you mean ${count}m or ${count}s?`, forms, `${count}m`);
  }
  if (/^\d*[.,]\d+/.test(text))
    return objection(`${quote(text)} has a fraction: write whole units, like 1h30m`, forms);
  return objection(`${quote(text)} is not a duration from 0s to 9223372036s`, forms);
}

const whenForms = ['7d', '2h', '90m', '2026-11-22', '2026-11-22T14:00Z'];

export function readWhen(text: string, now: Instant): Value | Objection {
  const ago = parseDuration(text);
  if (ago !== null) return { kind: 'when', when: { ago } };
  const at = readInstant(text);
  if (at === null)
    return objection(`${quote(text)} is neither a time back from now nor a date (UTC)`, whenForms);
  if (at > now) return objection(`${quote(text)} is in the future`, whenForms);
  return { kind: 'when', when: { at } };
}

/** An end may lie ahead: today is not over yet. */
export function readUntil(text: string): Value | Objection {
  const ago = parseDuration(text);
  if (ago !== null) return { kind: 'when', when: { ago } };
  const at = readInstant(text);
  if (at === null)
    return objection(`${quote(text)} is neither a time back from now nor a date (UTC)`, whenForms);
  return { kind: 'when', when: { at: text.length === '2026-11-22'.length ? after(at, 86_400_000) : at } };
}

const hourForms = ['2h', '22:00', 'tomorrow 22:00', '2026-11-27T22:00', '2026-11-27T22:00+01:00'];

/** Whether the next word is of the same moment: the clock of a day, the zone of a clock, or what comes after `in`. */
export function goesOn(text: string, next: string): boolean {
  if (/^(?:in|today|tomorrow|\d{4}-\d{2}-\d{2})$/i.test(text)) return true;
  const isClock = /(?:^|[\sT])\d{1,2}:\d{2}(?::00)?$/i.test(text);
  return isClock && /^(?:z|utc|[+-]\d{2}:?\d{2})$/i.test(next);
}

const momentForm =
  /^(?:(today|tomorrow|\d{4}-\d{2}-\d{2})(?:T|\s+))?(\d{1,2}):(\d{2})(?::00)?\s?(z|utc|[+-]\d{2}:?\d{2})?$/i;

/** A moment that is to come; which, depends on the zone of whoever typed it. */
export function readHour(text: string): Value | Objection {
  const typed = text.trim();
  if (/^now$/i.test(typed)) return { kind: 'hour', hour: { in: seconds(0) } };
  const ahead = parseDuration(typed.replace(/^(?:\+|in )\s*/i, ''));
  if (ahead !== null) return { kind: 'hour', hour: { in: ahead } };
  const [, dayWord, hours = '', minutes = '', offsetWord] =
    momentForm.exec(/^\d{4}-\d{2}-\d{2}$/.test(typed) ? `${typed}T00:00` : typed) ?? [];
  const day = dayWord === undefined ? null : dayOf(dayWord);
  const offset = offsetWord === undefined ? null : offsetOf(offsetWord);
  if (hours === '' || Number(hours) > 23 || Number(minutes) > 59 || day === undefined || offset === undefined)
    return objection(`${quote(text)} is no moment that lies ahead`, hourForms);
  return { kind: 'hour', hour: { day, clock: `${hours.padStart(2, '0')}:${minutes}`, offset } };
}

/** Undefined: there is no such day. */
function dayOf(word: string): Day | undefined {
  const near = [today, tomorrow].find((each) => each === word.toLowerCase());
  if (near !== undefined) return near;
  return readInstant(word) === null ? undefined : word;
}

/** Undefined: no clock is that far ahead or behind. */
function offsetOf(word: string): string | undefined {
  if (/^(?:z|utc)$/i.test(word)) return '+00:00';
  const [, sign, hours = '', minutes = ''] = /^([+-])(\d{2}):?(\d{2})$/.exec(word) ?? [];
  return Number(hours) > 14 || Number(minutes) > 59 ? undefined : `${sign}${hours}:${minutes}`;
}

function readInstant(text: string): Instant | null {
  const form = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?)?$/i.exec(text);
  if (form === null) return null;
  const [, day, clock = '00:00', second = '00', fraction = ''] = form;
  const written = `${day}T${clock}:${second}.${fraction.padEnd(3, '0')}Z`;
  const ms = Date.parse(written);
  // 30 February and 24:00 are read as other days; what comes out must be what was written.
  return Number.isNaN(ms) || new Date(ms).toISOString() !== written ? null : instant(ms);
}
