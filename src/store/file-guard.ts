import { type BigIntStats, statSync } from 'node:fs';
import type { Knex } from 'knex';
import type { StoreDown, StoreFault } from '../app/faults.ts';
import { connectLone, connectReadOnly } from './connection.ts';
import { codeOf, storeDown, storeFault } from './faults.ts';

/** Sees to it that what is written goes into the file at the database's path, and is no other by now. SQLite itself
 * goes on with a file that was moved away or unlinked, and out of its cache with one that was copied over. */
export interface FileGuard {
  /** Before the database is used: looks at what has changed since, and mends what it can. Throws a StoreDown. */
  ready(): Promise<void>;
  /** For inside a transaction: throws a StoreDown where anything but this process touched the file since `ready`. */
  sure(): void;
  /** After a fault of SQLite: a file that it calls damaged is read in full before it is written to again. */
  met(fault: unknown): void;
  /** After a transaction: brings what it wrote from the write-ahead log into the file, now and then. */
  tidy(): void;
  /** False: closing would write what we know into a file that is somebody else's. */
  mayClose(): boolean;
}

/** From this size on the write-ahead log is brought into the file; each time it can't be, once more of the same. */
const tidyAtBytes = 4 * 2 ** 20;
/** A file that stays as it was is read in full again after this time. */
const lookAgainMs = 60_000;

/** `path` as it was configured, `file` where it leads. To be called when the schema is there; `db` is a pool of one. */
export async function guardFile(db: Knex, at: { path: string; file: string; now(): number }) {
  const { path, file, now } = at;
  /** The whole cache of the connection may stem from another file. */
  const reopen = async () => {
    await db.destroy();
    db.initialize();
    await db.raw('SELECT 1 FROM holder');
  };
  const checkpoint = (how: 'PASSIVE' | 'TRUNCATE') =>
    db.raw<{ busy: number }[]>(`PRAGMA wal_checkpoint(${how})`);

  await checkpoint('TRUNCATE');
  let known = await contentOf(file);
  let seen = marksOf(path, file);
  let doubted = false;
  let verdict: { on: string; at: number; fault: StoreFault } | null = null;
  /** Whatever uses the connection for the guard itself. */
  let under: Promise<unknown> = Promise.resolve();
  let tidyAt = tidyAtBytes;
  let logBytes = 0;

  /** What has changed since the last look; null: nothing. */
  function changed(): 'moved' | 'written' | 'log' | null {
    const is = marksOf(path, file);
    if (is.main === null || is.main !== seen.main) return 'moved';
    if (is.written !== seen.written) return 'written';
    return is.log === seen.log && is.index === seen.index ? null : 'log';
  }

  function refusal(what: Exclude<ReturnType<typeof changed>, null>): StoreDown {
    switch (what) {
      case 'moved':
        return storeDown(`The database ${path} is not the file that the bot opened any more`, 'REPLACED');
      case 'written':
        return storeDown(`Something else has written to the database ${path}`, 'REPLACED');
      case 'log':
        return storeDown(`The write-ahead log of the database ${path} was taken away`, 'REPLACED');
    }
  }

  async function look(what: ReturnType<typeof changed>): Promise<void> {
    if (what === 'moved') throw refusal(what);
    const is = marksOf(path, file);
    const on = `${is.main} ${is.written}`;
    if (verdict?.on === on && now() - verdict.at < lookAgainMs) throw verdict.fault;
    try {
      if (what !== 'log') await judge();
      // What only a log holds that was taken away is still there for the connection that has it open, and is saved by this.
      const [row] = await checkpoint('TRUNCATE');
      if (what === 'log' && row?.busy !== 0) throw refusal(what);
      await reopen();
      known = await contentOf(file);
    } catch (error) {
      const fault = storeFault(`The database ${path} can't be used`, error);
      verdict = { on, at: now(), fault };
      throw fault;
    }
    seen = marksOf(path, file);
    doubted = false;
    verdict = null;
  }

  /** Throws where the file does not hold what it held when it was last ours, or is damaged. Only reads, past our own cache. */
  async function judge(): Promise<void> {
    const { log, index } = marksOf(path, file);
    const was = known;
    const is = await contentOf(file, was.head?.seq).catch((error: unknown) => {
      // It lacks a table that the bot's database has.
      if (codeOf(error) === 'SQLITE_ERROR') throw refusal('written');
      throw error;
    });
    const same = is.id === was.id && is.holder === was.holder;
    if (!same || (was.head !== null && is.head?.hash !== was.head.hash)) throw refusal('written');
    // Beside a log of somebody else's nothing could be read, or would be made.
    if (log !== seen.log || index !== seen.index) throw refusal('written');
    const beside = await connectReadOnly(file);
    try {
      const [check] = await beside.raw<{ quick_check: string }[]>('PRAGMA quick_check(1)');
      if (check?.quick_check !== 'ok')
        throw storeDown(`The database ${path} is damaged (${check?.quick_check})`, 'SQLITE_CORRUPT');
    } finally {
      await beside.destroy();
    }
  }

  async function bringIn(): Promise<void> {
    // Not while it is somebody else's.
    if (changed() !== null) return;
    try {
      await checkpoint('PASSIVE');
      known = await contentOf(file);
    } finally {
      seen = marksOf(path, file);
    }
  }

  const guard: FileGuard = {
    async ready() {
      await under;
      const what = changed();
      if (what === null && !doubted) return;
      const looking = under.then(() => look(changed()));
      // Whoever asked gets the fault; the next one only waits for the end.
      under = Promise.allSettled([looking]);
      await looking;
    },
    sure() {
      const what = changed();
      if (what !== null) throw refusal(what);
    },
    met(fault) {
      const code = codeOf(fault);
      if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') doubted = true;
    },
    tidy() {
      const bytes = Number(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0);
      // It has begun anew since.
      if (bytes < logBytes) tidyAt = tidyAtBytes;
      logBytes = bytes;
      if (bytes < tidyAt) return;
      tidyAt = bytes + tidyAtBytes;
      // What keeps it out of the file now is met by whoever writes next; damage is looked into before that.
      under = under.then(bringIn).catch(guard.met);
    },
    mayClose: () => changed() === null || changed() === 'log',
  };
  return guard;
}

interface Content {
  id: string;
  /** Who opened it last, and when. */
  holder: string;
  head: { seq: number; hash: string } | null;
}

/** What tells this file from any other, a copy from an hour ago too; of the log the entry `seq`, or the last. As it is in the file
 * alone, without what its write-ahead log adds. */
async function contentOf(file: string, seq?: number): Promise<Content> {
  const db = await connectLone(file);
  try {
    const self = await db<{ database: string }>('this_database').first('database');
    const holder = await db<{ owner: string; since: number }>('holder').first();
    const log = db<{ seq: number; hash: string }>('audit').select('seq', 'hash');
    const head = await (seq === undefined ? log.orderBy('seq', 'desc') : log.where('seq', seq)).first();
    return { id: self?.database ?? '', holder: `${holder?.since} ${holder?.owner}`, head: head ?? null };
  } finally {
    await db.destroy();
  }
}

/** Which files these are, and when the main one was last written to; null: it is not there. */
function marksOf(path: string, file: string) {
  const main = statOf(path);
  return {
    main: inode(main),
    // Nobody can set a change time back.
    written: main === null ? null : `${main.size} ${main.ctimeNs}`,
    log: inode(statOf(`${file}-wal`)),
    index: inode(statOf(`${file}-shm`)),
  };
}

function inode(stat: BigIntStats | null): string | null {
  return stat === null ? null : `${stat.dev}:${stat.ino}`;
}

function statOf(path: string): BigIntStats | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}
