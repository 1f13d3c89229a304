import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import knex, { type Knex } from 'knex';
import type sqlite3 from 'sqlite3';
import { StoreFault } from '../app/faults.ts';
import { storeFault } from './faults.ts';

/** How long a statement waits for the one connection before it becomes a fault. */
const acquireTimeoutMs = 5000;

/** One name for one file, however it is reached: two names would mean two locks. */
export function realFile(path: string): string {
  const file = resolve(path);
  if (existsSync(file)) return realpathSync(file);
  const folder = dirname(file);
  if (!existsSync(folder))
    throw new StoreFault(
      `The database ${file} can't be opened: its directory does not exist. Create it, or change DATABASE_PATH.`,
    );
  return join(realpathSync(folder), basename(file));
}

/** Only file-guard.ts says when the file itself is written, so that it knows any other writing. What the write-ahead log has
 * once needed is given back to the disk. */
const ownCheckpoints = 'PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 0;';

/** The writing connection: exactly one, with every commit on disk before it counts (promise 2). */
export async function connect(file: string): Promise<Knex> {
  const db = pool(
    { filename: file },
    `PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; ${ownCheckpoints}`,
  );
  try {
    const [row] = await db.raw<{ journal_mode: string }[]>('PRAGMA journal_mode');
    if (row?.journal_mode !== 'wal')
      throw new StoreFault(
        `The database ${file} can't keep a write-ahead log. Put it on a local disk: network file systems don't do.`,
      );
    return db;
  } catch (error) {
    await db.destroy();
    throw storeFault(`The database ${file} can't be opened`, error);
  }
}

/** A connection that can't write. Works while the bot holds the file, and on a lone copy of it. */
export async function connectReadOnly(path: string): Promise<Knex> {
  if (!existsSync(path)) throw new StoreFault(`There is no database ${resolve(path)}.`);
  // Of a link SQLite keeps the -wal beside the file that it leads to: looked for beside the link, the newest entries
  // would be missed.
  const file = realFile(path);
  if (statSync(file).isDirectory()) throw new StoreFault(`${file} is a directory, and no database.`);
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size;
  try {
    // Without a -wal nobody has the file open; reading it as one that can change would leave a -wal and -shm behind.
    return await reader(file, log === undefined ? lone : 'mode=ro');
  } catch (error) {
    // SQLite must make a -shm to read beside a -wal, which a read-only directory forbids; an empty -wal tells nothing.
    if (log === 0) return await reader(file, lone).catch(() => Promise.reject(unreadable(file, error)));
    throw unreadable(file, error);
  }
}

/** An empty database in memory, to try something on. */
export function scratch(): Knex {
  return pool({ filename: ':memory:' }, 'PRAGMA foreign_keys = ON;');
}

const lone = 'mode=ro&immutable=1';

/** Reads the file alone, as it is on the disk: nothing of a write-ahead log, and nothing out of another connection's cache. */
export function connectLone(file: string): Promise<Knex> {
  return reader(file, lone);
}

function unreadable(file: string, error: unknown): StoreFault {
  return storeFault(`The database ${file} can't be read`, error);
}

async function reader(file: string, mode: string): Promise<Knex> {
  // knex always asks for a writable handle; only the URI's mode takes that back.
  const filename = `${pathToFileURL(file).href}?${mode}`;
  const db = pool({ filename, flags: ['OPEN_URI'] }, 'PRAGMA busy_timeout = 1000; PRAGMA query_only = ON;');
  try {
    await db.raw('SELECT count(*) FROM sqlite_schema');
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function pool(connection: Knex.Sqlite3ConnectionConfig, pragmas: string): Knex {
  return knex({
    client: 'sqlite3',
    connection,
    useNullAsDefault: true,
    // Bindings hold what people typed and response URLs: they have no place in an error's text.
    compileSqlOnError: false,
    // Everything it would print comes back as a fault.
    log: { debug: silent, warn: silent, error: silent, deprecate: silent },
    acquireConnectionTimeout: acquireTimeoutMs,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (
        driver: sqlite3.Database,
        done: (error: Error | null, driver: sqlite3.Database) => void,
      ) => {
        driver.exec(pragmas, (error) => done(error, driver));
      },
    },
  });
}

function silent(): void {}
