import type { Knex } from 'knex';
import { type GeneratedColumn, generatedColumns, type ShownRow } from '../domain/verify.ts';

/** `ignoreBOM`: a mark that is skipped would hide an edit. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** A row as SQLite hands it over, with what it says that each value is. */
export type StoredRow = ShownRow['columns'] & {
  seq: number;
  seq_type: string;
  entry: Buffer | null;
  entry_type: string;
  hash: Buffer | null;
  hash_type: string;
};

const columns = Object.keys(generatedColumns) as GeneratedColumn[];
const fields = [
  'seq',
  'typeof(seq) AS seq_type',
  'CAST(entry AS BLOB) AS entry',
  'typeof(entry) AS entry_type',
  'CAST(hash AS BLOB) AS hash',
  'typeof(hash) AS hash_type',
  // A text that is no JSON has no columns: asking for them would end the read, not name the entry.
  ...columns.map((column) => `CASE WHEN json_valid(entry) THEN "${column}" END AS "${column}"`),
].join(', ');

/** The rows after `last` (null: from the lowest number there is: one below 1 was not written by the bot, and must show),
 * byte for byte: the driver shows bytes that are no UTF-8, and a BLOB, as if they were another text. From the table itself:
 * an index could hold what no longer stands there. */
export async function shownRows(db: Knex, last: number | null, limit: number): Promise<ShownRow[]> {
  const after = last === null ? '' : 'WHERE seq > ?';
  const rows: StoredRow[] = await db.raw(
    `SELECT ${fields} FROM audit NOT INDEXED ${after} ORDER BY seq LIMIT ?`,
    last === null ? [limit] : [last, limit],
  );
  return rows.map(shownRow);
}

/** Reads the bytes of a row strictly. */
export function shownRow({
  seq,
  seq_type,
  entry,
  entry_type,
  hash,
  hash_type,
  ...shown
}: StoredRow): ShownRow {
  const text = read('text', entry, entry_type);
  const chained = read('hash', hash, hash_type);
  const number = seq_type === 'integer' ? null : `its number is stored as ${seq_type}`;
  const unfit = number ?? text.unfit ?? chained.unfit;
  return { seq, text: text.text, hash: chained.text, columns: shown, unfit };
}

function read(what: string, bytes: Buffer | null, type: string): { text: string; unfit: string | null } {
  if (bytes === null) return { text: '', unfit: `its ${what} is missing` };
  if (type !== 'text') return { text: lenient.decode(bytes), unfit: `its ${what} is stored as ${type}` };
  try {
    return { text: utf8.decode(bytes), unfit: null };
  } catch {
    return { text: lenient.decode(bytes), unfit: `its ${what} holds bytes that are no UTF-8` };
  }
}
