import { z } from 'zod';

/** Where a shape has its lists (`$.KEY.LIST.*`), and what an item of each becomes. */
export type Lists = Readonly<Record<string, z.ZodType>>;

const known = new WeakMap<z.ZodType, Lists>();

/** The same shape, with lists whose items are projected while the answer is still being read, so that a list is never
 * there in one piece. The shape itself has {@link passing} in the same places. */
export function inPassing<T extends z.ZodType>(shape: T, lists: Lists): T {
  known.set(shape, lists);
  return shape;
}

/** The lists of a shape; of most it has none. */
export function listsOf(shape: z.ZodType): Lists {
  return known.get(shape) ?? {};
}

/** What an item became in passing: its projection, or the first thing amiss. */
export class Passed {
  readonly read: { data: unknown } | { amiss: { path: PropertyKey[]; message: string } };

  constructor(item: z.ZodType, raw: unknown) {
    const { success, data, error } = item.safeParse(raw);
    const [issue] = error?.issues ?? [];
    this.read = success
      ? { data }
      : { amiss: { path: issue?.path ?? [], message: issue?.message ?? 'not understood' } };
  }
}

/** An item of a list that may have been projected in passing already; a raw one is projected now. */
export function passing<T extends z.ZodType>(item: T) {
  return z.unknown().transform((value, context): z.output<T> => {
    const { read } = value instanceof Passed ? value : new Passed(item, value);
    if ('data' in read) return read.data as z.output<T>;
    context.issues.push({ code: 'custom', input: null, ...read.amiss, path: [...read.amiss.path] });
    return z.NEVER;
  });
}

/** An item that nobody asks about. */
export const ignored = z.unknown().transform(() => null);
