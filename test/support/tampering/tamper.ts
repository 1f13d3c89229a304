import type { KeptAnchor } from '../../../src/domain/audit/kept-anchors.ts';
import { type Signer, signedText } from '../../../src/domain/audit/signed-head.ts';
import { canonical, chainHash, genesis } from '../../../src/domain/audit.ts';
import { sha256 } from '../../../src/store/sha256.ts';
import type { Row } from './table.ts';

/** Numbers out of which a tampering makes its choices. */
export interface Choice {
  a: number;
  b: number;
  c: number;
}

/** What was done. `from`: the first entry that is not what it was. */
export interface Tampered {
  rows: Row[];
  from: number;
  /** What the verifier must have kept to find it; null: nothing. */
  needs: 'key' | KeptAnchor | null;
}

type Tampering = (whole: readonly Row[], choice: Choice, forger: Signer) => Tampered | null;

/** The tamperings by name; null where a choice comes to nothing. */
export const tamperings: Readonly<Record<string, Tampering>> = {
  'a byte of a text': (whole, { a, b, c }) =>
    changed(whole, a, (row) => ({ ...row, text: flipped(row.text, b, c) })),
  'a byte of a hash': (whole, { a, b, c }) =>
    changed(whole, a, (row) => ({ ...row, hash: flipped(row.hash, b, c) })),
  'a byte put into a text': (whole, { a, b, c }) =>
    changed(whole, a, (row) => ({ ...row, text: spliced(row.text, b, 0, Buffer.from([c % 256])) })),
  'a byte taken out of a text': (whole, { a, b }) =>
    changed(whole, a, (row) => ({ ...row, text: spliced(row.text, b, 1) })),
  'a byte put into or taken out of a hash': (whole, { a, b, c }) =>
    changed(whole, a, (row) => ({
      ...row,
      hash: c % 2 === 0 ? spliced(row.hash, b, 1) : spliced(row.hash, b, 0, Buffer.from([c % 256])),
    })),
  'a text or hash as a BLOB': (whole, { a, b }) =>
    changed(whole, a, (row) => (b % 2 === 0 ? { ...row, textIs: 'blob' } : { ...row, hashIs: 'blob' })),
  'a text that means the same': (whole, { a, b }) =>
    changed(whole, a, (row) => ({ ...row, text: sameMeaning(row.text, b) })),
  'entries taken out of the middle': (whole, { a, b }) => {
    const at = a % (whole.length - 1);
    const count = 1 + (b % (whole.length - 1 - at));
    return { rows: whole.toSpliced(at, count), from: at + 1, needs: null };
  },
  'entries that changed places': (whole, { a, b, c }) => {
    const [i, j] = [a % whole.length, b % whole.length].toSorted((x, y) => x - y);
    const [first, second] = [whole[i ?? 0], whole[j ?? 0]];
    if (first === undefined || second === undefined || first === second) return null;
    const hash = c % 2 === 0;
    const take = (row: Row, from: Row): Row => ({
      ...row,
      text: from.text,
      hash: hash ? from.hash : row.hash,
    });
    const rows = whole.map((row) =>
      row === first ? take(row, second) : row === second ? take(row, first) : row,
    );
    return { rows, from: first.seq, needs: null };
  },
  'an entry renumbered': (whole, { a, b }) => {
    const to = [0, -1, -(b % 1000), whole.length + 1 + (b % 50)][b % 4] ?? 0;
    const rows = whole.map((row, index) => (index === a % whole.length ? { ...row, seq: to } : row));
    // Moved to the end, the last is only cut off before it.
    return {
      rows: rows.toSorted((x, y) => x.seq - y.seq),
      from: Math.min(to, 1 + (a % whole.length)),
      needs: null,
    };
  },
  'all from an entry on renumbered': (whole, { a }) => {
    const at = a % whole.length;
    const rows = whole.map((row, index) => (index >= at ? { ...row, seq: row.seq + 1 } : row));
    return { rows, from: at + 1, needs: null };
  },
  'an entry doubled': (whole, { a, b }) => {
    const row = whole[a % whole.length];
    if (row === undefined) return null;
    const seq = b % 2 === 0 ? whole.length + 1 : -(b % 3);
    return { rows: [...whole, { ...row, seq }].toSorted((x, y) => x.seq - y.seq), from: seq, needs: null };
  },
  'an end that was cut off': (whole, { a, b }) => {
    const left = a % whole.length;
    const known = left + (b % (whole.length - left));
    return { rows: whole.slice(0, left), from: left + 1, needs: anchorOf(whole, known) };
  },
  'a text edited and the chain rebuilt': (whole, { a, b, c }, forger) =>
    rebuilt(whole, a % whole.length, (texts, at) => texts.with(at, edited(texts[at] ?? '', c)), b, forger),
  'an entry put in and the chain rebuilt': (whole, { a, b, c }, forger) =>
    rebuilt(
      whole,
      a % whole.length,
      (texts, at) => texts.toSpliced(at, 0, edited(texts[at] ?? '', c)),
      b,
      forger,
    ),
  'an entry taken out and the chain rebuilt': (whole, { a, b }, forger) =>
    rebuilt(whole, a % whole.length, (texts, at) => texts.toSpliced(at, 1), b, forger),
  'an entry moved and the chain rebuilt': (whole, { a, b, c }, forger) => {
    const from = a % whole.length;
    const to = c % whole.length;
    if (from === to) return null;
    const move = (texts: string[]) => texts.toSpliced(from, 1).toSpliced(to, 0, texts[from] ?? '');
    return rebuilt(whole, Math.min(from, to), move, b, forger);
  },
};

/** An anchor of the entry at this index. */
export function anchorOf(whole: readonly Row[], index: number): KeptAnchor {
  const row = whole[index];
  if (row === undefined) throw new RangeError(`no entry at ${index}`);
  return { database: null, seq: row.seq, hash: row.hash.toString(), signature: null };
}

function changed(whole: readonly Row[], a: number, change: (row: Row) => Row): Tampered {
  const at = a % whole.length;
  return { rows: whole.map((row, index) => (index === at ? change(row) : row)), from: at + 1, needs: null };
}

function flipped(bytes: Buffer, at: number, by: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = at % copy.length;
  copy[index] = (copy[index] ?? 0) ^ (1 + (by % 255));
  return copy;
}

function spliced(bytes: Buffer, at: number, count: number, put = Buffer.alloc(0)): Buffer {
  const index = at % bytes.length;
  return Buffer.concat([bytes.subarray(0, index), put, bytes.subarray(index + count)]);
}

/** Other bytes that a reader of JSON, or of SQLite, may take for the same. */
function sameMeaning(text: Buffer, which: number): Buffer {
  const json = text.toString();
  const [first = '', ...rest] = Object.entries(JSON.parse(json)).map(
    ([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`,
  );
  const texts = [
    json.replace('"v":1', '"v":1.0'),
    json.replace('"v":1', '"v":1e0'),
    json.replace('"event"', '"\\u0065vent"'),
    json.replace(':', ': '),
    `${json}\n`,
    ` ${json}`,
    `\ufeff${json}`,
    `${json}\u0000`,
    json.replace('{', `{${first},`),
    `{${[...rest, first].join(',')}}`,
    json.replace('/', '\\/').replace('main', '\\u006dain'),
  ];
  const bytes = [
    ...texts.map((each) => Buffer.from(each)),
    Buffer.from(text.toString('latin1').replace('\xef\xbf\xbd', '\xff'), 'latin1'),
    Buffer.from(text.toString('latin1').replace(':', '\xc0\xba'), 'latin1'),
  ];
  return bytes[which % bytes.length] ?? text;
}

function edited(text: string, by: number): string {
  return canonical({ ...JSON.parse(text), reason: `forged ${by}` });
}

/** The entries changed by `change`, from the index `at` on, then numbered and chained anew, by somebody who has no key: what he
 * does about the signatures is one of five things. */
function rebuilt(
  whole: readonly Row[],
  at: number,
  change: (texts: string[], at: number) => string[],
  b: number,
  forger: Signer,
): Tampered | null {
  const way = b % 5;
  const texts = change(
    whole.map(({ text }) => text.toString()),
    at,
  ).filter((text, index) => way !== 4 || index < at || !isSigned(text));
  const rows: Row[] = [];
  let last = genesis;
  for (const [index, each] of texts.entries()) {
    const numbered = { ...JSON.parse(each), seq: index + 1 };
    if (index > at && isSigned(each))
      numbered.facts = resigned(numbered.facts, { seq: index, hash: last }, way, forger);
    const text = canonical(numbered);
    last = chainHash(sha256, last, text);
    const is = { textIs: 'text', hashIs: 'text' } as const;
    rows.push({ seq: index + 1, text: Buffer.from(text), hash: Buffer.from(last), ...is });
  }
  // Numbered and chained anew, a part may come out as it was.
  const first = whole.findIndex((row, index) => rows[index]?.hash.equals(row.hash) !== true);
  if (first === -1 && rows.length === whole.length) return null;
  const from = first === -1 ? whole.length : first;
  if (from >= whole.length) return null;
  const isLater = rows.some(({ text }, index) => index > from && isSigned(text.toString()));
  const isAny = rows.some(({ text }) => isSigned(text.toString()));
  const byKey = isLater || !isAny;
  const known = from + (Math.floor(b / 5) % (whole.length - from));
  return { rows, from: from + 1, needs: byKey && b % 2 === 0 ? 'key' : anchorOf(whole, known) };
}

function isSigned(text: string): boolean {
  return text.includes('"event":"head.signed"');
}

function resigned(
  facts: { database: string; at: string; key: string; signature: string },
  head: { seq: number; hash: string },
  way: number,
  forger: Signer,
) {
  const moved = { ...facts, ...head };
  const signature = forger.sign(signedText(moved));
  if (way === 1) return moved;
  if (way === 2) return { ...moved, signature };
  return way === 3 ? { ...moved, signature, key: forger.key } : facts;
}
