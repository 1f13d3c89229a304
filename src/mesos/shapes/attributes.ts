import { z } from 'zod';
import type { Attributes } from '../../domain/agent.ts';
import { cleaned, repeated } from './fields.ts';

/** Attributes as GET_AGENTS writes them: `{"name", "type", "text"|"scalar"|"ranges"|"set"}`. */
export const listedAttributes = repeated(
  z.object({
    name: z.string(),
    text: z.object({ value: z.string() }).optional(),
    scalar: z.object({ value: z.number() }).optional(),
    ranges: z.object({ range: repeated(z.object({ begin: z.number(), end: z.number() })) }).optional(),
    set: z.object({ item: repeated(z.string()) }).optional(),
  }),
).transform((attributes) =>
  bounded(
    attributes.map(({ name, text, scalar, ranges, set }) => [
      name,
      text?.value ??
        (scalar !== undefined
          ? String(scalar.value)
          : ranges !== undefined
            ? `[${ranges.range.map(({ begin, end }) => `${begin}-${end}`).join(', ')}]`
            : `{${set?.item.join(', ') ?? ''}}`),
    ]),
  ),
);

/** Attributes as `/slaves` writes them: an object of texts and numbers. */
export const plainAttributes = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .transform((attributes) => bounded(Object.entries(attributes)));

function bounded(pairs: [string, string | number][]): Attributes {
  return Object.fromEntries(
    pairs.slice(0, 64).map(([name, value]) => [cleaned(name, 128), cleaned(String(value))]),
  );
}
