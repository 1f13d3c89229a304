import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import type { z } from 'zod';
import { exactNumber, isExact } from './shapes/exact.ts';
import { listsOf, Passed } from './shapes/in-passing.ts';

/** Reads a JSON document while its bytes arrive. */
export interface DocumentReader {
  /** The next bytes, cut anywhere. Never throws. */
  take(bytes: Uint8Array): void;
  /** The document once all bytes are in, with a {@link Passed} for each item of the shape's lists; null: no JSON. */
  finish(): { document: unknown } | null;
}

/** A protobuf message nests 100 deep at most, each level in an object and perhaps a list. Each level open costs some
 * 300 bytes, so that a few MB of `[` could fill the memory. */
const mostDepth = 256;

/** A reader for one answer of this shape. It accepts what JSON.parse does, up to {@link mostDepth}; of a key told
 * twice the last one counts. Bytes that are no UTF-8 become U+FFFD: Mesos passes on what frameworks wrote. */
export function documentReader(shape: z.ZodType): DocumentReader {
  const items = listsOf(shape);
  const tokenizer = isExact(shape) ? new ExactTokenizer() : new Tokenizer();
  const parser = new TokenParser({ paths: ['$', ...Object.keys(items)] });
  const decoder = new TextDecoder();
  let whole: { document: unknown } | null = null;
  let amiss = false;
  let depth = 0;

  tokenizer.onEnd = () => {
    if (!parser.isEnded) parser.end();
  };
  parser.onEnd = () => {
    if (!tokenizer.isEnded) tokenizer.end();
  };
  tokenizer.onToken = (info) => {
    const { token } = info;
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) depth += 1;
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth -= 1;
    if (depth > mostDepth) throw new RangeError('nested too deep');
    parser.write(info);
  };
  parser.onValue = ({ value, key, parent, stack }) => {
    if (parent === undefined) {
      whole = { document: value };
      return;
    }
    const path = ['$', ...stack.slice(1).map((outer) => outer.key), '*'].join('.');
    const item = items[path];
    // The parent is the list as it grows: with the projection in its place, the item is garbage from here on. What
    // is no list stays as it is, for the shape to refuse.
    if (item !== undefined && Array.isArray(parent) && typeof key === 'number')
      (parent as unknown[])[key] = new Passed(item, value);
  };

  function attempt(step: () => void): void {
    if (amiss) return;
    try {
      step();
    } catch {
      amiss = true;
      whole = null;
    }
  }

  return {
    take(bytes) {
      attempt(() => tokenizer.write(decoder.decode(bytes, { stream: true })));
    },
    finish() {
      attempt(() => tokenizer.write(decoder.decode()));
      attempt(() => {
        if (!tokenizer.isEnded) tokenizer.end();
      });
      return whole;
    },
  };
}

class ExactTokenizer extends Tokenizer {
  // The values of such a shape may be bigints; the library only passes them on.
  protected override parseNumber(text: string): number {
    return exactNumber(text) as number;
  }
}
