import type { Head } from '../verify.ts';
import { type PublicKeys, signedText } from './signed-head.ts';

/** An anchor as somebody kept it: `[DATABASE/]SEQ:HASH[:SIGNATURE]`. */
export interface KeptAnchor extends Head {
  /** Of which database; null: it does not say. */
  database: string | null;
  /** Null: it has none. */
  signature: string | null;
}

/** How an anchor is written, for a person to keep. */
export function writeAnchor({ database, seq, hash, signature }: KeptAnchor): string {
  return `${database === null ? '' : `${database}/`}${seq}:${hash}${signature === null ? '' : `:${signature}`}`;
}

/** The anchor that a text is; null: it is none. */
export function readAnchor(text: string): KeptAnchor | null {
  const form = /^(?:([\w-]{1,100})\/)?(\d{1,15}):([0-9a-f]{64})(?::([A-Za-z0-9+/]{86}==))?$/i;
  const [, database = null, seq, hash, signature = null] = form.exec(text) ?? [];
  if (seq === undefined || hash === undefined || Number(seq) < 1) return null;
  return { database, seq: Number(seq), hash: hash.toLowerCase(), signature };
}

/** The anchors of a file: one a line, as Slack shows them (`Head: …`) or bare; empty lines and those that begin with `#`
 * are passed over. `bad`: the lines that are none of these, by number. */
export function readAnchorLines(text: string): { anchors: KeptAnchor[]; bad: number[] } {
  const anchors: KeptAnchor[] = [];
  const bad: number[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const bare = line
      .replace(/^\s*Head:/i, '')
      .replaceAll('`', '')
      .trim();
    if (bare === '' || bare.startsWith('#')) continue;
    const anchor = readAnchor(bare);
    if (anchor === null) bad.push(index + 1);
    else anchors.push(anchor);
  }
  return { anchors, bad };
}

/** What is wrong between an anchor and the log. `others`: of another database. `differs`: another entry has its number; one
 * of those from `from` on was the first to be changed. `cut-off`: the log does not reach that far. */
export type AnchorFlaw =
  | { code: 'another-database'; anchor: KeptAnchor; own: string }
  | { code: 'differs'; anchor: KeptAnchor; from: number; genuine: boolean }
  | { code: 'signature-wrong'; anchor: KeptAnchor }
  | { code: 'cut-off'; anchor: KeptAnchor; head: number };

/** The anchors against a log that is walked through, from its first entry to its last. */
export interface Held {
  waiting: readonly KeptAnchor[];
  /** Of entries before the first file that is walked through: nothing is said of them. */
  before: readonly KeptAnchor[];
  flaws: readonly AnchorFlaw[];
  /** The last one that fits; null: none so far. */
  fits: KeptAnchor | null;
  count: number;
}

/** Before the first entry. `own` null: which database it is is not known, and none can be another's. */
export function holding(anchors: readonly KeptAnchor[], own: string | null): Held {
  const isOther = ({ database }: KeptAnchor) => own !== null && database !== null && database !== own;
  return {
    waiting: anchors.filter((anchor) => !isOther(anchor)).toSorted((a, b) => a.seq - b.seq),
    flaws: anchors
      .filter(isOther)
      .map((anchor) => ({ code: 'another-database' as const, anchor, own: own ?? '' })),
    before: [],
    fits: null,
    count: 0,
  };
}

/** Where the first file goes on from another that is not there: of that only its last entry is known, which is `closed`. */
export function heldFrom(held: Held, closed: Head): Held {
  const before = held.waiting.filter(({ seq }) => seq < closed.seq);
  const rest = { ...held, before, waiting: held.waiting.slice(before.length) };
  return heldAt(rest, closed, '', null, null);
}

/** After the entry `head`, whose time is `at`: the same object where no anchor is of it. */
export function heldAt(
  held: Held,
  head: Head,
  at: string,
  own: string | null,
  keys: PublicKeys | null,
): Held {
  if (held.waiting[0]?.seq !== head.seq) return held;
  const here = held.waiting.filter(({ seq }) => seq === head.seq);
  let { fits, count } = held;
  const flaws = [...held.flaws];
  const from = (held.fits?.seq ?? 0) + 1;
  for (const anchor of here) {
    const isSigned = signed(anchor, at, own, keys);
    if (anchor.hash !== head.hash) flaws.push({ code: 'differs', anchor, from, genuine: isSigned === true });
    else if (isSigned === false) flaws.push({ code: 'signature-wrong', anchor });
    else {
      fits = anchor;
      count += 1;
    }
  }
  return { ...held, waiting: held.waiting.slice(here.length), flaws, fits, count };
}

/** After the last entry. */
export function heldToEnd(held: Held, head: Head): Held {
  const flaws = held.waiting.map((anchor) => ({ code: 'cut-off' as const, anchor, head: head.seq }));
  return { ...held, waiting: [], flaws: [...held.flaws, ...flaws] };
}

/** The first entry that may be bad by this flaw; null: it says nothing of any. `fits`: the last anchor that fits. */
export function firstBadBy(flaw: AnchorFlaw, fits: KeptAnchor | null): number | null {
  switch (flaw.code) {
    case 'differs':
      return isVouchedFor(flaw.anchor, fits) ? null : flaw.from;
    case 'cut-off':
      return flaw.head + 1;
    case 'another-database':
    case 'signature-wrong':
      return null;
  }
}

/** A flaw in a sentence. `fits`: the last anchor that fits. */
export function describeAnchorFlaw(flaw: AnchorFlaw, fits: KeptAnchor | null): string {
  const { seq, hash, database } = flaw.anchor;
  switch (flaw.code) {
    case 'another-database':
      return `it is of database ${database}, and this one is ${flaw.own}: it says nothing about this log`;
    case 'signature-wrong':
      return 'its hash is that of the entry, and its signature was not made with the given key';
    case 'cut-off':
      return `the log ends at entry ${flaw.head}, and there is an anchor of entry ${seq}: its end was cut off, or this is an older copy`;
    case 'differs':
      if (fits !== null && isVouchedFor(flaw.anchor, fits))
        return `it has the hash ${hash}, and the anchor of entry ${fits.seq} fits the log: it is this one that is not as it was posted, or of another database`;
      if (flaw.genuine)
        return `the anchor has the hash ${hash} for entry ${seq}, and its signature is good: the chain was rebuilt after the anchor was taken`;
      return `the anchor has the hash ${hash} for entry ${seq}: the chain was rebuilt after the anchor was taken, or it is not as it was posted, or of another database`;
  }
}

/** A hash depends on all before it: where a later anchor fits, the log is as it was. */
function isVouchedFor({ seq }: KeptAnchor, fits: KeptAnchor | null): boolean {
  return fits !== null && fits.seq >= seq;
}

/** Null: it has no signature, or there is no key to check it by. */
function signed(
  { database, seq, hash, signature }: KeptAnchor,
  at: string,
  own: string | null,
  keys: PublicKeys | null,
): boolean | null {
  const of = database ?? own;
  if (signature === null || keys === null || of === null) return null;
  const text = signedText({ database: of, seq, hash, at });
  return keys.ids.some((key) => keys.fits(key, text, signature));
}
