import { z } from 'zod';
import { nearest } from '../../domain/nearest.ts';
import type { Reading } from '../values.ts';
import type { Path, YamlFile } from './yaml-file.ts';

/** An object with these keys and no others. */
export function keys<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    // Not for people: the right words, for whoever tells of the wrong one (below).
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
}

/** One word, number or yes/no, read as the text of a variable is. */
export function scalar<T>(reading: Reading<T>) {
  return z
    .union([z.string(), z.number(), z.boolean()], 'must be one word or number')
    .transform(String)
    .pipe(reading);
}

/** A list of such; one alone needs no brackets. */
export function listOf<T>(reading: Reading<T>) {
  const entry = scalar(reading);
  return z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(entry));
}

/** A part of a file as its schema has it. Whatever is wrong is told at its place, all of it at once, and left out of what is
 * answered, so that the rest can be judged too; `schema` must take an object with nothing in it. `broken` gets the paths
 * that were left out. */
export function readShape<T>(
  schema: z.ZodType<T>,
  value: unknown,
  at: { file: YamlFile; path: Path; problems: string[]; broken?: Set<string> },
): T {
  const { file, path, problems } = at;
  let rest: unknown = value ?? {};
  for (;;) {
    const outcome = schema.safeParse(rest);
    if (outcome.success) return outcome.data;
    const wrong = outcome.error.issues.flatMap(objectionsIn);
    for (const { path: deeper, what } of wrong) {
      const whole = [...path, ...deeper];
      problems.push(`${file.place(whole)} ${what}`);
      at.broken?.add(whole.join('.'));
    }
    const left = without(
      rest,
      wrong.map((each) => each.path),
    );
    // Each round takes something away. What is not there can't be wrong, or the schema is no such one as it must be.
    if (JSON.stringify(left) === JSON.stringify(rest))
      throw new TypeError('a schema that wants what is not there');
    rest = left;
  }
}

interface Objection {
  path: Path;
  what: string;
}

function objectionsIn(issue: z.core.$ZodIssue): Objection[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], what: stranger(key, issue.message) }));
    case 'invalid_type':
      return [{ path, what: `must be ${kinds[issue.expected] ?? 'something else'}` }];
    default:
      return [{ path, what: issue.message }];
  }
}

function stranger(key: string, allowed: string): string {
  const right = allowed === '' ? [] : allowed.split(' ');
  const [meant] = nearest(key, right);
  if (meant !== undefined) return `is not a setting; meant ${meant}?`;
  return `is not a setting; here there are ${right.join(', ')}`;
}

const kinds: Partial<Record<string, string>> = {
  object: 'a map of settings, each on a line of its own',
  record: 'a map, each entry with its name before a colon',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};

/** A copy without what these paths lead to, or what is around it where a path goes on beyond what is there. */
function without(value: unknown, paths: Path[]): unknown {
  if (paths.some((path) => path.length === 0)) return {};
  const copy: unknown = structuredClone(value);
  // In lists the last go first, so that the numbers before them stay right.
  for (const path of paths.toSorted(lastFirst)) remove(copy, path);
  return copy;
}

function remove(from: unknown, path: Path): void {
  let holder = from;
  let [step, ...deeper] = path;
  while (isHolder(holder) && step !== undefined) {
    const inner = holder[step];
    if (deeper.length === 0 || !isHolder(inner)) {
      if (Array.isArray(holder)) holder.splice(Number(step), 1);
      else delete holder[step];
      return;
    }
    holder = inner;
    [step, ...deeper] = deeper;
  }
}

function lastFirst(a: Path, b: Path): number {
  const at = a.findIndex((step, nth) => step !== b[nth]);
  const [one, other] = [a[at], b[at]];
  if (typeof one === 'number' && typeof other === 'number') return other - one;
  if (one === undefined || other === undefined) return b.length - a.length;
  return String(one) < String(other) ? -1 : 1;
}

function isHolder(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
