import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StoreFault } from '../app/faults.ts';
import { connectReadOnly, realFile } from './connection.ts';
import { codeOf, storeFault } from './faults.ts';
import { syncFile, syncNames } from './on-disk.ts';
import { refuseCopyOfClosed } from './refuse-closed.ts';

/** Copies the database, as it is at one moment, into the new file `to`: whole, passed by `check` and on disk under that name, or
 * not there at all. Only reads `from`; whoever holds it writes on meanwhile. Throws a StoreFault. */
export async function backUp(
  from: string,
  to: string,
  check: (copy: string) => Promise<void>,
): Promise<void> {
  const target = resolve(to);
  refuseNames(realFile(from), target);
  await refuseCopyOfClosed(from);
  const partial = `${target}.partial`;
  makeEmpty(partial);
  try {
    await copyMoment(from, partial);
    await check(partial);
    syncFile(partial);
    // Somebody may have made it meanwhile, and a rename would replace it.
    refuseExisting(target);
    renameSync(partial, target);
    syncNames(target);
  } catch (error) {
    for (const suffix of ['', '-journal']) rmSync(`${partial}${suffix}`, { force: true });
    throw storeFault(`The backup ${target} was not made, and nothing of it is left`, error);
  }
}

/** Throws a StoreFault where `target` can't be the name of a new copy of the database `from`. */
export function refuseNames(from: string, target: string): void {
  if (!existsSync(dirname(target)))
    throw new StoreFault(`${target} can't be made: its directory does not exist. Create it.`);
  refuseExisting(target);
  // SQLite would take the copy for its own log, and write it into the database.
  const own = ['-wal', '-shm', '-journal', '.lock', '.next'].map((suffix) => `${from}${suffix}`);
  if (own.includes(realFile(target)))
    throw new StoreFault(`${target} is a name that the database needs beside itself. Choose another.`);
}

function refuseExisting(target: string): void {
  if (existsSync(target))
    throw new StoreFault(`${target} exists, and nothing is replaced. Choose a new name.`);
}

/** With its permissions from the first byte on; SQLite takes an empty file for none. */
function makeEmpty(partial: string): void {
  try {
    closeSync(openSync(partial, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) === 'EEXIST')
      throw new StoreFault(
        `${partial} is there: a backup to this name is under way, or one was cut off. Remove it if none runs.`,
      );
    throw storeFault(`The backup ${partial} can't be made`, error);
  }
}

/** The database as it is at one moment into an empty file, compact and without anything beside it. */
export async function copyMoment(from: string, partial: string): Promise<void> {
  const db = await connectReadOnly(from);
  try {
    // Also a write into another file counts for it; that this one is opened read-only stays.
    await db.raw('PRAGMA query_only = OFF');
    // A reader like any other: it holds nobody back, and sees one moment.
    await db.raw('VACUUM INTO ?', [partial]);
  } finally {
    await db.destroy();
  }
}
