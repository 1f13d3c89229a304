import { z } from 'zod';
import { redact } from '../redact.ts';

/** How the text of one variable becomes a value. Its problems are worded to follow the variable's name. */
export type Reading<T> = z.ZodType<T, string>;

/** A foreign value as a problem may show it: short, in quotes, without what looks like a secret. */
function shown(text: string): string {
  // Credentials in an address can themselves hold an @, so that nobody can tell where they end.
  if (text.indexOf('@') > 0) return 'an entry (not shown, it may hold a password)';
  return JSON.stringify(redact(text.length > 60 ? `${text.slice(0, 60)}…` : text));
}

/** Any text. */
export function text(): Reading<string> {
  return z.string().trim();
}

/** A secret; never shown. Spaces inside and control characters would break or forge a header. */
export function token(prefix: string, whence: string): Reading<string> {
  return z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/, 'must be one word of plain ASCII')
    .startsWith(prefix, `must begin with ${prefix} (${whence})`);
}

/** A part of Basic credentials. Taken as it is, spaces at its ends too.
 * Source: mesos src/authentication/http/basic_authenticator.cpp, BasicAuthenticatorProcess::authenticate. */
export function basicPart(): Reading<string> {
  return z
    .string()
    .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters')
    .regex(
      /^[^:]*$/,
      "must not hold a ':': Mesos takes such credentials apart wrongly and never lets them in",
    );
}

/** One of a few words, in any letter case. */
export function word<const W extends string>(...words: W[]): Reading<W> {
  return z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(words, `must be one of ${words.join(', ')}`)) as Reading<W>;
}

/** `yes` or `no`. */
export function yesNo(): Reading<boolean> {
  return z
    .string()
    .trim()
    .toLowerCase()
    .pipe(
      z.stringbool({ truthy: ['yes', 'true', '1'], falsy: ['no', 'false', '0'], error: 'must be yes or no' }),
    );
}

/** Seconds, fractions allowed, as whole milliseconds. */
export function secondsAsMs(least: number, most: number): Reading<number> {
  return number(/^\d{1,7}(\.\d+)?$/, least, most, 'seconds').transform((seconds) =>
    Math.round(seconds * 1000),
  );
}

/** A whole number. */
export function count(least: number, most: number): Reading<number> {
  return number(/^\d{1,9}$/, least, most, 'a whole number');
}

function number(form: RegExp, least: number, most: number, what: string): Reading<number> {
  const problem = `must be ${what} from ${least} to ${most}`;
  return z
    .string()
    .trim()
    .regex(form, { error: problem, abort: true })
    .transform(Number)
    .pipe(z.number().min(least, problem).max(most, problem));
}

/** One thing, made by a function that throws a TypeError whose message says what the text is not. */
export function one<T>(make: (text: string) => T): Reading<T> {
  return z.string().transform((given, context) => {
    const made = attempt(make, given.trim());
    if (made.ok) return made.value;
    context.addIssue(made.problem);
    return z.NEVER;
  });
}

/** Things with commas between; every bad one is reported. Empty entries are skipped. */
export function list<T>(make: (text: string) => T): Reading<T[]> {
  return z.string().transform((given, context) => {
    const entries = given.split(',').map((entry) => entry.trim());
    const values: T[] = [];
    for (const entry of entries) {
      if (entry === '') continue;
      const made = attempt(make, entry);
      if (made.ok) values.push(made.value);
      else context.addIssue(made.problem);
    }
    return values;
  });
}

function attempt<T>(
  make: (text: string) => T,
  text: string,
): { ok: true; value: T } | { ok: false; problem: string } {
  try {
    return { ok: true, value: make(text) };
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    return { ok: false, problem: `${shown(text)} ${thrown.message}` };
  }
}
