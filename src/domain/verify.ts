import { type AuditRow, canonical, chainHash, genesis, type Sha256 } from './audit.ts';

/** The columns that the database generates from an entry, and where in the entry each comes from. */
export const generatedColumns = {
  at: ['at'],
  event: ['event'],
  by_user: ['actor', 'user'],
  cluster: ['cluster'],
  agent_id: ['agent', 'id'],
  agent_hostname: ['agent', 'hostname'],
  drain: ['drain'],
  correlation: ['correlation'],
} as const;
export type GeneratedColumn = keyof typeof generatedColumns;

/** A row of the log as the database shows it. */
export interface ShownRow extends AuditRow {
  /** What about it the bot can't have written, though it may read like what it wrote; null: nothing. */
  unfit: string | null;
  columns: Record<GeneratedColumn, string | number | null>;
}

/** Where the chain is whole up to. */
export interface Head {
  seq: number;
  hash: string;
}

/** Before the first entry. */
export const beginning: Head = { seq: 0, hash: genesis };

/** What a first row says of itself, as far as it is JSON, for whether its file goes on from another. */
export function firstOf({ text }: AuditRow): { event?: unknown; facts?: unknown } {
  return parse(text) ?? {};
}

/** What is wrong with an entry. */
export type Flaw =
  | { code: 'missing'; from: number; to: number }
  | { code: 'out-of-order'; found: number }
  | { code: 'unfit'; what: string }
  | { code: 'not-json' }
  | { code: 'not-canonical' }
  | { code: 'unknown-form'; v: string }
  | { code: 'other-number'; says: string }
  | { code: 'hash-differs'; computed: string; changed: 'text' | 'hash' | 'not-known' }
  | { code: 'column-differs'; column: GeneratedColumn; shows: string; says: string };

/** One step along the chain, from any head: the first thing that is wrong with the row after `last`, or null. `next` (null:
 * none, or not known) helps to tell an edited text from an edited hash. */
export function checkRow(sha256: Sha256, last: Head, row: ShownRow, next: AuditRow | null): Flaw | null {
  if (row.seq > last.seq + 1) return { code: 'missing', from: last.seq + 1, to: row.seq - 1 };
  if (row.seq !== last.seq + 1) return { code: 'out-of-order', found: row.seq };
  if (row.unfit !== null) return { code: 'unfit', what: row.unfit };
  const entry = parse(row.text);
  if (entry === null) return { code: 'not-json' };
  if (!isCanonical(row.text, entry)) return { code: 'not-canonical' };
  if (entry.v !== 1) return { code: 'unknown-form', v: show(entry.v) };
  if (entry.seq !== row.seq) return { code: 'other-number', says: show(entry.seq) };
  const computed = chainHash(sha256, last.hash, row.text);
  if (computed !== row.hash) {
    const follows = (hash: string) => next !== null && chainHash(sha256, hash, next.text) === next.hash;
    const changed = follows(row.hash) ? 'text' : follows(computed) ? 'hash' : 'not-known';
    return { code: 'hash-differs', computed, changed };
  }
  for (const column of Object.keys(generatedColumns) as GeneratedColumn[]) {
    const says = generatedColumns[column].reduce<unknown>(member, entry) ?? null;
    const shows = row.columns[column];
    if (shows !== says) return { code: 'column-differs', column, shows: show(shows), says: show(says) };
  }
  return null;
}

/** A flaw in a sentence, for whoever has to find out how it came about. */
export function describeFlaw(flaw: Flaw): string {
  switch (flaw.code) {
    case 'missing':
      return flaw.from === flaw.to
        ? `entry ${flaw.from} is missing`
        : `entries ${flaw.from} to ${flaw.to} are missing`;
    case 'out-of-order':
      return `a row is numbered ${flaw.found}, which no entry can be`;
    case 'unfit':
      return `${flaw.what}: it is not as it was written`;
    case 'not-json':
      return 'its text is not a JSON object, so it was edited or damaged';
    case 'not-canonical':
      return 'its text is not in canonical form, so it is not as it was written: it was edited or damaged';
    case 'unknown-form':
      return `its form is v ${flaw.v}, and this version knows v 1 only`;
    case 'other-number':
      return `its text says that it is entry ${flaw.says}: entries were moved, exchanged or renumbered`;
    case 'hash-differs':
      if (flaw.changed === 'text')
        return 'its text was edited: the entry after it is chained to the hash that stands here, and the text does not give it';
      if (flaw.changed === 'hash')
        return `its hash was edited: the text gives ${flaw.computed}, and the entry after it is chained to that`;
      return `its hash differs: the text and the entry before give ${flaw.computed}. The text or the hash was edited, or entries before it were replaced`;
    case 'column-differs':
      return `the column ${flaw.column} shows ${flaw.shows} and the text says ${flaw.says}: the table is not the one that the bot made`;
  }
}

/** What the checks look at by name; the rest of an entry counts only as text. */
interface Parsed {
  v?: unknown;
  seq?: unknown;
  event?: unknown;
  facts?: unknown;
}

function parse(text: string): Parsed | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function isCanonical(text: string, value: unknown): boolean {
  try {
    return canonical(value) === text;
  } catch {
    // A number or a text that canonical JSON can't hold was never written by it.
    return false;
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function show(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}
