import { z } from 'zod';
import { type Instant, instant } from '../../domain/ids.ts';

/** A text from the wire, fit to be shown: no control or invisible format characters, well-formed, cut. */
export const text = z.string().transform((raw) => cleaned(raw));

/** {@link text} without zod; at most `most` UTF-16 units. */
export function cleaned(raw: string, most = 256): string {
  return raw
    .slice(0, most * 2)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .slice(0, most)
    .toWellFormed()
    .trim();
}

/** An id through its own parser; what the parser refuses is an unexpected shape. */
export function id<T>(parse: (raw: string) => T) {
  return z.string().transform((raw, context): T => {
    try {
      return parse(raw);
    } catch (error) {
      context.issues.push({
        code: 'custom',
        input: raw,
        message: error instanceof Error ? error.message : 'not an id',
      });
      return z.NEVER;
    }
  });
}

/** Protobuf's `{"value": …}` around an id. */
export function wrapped<T>(parse: (raw: string) => T) {
  return z.object({ value: id(parse) }).transform((message) => message.value);
}

/** Mesos's DurationInfo and TimeInfo, in nanoseconds as the nearest double; an int64 on the wire, so that anything
 * larger is not from Mesos. */
export const nanoseconds = z
  .object({
    nanoseconds: z
      .number()
      .min(-(2 ** 63))
      .max(2 ** 63),
  })
  .transform((message) => message.nanoseconds);

/** Milliseconds that a date can hold, as an instant. */
const milliseconds = z
  .number()
  .min(-8.64e15)
  .max(8.64e15)
  .transform((ms): Instant => instant(ms));

/** A TimeInfo as an instant. */
export const timeInfo = nanoseconds.transform((ns) => ns / 1e6).pipe(milliseconds);

/** Seconds since the epoch, with fractions, as the v0 endpoints write them. */
export const epochSeconds = z
  .number()
  .transform((seconds) => seconds * 1000)
  .pipe(milliseconds);

/** A repeated field, which Mesos leaves out when it is empty (mesos-api 3). */
export function repeated<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .optional()
    .transform((list) => list ?? []);
}
