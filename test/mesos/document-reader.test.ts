import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { documentReader } from '../../src/mesos/document-reader.ts';
import { inPassing, Passed, passing } from '../../src/mesos/shapes/in-passing.ts';

const item = z.object({ id: z.string().transform((id) => id.toUpperCase()), n: z.number().optional() });
const plain = z.object({ get: z.object({ items: z.array(item).optional(), x: z.unknown().optional() }) });
const shape = inPassing(
  z.object({ get: z.object({ items: z.array(passing(item)).optional(), x: z.unknown().optional() }) }),
  { '$.get.items.*': item },
);

type Outcome = 'not JSON' | { data: unknown } | { path: PropertyKey[]; message: unknown };

function told(read: z.ZodSafeParseResult<unknown>): Outcome {
  if (read.success) return { data: read.data };
  const [issue] = read.error.issues;
  return { path: issue?.path ?? [], message: issue?.message ?? '' };
}

/** All at once, as without a reader. */
function atOnce(bytes: Uint8Array): Outcome {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return 'not JSON';
  }
  return told(plain.safeParse(document));
}

/** While the bytes arrive, cut at these places. */
function arriving(bytes: Uint8Array, cuts: number[]): Outcome {
  const reader = documentReader(shape);
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  let from = 0;
  for (const to of places) {
    reader.take(bytes.subarray(from, to));
    from = to;
  }
  const whole = reader.finish();
  return whole === null ? 'not JSON' : told(shape.safeParse(whole.document));
}

/** JSON texts in which the list often is where it should be, and often is not; keys come twice, and in disguise. */
const { document } = fc.letrec<Record<'value' | 'items' | 'get' | 'document', string>>((tie) => {
  const space = fc.constantFrom('', '', '', ' ', '\r\n\t');
  const scalar = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }).map((text) => JSON.stringify(text)),
    fc.constantFrom('"{\\"items\\":[{\\"id\\":1}]}"', '"]}\\\\"', '"\\ud83d\\ude00"', '"\\ud83d"', '"😀é"'),
    fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
    fc.constantFrom('true', 'false', 'null', '0', '-0', '1E-2', '1e999', '9007199254740993'),
  );
  const key = fc.constantFrom('"get"', '"items"', '"\\u0069tems"', '"id"', '"n"', '"x"', '"__proto__"');
  const list = (of: fc.Arbitrary<string>) =>
    fc.tuple(space, fc.array(of, { maxLength: 4 })).map(([gap, all]) => `[${gap}${all.join(`,${gap}`)}]`);
  const object = (...entries: fc.Arbitrary<[string, string]>[]) =>
    fc
      .tuple(space, fc.array(fc.oneof(...entries), { maxLength: 4 }))
      .map(([gap, all]) => `{${gap}${all.map(([name, value]) => `${name}${gap}:${value}`).join(`,${gap}`)}}`);
  const anything = fc.tuple(key, tie('value'));
  const fitting = scalar.map((text) => `{"id":"a","n":1,"x":${text}}`);
  return {
    value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalar, list(tie('value')), object(anything)),
    items: fc.oneof({ arbitrary: list(fitting), weight: 3 }, list(fc.oneof(fitting, tie('value')))),
    get: object(fc.tuple(fc.constantFrom('"items"', '"\\u0069tems"'), tie('items')), anything),
    document: object(fc.tuple(fc.constant('"get"'), tie('get')), anything),
  };
});
const bytesOf = document.map((text) => Buffer.from(text));
const cuts = fc.array(fc.nat(), { maxLength: 8 });

describe('a document that arrives in pieces', () => {
  it('is projected as if it were parsed at once, wherever it is cut', () => {
    void fc.assert(
      fc.property(bytesOf, cuts, (bytes, at) => {
        expect(arriving(bytes, at)).toEqual(atOnce(bytes));
      }),
      { numRuns: 800 },
    );
  });

  it('is projected the same byte by byte', () => {
    void fc.assert(
      fc.property(bytesOf, (bytes) => {
        expect(arriving(bytes, [...bytes.keys()])).toEqual(atOnce(bytes));
      }),
      { numRuns: 300 },
    );
  });

  it('is no JSON when its end is missing, however little of it', () => {
    void fc.assert(
      fc.property(bytesOf, fc.nat(), cuts, (bytes, end, at) => {
        expect(arriving(bytes.subarray(0, end % bytes.length), at)).toBe('not JSON');
      }),
      { numRuns: 500 },
    );
  });

  it('is judged as at once with one byte changed to any other', () => {
    void fc.assert(
      fc.property(bytesOf, fc.nat(), fc.nat(255), cuts, (bytes, place, byte, at) => {
        const changed = Buffer.from(bytes);
        changed[place % changed.length] = byte;
        expect(arriving(changed, at)).toEqual(atOnce(changed));
      }),
      { numRuns: 800 },
    );
  });

  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['blanks', ' \n'],
    ['a login page', '<html>'],
    ['something after the end', '{"get":{}}x'],
    ['a second document', '{"get":{}} {"get":{}}'],
    ['half a letter after the end', Buffer.from('{"get":{}}\u00e9').subarray(0, -1)],
    ['a comma too many', '{"get":{"items":[{"id":"a"},]}}'],
    ['a missing comma', '{"get":{"items":[{"id":"a"}{"id":"b"}]}}'],
    ['brackets that cross', '{"get":{"items":[{"id":"a"]}}}'],
    ['an unquoted key', '{get:{}}'],
    ['NaN', '{"get":{"items":[{"id":"a","n":NaN}]}}'],
  ])('is no JSON with %s', (_, text) => {
    expect(atOnce(Buffer.from(text))).toBe('not JSON');
    expect(arriving(Buffer.from(text), [5, 12])).toBe('not JSON');
  });

  it.each<[string, string | Buffer, Outcome]>([
    ['an empty list', '{"get":{"items":[]}}', { data: { get: { items: [] } } }],
    ['no list', '{"get":{}}', { data: { get: {} } }],
    [
      'the list told twice: the last one counts',
      '{"get":{"items":[{"id":1},{"id":"a"}],"items":[{"id":"b"}]}}',
      { data: { get: { items: [{ id: 'B' }] } } },
    ],
    [
      'the document told twice: the last one counts',
      '{"get":{"items":[{"id":"a"}]},"get":{"items":[]}}',
      { data: { get: { items: [] } } },
    ],
    [
      'a key inside an item told twice: the last one counts',
      '{"get":{"items":[{"id":1,"id":"a"}]}}',
      { data: { get: { items: [{ id: 'A' }] } } },
    ],
    [
      'the list inside a text',
      '{"get":{"x":"{\\"items\\":[{\\"id\\":1}]}"}}',
      { data: { get: { x: '{"items":[{"id":1}]}' } } },
    ],
    [
      'a list of the same name elsewhere',
      '{"get":{"x":{"items":[{"id":1}]}}}',
      { data: { get: { x: { items: [{ id: 1 }] } } } },
    ],
    [
      'bytes that are no UTF-8',
      Buffer.from('{"get":{"items":[{"id":"caf\u00e9"}]}}', 'latin1'),
      { data: { get: { items: [{ id: 'CAF\ufffd' }] } } },
    ],
    [
      'an item that is amiss',
      '{"get":{"items":[{"id":"a"},{"id":7}]}}',
      { path: ['get', 'items', 1, 'id'], message: expect.stringContaining('expected string') },
    ],
    [
      'an item that is none',
      '{"get":{"items":[{"id":"a"},3]}}',
      { path: ['get', 'items', 1], message: expect.stringContaining('expected object') },
    ],
    [
      'an object for a list',
      '{"get":{"items":{"__proto__":{"id":"a"}}}}',
      { path: ['get', 'items'], message: expect.stringContaining('expected array') },
    ],
  ])('is understood with %s', (_, text, outcome) => {
    expect(atOnce(Buffer.from(text))).toEqual(outcome);
    expect(arriving(Buffer.from(text), [5, 12, 20, 30])).toEqual(outcome);
  });

  it('may begin with a byte order mark', () => {
    expect(arriving(Buffer.from('\ufeff{"get":{}}'), [1, 2])).toEqual({ data: { get: {} } });
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"x":', '}'],
  ])('may nest %s 256 deep and no deeper', (_, open, close) => {
    const nested = (levels: number) =>
      Buffer.from(`{"get":{"x":${open.repeat(levels)}0${close.repeat(levels)}}}`);
    expect(arriving(nested(254), [])).toMatchObject({ data: {} });
    expect(arriving(nested(255), [])).toBe('not JSON');
  });

  it('is given up at once where it nests without end', () => {
    const reader = documentReader(shape);
    const before = process.memoryUsage().rss;
    const brackets = Buffer.alloc(64 * 1024, '[');
    for (let n = 0; n < 1024; n += 1) reader.take(brackets);
    expect(reader.finish()).toBeNull();
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 2 ** 20);
  });

  it('may hold a text of many MB', () => {
    const text = 'é'.repeat(4 * 2 ** 20);
    const bytes = Buffer.from(JSON.stringify({ get: { x: text } }));
    const everywhere = Array.from({ length: 500 }, (_, n) => n * 16_385);
    expect(arriving(bytes, everywhere)).toEqual({ data: { get: { x: text } } });
  });

  it('holds only the projection of an item once that is read', () => {
    const reader = documentReader(shape);
    reader.take(Buffer.from('{"get":{"items":[{"id":"a","x":[1,2,3]}]}}'));
    const whole = reader.finish();
    expect(whole).toEqual({ document: { get: { items: [expect.any(Passed)] } } });
    expect(whole).toMatchObject({ document: { get: { items: [{ read: { data: { id: 'A' } } }] } } });
  });
});
