import { z } from 'zod';
import { StoreFault } from '../../app/faults.ts';

/** Data as a column of JSON holds it: with the version of its form. */
export function toStored(value: object): string {
  return JSON.stringify({ v: 1, ...value });
}

/** Parses a column of JSON. `row` names it in the StoreFault, like `drains 17`, that what can't be read becomes. */
export function fromStored<T>(shape: z.ZodType<T>, row: string, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StoreFault(`${row} can't be read: it is not JSON. ${todo}`, { cause: error });
  }
  const version = versioned.safeParse(value);
  if (!version.success)
    throw new StoreFault(`${row} can't be read: this version of the bot knows form v 1 only. ${todo}`);
  const parsed = shape.safeParse(value);
  if (!parsed.success)
    throw new StoreFault(
      `${row} can't be read: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}. ${todo}`,
      {
        cause: parsed.error,
      },
    );
  return parsed.data;
}

const todo = 'Somebody else wrote it, or a newer bot: install that version, or restore a backup.';
const versioned = z.object({ v: z.literal(1) });

/** A schema out of a parser of domain/ids.ts, which throws a TypeError on what it refuses. */
export function parsedBy<In extends string | number, Out>(base: z.ZodType<In>, parse: (raw: In) => Out) {
  return base.transform((raw, context): Out => {
    try {
      return parse(raw);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });
}
