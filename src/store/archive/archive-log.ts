import { chmodSync, chownSync, closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Knex } from 'knex';
import { StoreFault } from '../../app/faults.ts';
import type { ClosedFile } from '../../domain/audit/closed-file.ts';
import type { OsUser, Sha256 } from '../../domain/audit.ts';
import type { CorrelationId, Instant } from '../../domain/ids.ts';
import type { Head } from '../../domain/verify.ts';
import { appendEntry, auditHead, closedFileBefore } from '../audit-log.ts';
import { copyMoment, refuseNames } from '../backup.ts';
import { connect, connectReadOnly, realFile } from '../connection.ts';
import { storeFault } from '../faults.ts';
import { lockOrSay } from '../lock-or-say.ts';
import { migrate, packagedMigrations } from '../migrate.ts';
import { digestOf, syncFile, syncNames } from '../on-disk.ts';
import { refuseClosed } from '../refuse-closed.ts';
import { type Moved, moveWork } from './move-work.ts';

export interface ArchiveOptions {
  /** The bot's database, and the name that its closed log gets. */
  file: string;
  archive: string;
  now: Instant;
  correlation: CorrelationId;
  by: OsUser;
  sha256: Sha256;
  /** Throws a StoreFault on a database that is not whole. */
  check(path: string): Promise<void>;
}

/** What was done. `finished`: all but the archive's name was there already, from a run that was cut off. */
export type Archived =
  | { kind: 'archived'; closed: ClosedFile; moved: Moved }
  | { kind: 'finished' | 'already'; closed: ClosedFile };

/** Closes the log of a database that no bot has open, and begins a new one in its place, with the work that is not over.
 * docs/adr/0011 tells the steps, and what each kind of crash leaves. Throws a StoreFault; until the last step the
 * database is as it was. */
export async function archiveLog(options: ArchiveOptions): Promise<Archived> {
  if (!existsSync(options.file)) throw new StoreFault(`There is no database ${resolve(options.file)}.`);
  const file = realFile(options.file);
  const archive = resolve(options.archive);
  const lock = await lockOrSay(file);
  try {
    await refuseClosed(file);
    const done = await doneBefore(file, archive);
    if (done !== null) return done;
    refuseNames(file, archive);
    await settle(file, options);
    await options.check(file);
    const made = await closeAndGoOn(file, archive, options);
    giveName(archive);
    return made;
  } catch (error) {
    throw storeFault(`${file} was not archived, and is as it was`, error);
  } finally {
    await lock.release();
  }
}

const closingOf = (archive: string) => `${archive}.closing`;
const nextOf = (file: string) => `${file}.next`;

/** The work of an earlier run, where that got as far as the new database. */
async function doneBefore(file: string, archive: string): Promise<Archived | null> {
  const closed = await read(file, closedFileBefore);
  if (closed === null || closed.file !== basename(archive)) return null;
  const isIt = async (path: string) => existsSync(path) && (await digestOf(path)).sha256 === closed.sha256;
  if (await isIt(archive)) return { kind: 'already', closed };
  if (existsSync(archive) || !(await isIt(closingOf(archive)))) return null;
  giveName(archive);
  return { kind: 'finished', closed };
}

/** Last of all: it counts already, and a run that was cut off before this is finished by the next. */
function giveName(archive: string): void {
  try {
    renameSync(closingOf(archive), archive);
    syncNames(archive);
  } catch (error) {
    throw storeFault(
      `The log was archived into ${closingOf(archive)}, which could not get its name. Run this again`,
      error,
    );
  }
}

/** Today's schema, and one file without anything beside it: who still reads it now would mix up two files of one name. */
async function settle(file: string, { sha256, now }: ArchiveOptions): Promise<void> {
  const db = await connect(file);
  try {
    await migrate(db, packagedMigrations(), { sha256, now });
    const state = await db('this_database').first<{ restored: string | null } | undefined>('restored');
    if (state === undefined)
      throw new StoreFault('No bot has ever worked on this database: there is nothing to archive.');
    if (state.restored !== null)
      throw new StoreFault(
        'The bot has found this database to be restored, and nobody has accepted that: run accept-restore first.',
      );
    const head = await auditHead(db);
    if (head === null || head.seq - 1 <= ((await closedFileBefore(db))?.seq ?? 0))
      throw new StoreFault('Its log has one entry at most: there is nothing to archive.');
    await toOneFile(db, file);
  } finally {
    await db.destroy();
  }
}

async function closeAndGoOn(file: string, archive: string, options: ArchiveOptions): Promise<Archived> {
  const closing = closingOf(archive);
  const next = nextOf(file);
  let counts = false;
  try {
    // Of a run that was cut off before it counted: the log went on without them.
    remove(closing);
    remove(next);
    const end = await closeCopy(file, closing, options);
    await options.check(closing);
    chmodSync(closing, statSync(file).mode & 0o444);
    syncFile(closing);
    syncNames(closing);
    const closed: ClosedFile = { file: basename(archive), ...(await digestOf(closing)), ...end };
    const moved = await begin(next, file, closing, closed, options);
    await options.check(next);
    syncFile(next);
    // From here on the new database is the one.
    renameSync(next, file);
    counts = true;
    syncNames(file);
    return { kind: 'archived', closed, moved };
  } catch (error) {
    // Once the new one counts, this is the only file with what came before.
    if (!counts) remove(closing);
    remove(next);
    throw error;
  }
}

/** A copy with the last entry of all. Answers where it ends. */
async function closeCopy(file: string, closing: string, options: ArchiveOptions): Promise<Head> {
  makeLike(file, closing);
  const { sha256, now, correlation, by } = options;
  await copyMoment(file, closing);
  const db = await connect(closing);
  try {
    const { seq, hash } = await db.transaction((trx) =>
      appendEntry(trx, sha256, {
        at: now,
        event: 'log.closed',
        actor: by,
        correlation,
        facts: { continuesIn: basename(file) },
      }),
    );
    await toOneFile(db, closing);
    return { seq, hash };
  } finally {
    await db.destroy();
  }
}

/** The new database: the entry that continues the closed log, and the work that is not over. */
async function begin(
  next: string,
  file: string,
  closing: string,
  closed: ClosedFile,
  { sha256, now, correlation, by }: ArchiveOptions,
): Promise<Moved> {
  makeLike(file, next);
  const db = await connect(next);
  try {
    await migrate(db, packagedMigrations(), { sha256, now });
    const moved = await moveWork(db, closing, now);
    await db.transaction((trx) =>
      appendEntry(
        trx,
        sha256,
        { at: now, event: 'log.continued', actor: by, correlation, facts: { closed: { ...closed }, moved } },
        closed,
      ),
    );
    await toOneFile(db, next);
    return moved;
  } finally {
    await db.destroy();
  }
}

async function toOneFile(db: Knex, file: string): Promise<void> {
  const [row] = await db.raw<{ journal_mode: string }[]>('PRAGMA journal_mode = DELETE');
  if (row?.journal_mode !== 'delete')
    throw new StoreFault(`Another program has ${file} open: end it, and run this again.`);
}

/** Empty, with the permissions of the database and its owner: the bot must be able to open what an administrator made. */
function makeLike(file: string, path: string): void {
  const { mode, uid, gid } = statSync(file);
  closeSync(openSync(path, 'wx', 0o600));
  const made = statSync(path);
  if (made.uid !== uid || made.gid !== gid) chownSync(path, uid, gid);
  chmodSync(path, mode & 0o777);
}

function remove(path: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

async function read<T>(file: string, query: (db: Knex) => Promise<T>): Promise<T> {
  const db = await connectReadOnly(file);
  try {
    return await query(db);
  } finally {
    await db.destroy();
  }
}
