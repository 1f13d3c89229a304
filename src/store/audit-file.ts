import type { Knex } from 'knex';
import { StoreFault } from '../app/faults.ts';
import type { LoggedEntry } from '../domain/audit/export/fields.ts';
import type { AuditFilter } from '../domain/audit/filter.ts';
import type { Head, ShownRow } from '../domain/verify.ts';
import { auditHashes, auditHead, entriesAfter } from './audit-log.ts';
import { shownRows } from './audit-rows.ts';
import { migrationsOf, schemaFlaws } from './audit-schema.ts';
import { connectReadOnly } from './connection.ts';
import { storeFault } from './faults.ts';

/** The audit log of a database file, read without writing: beside the bot that holds it, or from a copy. */
export interface AuditFile {
  /** Every row as it stands, in order, a page in memory at a time. */
  rows(): AsyncGenerator<ShownRow>;
  /** The entries that pass the filter, oldest first. Throws a StoreFault at one that can't be read. */
  entries(filter: AuditFilter): AsyncGenerator<LoggedEntry>;
  /** The last entry; null: the log is empty. */
  head(): Promise<Head | null>;
  /** The hash of this entry; null: the log has none of this number. */
  hashOf(seq: number): Promise<string | null>;
  /** Which database it says that it is; null: it does not say. */
  database(): Promise<string | null>;
  /** Where the table of the log, its indexes and triggers are not as the bot made them; empty: nowhere. */
  schemaFlaws(): Promise<string[]>;
  /** What SQLite finds broken in the file, also where an index shows other rows than its table; empty: nothing. Reads all
   * of it. */
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
    const isOurs = (await migrationsOf(db)).length > 0;
    await db.destroy();
    throw new StoreFault(
      isOurs
        ? `The database ${path} has no audit log, and other tables of the bot: its table was removed, renamed or replaced. Keep the file, it is the evidence.`
        : `The database ${path} has no audit log: it is not the bot's.`,
    );
  }
  return auditFileOver(db);
}

/** The log of a database that is open. Closing it closes that. */
export function auditFileOver(db: Knex): AuditFile {
  return {
    rows: () =>
      paged(
        (last) => shownRows(db, last, pageSize),
        (row) => row.seq,
      ),
    entries: (filter) =>
      paged(
        (last) => entriesAfter(db, filter, last ?? 0, pageSize),
        ({ row }) => row.seq,
      ),
    head: () =>
      readable(async () => {
        const head = await auditHead(db);
        return head === null ? null : { seq: head.seq, hash: head.hash };
      }),
    hashOf: (seq) => readable(async () => (await auditHashes(db, [seq])).get(seq) ?? null),
    database: () => readable(() => databaseOf(db)),
    schemaFlaws: () => readable(() => schemaFlaws(db)),
    damage: () => readable(() => damage(db)),
    close: () => db.destroy(),
  };
}

async function* paged<T>(
  read: (last: number | null) => Promise<T[]>,
  seqOf: (item: T) => number,
): AsyncGenerator<T> {
  let last: number | null = null;
  for (;;) {
    const from: number | null = last;
    const page: T[] = await readable(() => read(from));
    yield* page;
    const end = page.at(-1);
    if (end === undefined || page.length < pageSize) return;
    last = seqOf(end);
  }
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw storeFault('The audit log could not be read', error);
  }
}

/** Copies from before the database had an id have no such table. */
async function databaseOf(db: Knex): Promise<string | null> {
  const isThere = await db('sqlite_schema').where({ type: 'table', name: 'this_database' }).first('name');
  if (isThere === undefined) return null;
  const row = await db<{ database: unknown }>('this_database').first('database');
  return typeof row?.database === 'string' ? row.database : null;
}

async function damage(db: Knex): Promise<string[]> {
  const rows = await db.raw<{ integrity_check: string }[]>('PRAGMA integrity_check');
  // Of what it finds in the tree of pages it makes one text of several lines.
  return rows.flatMap(({ integrity_check }) => integrity_check.split('\n')).filter((found) => found !== 'ok');
}
