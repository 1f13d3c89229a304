import type { Knex } from 'knex';
import { StoreFault } from '../app/faults.ts';
import type { AuditFilter } from '../app/ports.ts';
import type { AuditEntry, AuditRow } from '../domain/audit.ts';
import { type GeneratedColumn, generatedColumns, type Head, type ShownRow } from '../domain/verify.ts';
import { auditHashes, auditHead, entriesAfter } from './audit-log.ts';
import { connectReadOnly } from './connection.ts';
import { storeFault } from './faults.ts';
import { packagedMigrations } from './migrate.ts';

/** The audit log of a database file, read without writing: beside the bot that holds it, or from a copy. */
export interface AuditFile {
  /** Every row as it stands, in order, a page in memory at a time. */
  rows(): AsyncGenerator<ShownRow>;
  /** The entries that pass the filter, oldest first. Throws a StoreFault at one that can't be read. */
  entries(filter: AuditFilter): AsyncGenerator<{ row: AuditRow; entry: AuditEntry }>;
  /** The triggers that hold the log append-only, as far as the file does not have them as they were made. */
  missingGuards(): Promise<string[]>;
  /** The last entry; null: the log is empty. */
  head(): Promise<Head | null>;
  /** The hash of this entry; null: the log has none of this number. */
  hashOf(seq: number): Promise<string | null>;
  /** What SQLite finds broken in the file; empty: nothing. Reads all of it. */
  damage(): Promise<string[]>;
  close(): Promise<void>;
}

/** Rows of one read. An entry with its request and response has a few tens of KB at most. */
const pageSize = 200;

/** Throws a StoreFault where the file can't be read or has no audit log. */
export async function openAuditFile(path: string): Promise<AuditFile> {
  const db = await connectReadOnly(path);
  const isThere = await db('sqlite_schema').where({ type: 'table', name: 'audit' }).first('name');
  if (isThere === undefined) {
    await db.destroy();
    throw new StoreFault(`The database ${path} has no audit log: it is not the bot's.`);
  }
  return {
    rows: () =>
      paged(
        (last) => shownRows(db, last),
        (row) => row.seq,
      ),
    entries: (filter) =>
      paged(
        (last) => entriesAfter(db, filter, last ?? 0, pageSize),
        ({ row }) => row.seq,
      ),
    missingGuards: () => missingGuards(db),
    head: async () => {
      const head = await auditHead(db);
      return head === null ? null : { seq: head.seq, hash: head.hash };
    },
    hashOf: async (seq) => (await auditHashes(db, [seq])).get(seq) ?? null,
    damage: () => damage(db),
    close: () => db.destroy(),
  };
}

async function* paged<T>(
  read: (last: number | null) => Promise<T[]>,
  seqOf: (item: T) => number,
): AsyncGenerator<T> {
  let last: number | null = null;
  for (;;) {
    let page: T[];
    try {
      page = await read(last);
    } catch (error) {
      throw storeFault('The audit log could not be read', error);
    }
    yield* page;
    const end = page.at(-1);
    if (end === undefined || page.length < pageSize) return;
    last = seqOf(end);
  }
}

/** From the lowest number there is: a row below 1 was not written by the bot, and must show. */
async function shownRows(db: Knex, last: number | null): Promise<ShownRow[]> {
  const query = db('audit').orderBy('seq').limit(pageSize);
  if (last !== null) query.where('seq', '>', last);
  const columns = Object.keys(generatedColumns) as GeneratedColumn[];
  const rows: (ShownRow['columns'] & { seq: number; entry: string; hash: string })[] = await query.select(
    'seq',
    'entry',
    'hash',
    // A text that is no JSON has no columns: asking for them would end the read, not name the entry.
    ...columns.map((column) => db.raw('CASE WHEN json_valid(entry) THEN ?? END AS ??', [column, column])),
  );
  return rows.map(({ seq, entry, hash, ...shown }) => ({ seq, text: entry, hash, columns: shown }));
}

async function missingGuards(db: Knex): Promise<string[]> {
  const there: string[] = await db('sqlite_schema')
    .where({ type: 'trigger', tbl_name: 'audit' })
    .pluck('sql');
  // SQLite keeps the text of what made a trigger, to the letter.
  const made = packagedMigrations()
    .flatMap(({ sql }) => sql.match(/^CREATE TRIGGER audit_\w+ [\s\S]*?^END/gm) ?? [])
    .filter((sql) => !there.includes(sql));
  return made.map((sql) => /audit_\w+/.exec(sql)?.[0] ?? sql);
}

async function damage(db: Knex): Promise<string[]> {
  try {
    const rows = await db.raw<{ integrity_check: string }[]>('PRAGMA integrity_check');
    return rows.map(({ integrity_check }) => integrity_check).filter((found) => found !== 'ok');
  } catch (error) {
    throw storeFault('The database could not be checked', error);
  }
}
