import type sqlite3 from 'sqlite3';
import { generatedColumns, type ShownRow } from '../../../src/domain/verify.ts';
import { type AuditFile, auditFileOver } from '../../../src/store/audit-file.ts';
import type { StoredRow } from '../../../src/store/audit-rows.ts';
import { scratch } from '../../../src/store/connection.ts';

/** A row of the table, byte for byte. */
export interface Row {
  seq: number;
  text: Buffer;
  hash: Buffer;
  /** What SQLite is told that they are. */
  textIs: 'text' | 'blob';
  hashIs: 'text' | 'blob';
}

/** The log in the hands of somebody who has taken away all that guards it: triggers, indexes, STRICT and the checks. */
export interface TableInHand {
  /** As `verify` reads it. */
  file: AuditFile;
  rows(): Promise<Row[]>;
  put(rows: readonly Row[]): Promise<void>;
}

/** A copy in memory of the log in a database file; the file is left alone. */
export async function tableInHand(path: string): Promise<TableInHand> {
  const db = scratch();
  const exec = async (sql: string) => {
    const driver: sqlite3.Database = await db.client.acquireConnection();
    try {
      await new Promise<void>((resolve, reject) => {
        driver.exec(sql, (error) => (error === null ? resolve() : reject(error)));
      });
    } finally {
      await db.client.releaseConnection(driver);
    }
  };
  await exec(`ATTACH '${path}' AS given`);
  const [{ sql }] = await db.raw("SELECT sql FROM given.sqlite_schema WHERE name = 'audit'");
  const loose = String(sql)
    .replace(/\) STRICT$/, ')')
    .replaceAll(/ NOT NULL (?=GENERATED)/g, ' ')
    // SQLite computes them also where it writes a text that is no JSON, and refuses it then.
    .replaceAll(
      /AS \((json_extract\(.*?\))\) VIRTUAL/g,
      'AS (CASE WHEN json_valid(entry) THEN $1 END) VIRTUAL',
    );
  await exec(`PRAGMA ignore_check_constraints = ON; ${loose};
    INSERT INTO audit (seq, entry, hash) SELECT seq, entry, hash FROM given.audit;
    CREATE TABLE this_database AS SELECT * FROM given.this_database; DETACH given`);
  let there = new Map<number, string>();
  return {
    file: auditFileOver(db),
    rows: async () => {
      const rows: { seq: number; text: Buffer; hash: Buffer }[] = await db.raw(
        'SELECT seq, CAST(entry AS BLOB) AS text, CAST(hash AS BLOB) AS hash FROM audit ORDER BY seq',
      );
      const all = rows.map((row): Row => ({ ...row, textIs: 'text', hashIs: 'text' }));
      there = new Map(all.map((row) => [row.seq, valuesOf(row)]));
      return all;
    },
    put: async (rows) => {
      // Only what differs from what stands there: a test does this ten thousand times.
      const wanted = new Map(rows.map((row) => [row.seq, valuesOf(row)]));
      const gone = [...there].filter(([seq, values]) => wanted.get(seq) !== values).map(([seq]) => seq);
      const put = [...wanted].filter(([seq, values]) => there.get(seq) !== values);
      if (gone.length > 0) await db.raw(`DELETE FROM audit WHERE seq IN (${gone.join(', ')})`);
      if (put.length > 0)
        await db.raw(
          `INSERT INTO audit (seq, entry, hash) VALUES ${put.map(([, values]) => values).join(', ')}`,
        );
      there = wanted;
    },
  };
}

/** What SQLite hands over of such a row. */
export function handedOver({ seq, text, hash, textIs, hashIs }: Row): StoredRow {
  const entry = textIs === 'text' ? parsed(text.toString()) : null;
  const columns = Object.fromEntries(
    Object.entries(generatedColumns).map(([column, way]) => [
      column,
      way.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key] ?? null, entry),
    ]),
  ) as ShownRow['columns'];
  return { ...columns, seq, seq_type: 'integer', entry: text, entry_type: textIs, hash, hash_type: hashIs };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function valuesOf({ seq, text, hash, textIs, hashIs }: Row): string {
  const value = (bytes: Buffer, as: Row['textIs']) =>
    as === 'blob' ? `x'${bytes.toString('hex')}'` : `CAST(x'${bytes.toString('hex')}' AS TEXT)`;
  return `(${seq}, ${value(text, textIs)}, ${value(hash, hashIs)})`;
}
