import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import type sqlite3 from 'sqlite3';
import { StoreFault } from '../app/faults.ts';
import type { Sha256 } from '../domain/audit.ts';
import type { Instant } from '../domain/ids.ts';
import { storeFault } from './faults.ts';

/** One step of the schema: a plain SQL file `NNN_name.sql`, frozen once it has landed. */
export interface Migration {
  name: string;
  sql: string;
}

/** The package's own migrations, from `src` and from `dist/src` alike. */
export function packagedMigrations(): Migration[] {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new StoreFault('The migrations are missing: install the whole package, not src or dist alone.');
    folder = parent;
  }
  return readMigrations(join(folder, 'migrations'));
}

/** The migrations in a folder, in order. Throws a StoreFault on a file that is not one. */
export function readMigrations(folder: string): Migration[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    throw new StoreFault(`The migrations in ${folder} can't be read. Install the whole package.`, {
      cause: error,
    });
  }
  return names.map((name, index) => {
    if (!/^\d{3}_[a-z0-9-]+\.sql$/.test(name) || Number(name.slice(0, 3)) !== index + 1)
      throw new StoreFault(
        `${join(folder, name)} is not the migration that comes next: files are named NNN_name.sql, without gaps. Move it away.`,
      );
    // A checkout may have turned the line ends.
    return { name, sql: readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n') };
  });
}

/** Brings the schema up to the last migration, all in one transaction. Refuses, with a StoreFault that names the
 * migration, a database that another version of a file or a newer bot has shaped; then nothing is changed. */
export async function migrate(
  db: Knex,
  migrations: Migration[],
  given: { sha256: Sha256; now: Instant },
): Promise<void> {
  try {
    await db.transaction(async (trx) => {
      await refuseForeign(trx);
      await trx.raw(
        'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
      );
      const applied = await trx<{ name: string; sha256: string }>('migrations').select().orderBy('name');
      applied.forEach((row, index) => {
        refuseDifferent(row, migrations[index], given.sha256);
      });
      for (const { name, sql } of migrations.slice(applied.length)) {
        await exec(trx, name, sql);
        await trx('migrations').insert({ name, sha256: given.sha256(sql), applied_at: given.now });
      }
    });
  } catch (error) {
    throw storeFault('The database could not be brought up to date, and is as it was', error);
  }
}

async function refuseForeign(trx: Knex): Promise<void> {
  const tables: string[] = await trx('sqlite_schema').where('type', 'table').pluck('name');
  if (tables.length > 0 && !tables.includes('migrations'))
    throw new StoreFault(
      `The database belongs to another program: it has a table ${tables[0]} and no migrations. Check DATABASE_PATH.`,
    );
}

function refuseDifferent(
  applied: { name: string; sha256: string },
  file: Migration | undefined,
  sha256: Sha256,
): void {
  if (file?.name !== applied.name)
    throw new StoreFault(
      `The database has the migration ${applied.name}, which this version of the bot does not have: a newer bot shaped it. Install that version, or restore a backup from before it.`,
    );
  if (sha256(file.sql) !== applied.sha256)
    throw new StoreFault(
      `The migration ${applied.name} was edited after the database got it. Put the file back as it was released; a change of the schema is a new file.`,
    );
}

/** Through the driver: knex's raw runs the first statement only, and a trigger's body holds semicolons. */
async function exec(trx: Knex.Transaction, name: string, sql: string): Promise<void> {
  const driver: sqlite3.Database = await trx.client.acquireConnection();
  await new Promise<void>((resolve, reject) => {
    driver.exec(sql, (error) =>
      error === null
        ? resolve()
        : reject(
            new StoreFault(
              `The migration ${name} failed, and the database is as it was: ${error.message}. Report it.`,
              { cause: error },
            ),
          ),
    );
  });
}
