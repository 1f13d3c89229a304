import type { Knex } from 'knex';
import { instant } from '../domain/ids.ts';
import { scratch } from './connection.ts';
import { migrate, packagedMigrations } from './migrate.ts';
import { sha256 } from './sha256.ts';

/** What SQLite keeps of each part of the schema that has to do with the log: its text, to the letter as it was made. */
type Parts = Map<string, string>;

/** Where the table of the log, its indexes and its triggers are not as the bot made them, in words; a file of an older
 * version is held against what that version made. Empty: nowhere. */
export async function schemaFlaws(db: Knex): Promise<string[]> {
  const known = packagedMigrations();
  const applied = await migrationsOf(db);
  const foreign = applied.find((name) => !known.some((each) => each.name === name));
  if (foreign !== undefined)
    return [`it says that it has the migration ${foreign}, which only a newer version could check`];
  const made = await madeBy(applied.length);
  const there = await partsOf(db);
  const flaws: string[] = [];
  for (const [name, sql] of made) {
    const found = there.get(name);
    if (found === undefined) flaws.push(`${name} is gone`);
    else if (found !== sql) flaws.push(`${name} was changed`);
  }
  for (const name of there.keys()) if (!made.has(name)) flaws.push(`${name} was added`);
  return flaws;
}

/** The migrations that a file says it has; empty: it is none of the bot's. */
export async function migrationsOf(db: Knex): Promise<string[]> {
  const isThere = await db('sqlite_schema').where({ type: 'table', name: 'migrations' }).first('name');
  return isThere === undefined ? [] : db('migrations').orderBy('name').pluck('name');
}

async function madeBy(applied: number): Promise<Parts> {
  const db = scratch();
  try {
    await migrate(db, packagedMigrations().slice(0, applied), { sha256, now: instant(0) });
    return await partsOf(db);
  } finally {
    await db.destroy();
  }
}

/** Also what only names the log: `tbl_name` is a text that can be edited like any other. */
async function partsOf(db: Knex): Promise<Parts> {
  const rows: { type: string; name: string; sql: string | null }[] = await db('sqlite_schema')
    .where({ tbl_name: 'audit' })
    .orWhereLike('sql', '%audit%')
    .select('type', 'name', 'sql');
  return new Map(rows.map(({ type, name, sql }) => [`the ${type} ${name}`, sql ?? '']));
}
