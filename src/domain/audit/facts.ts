import type { Json } from '../audit.ts';
import { type Instant, iso } from '../ids.ts';

/** The names under which our records keep instants. Nothing else may have one of these names in what the log is told:
 * {@link Misnamed} holds that, for at run time an instant is a number like any other. */
const instants = [
  'at',
  'since',
  'from',
  'until',
  'first',
  'second',
  'goneAt',
  'silentSince',
  'expiresAt',
  'expectedEnd',
] as const;
type InstantName = (typeof instants)[number];
const names: ReadonlySet<string> = new Set(instants);

/** What is wrong with the names in a type: never, where each instant has a name of the list and no other number has. */
type Misnamed<T> = T extends string | number | boolean | null | undefined
  ? never
  : T extends readonly (infer M)[]
    ? Misnamed<M>
    : {
        [K in keyof T]-?: [NonNullable<T[K]>] extends [never]
          ? never
          : NonNullable<T[K]> extends Instant
            ? K extends InstantName
              ? never
              : K
            : [Extract<T[K], number>] extends [never]
              ? Misnamed<T[K]>
              : K extends InstantName
                ? K
                : Misnamed<T[K]>;
      }[keyof T];

/** A record of ours as an entry's `facts`: each instant as the log writes times. A compile error at the second argument names
 * an instant that the list lacks, or a number that has one of its names. */
export function factsOf<T>(
  value: T,
  ..._proof: [Misnamed<T>] extends [never] ? [] : [misnamed: Misnamed<T>]
): Json {
  return written(value, null);
}

function written(value: unknown, name: string | null): Json {
  if (typeof value === 'number' && name !== null && names.has(name)) return iso(value as Instant);
  if (Array.isArray(value)) return value.map((each) => written(each, null));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => [key, written(member, key)]),
    );
  return value as Json;
}
