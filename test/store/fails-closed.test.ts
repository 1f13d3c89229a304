import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { describe, expect, it } from '@jest/globals';
import { StoreDown } from '../../src/app/faults.ts';
import type { Store, Tx } from '../../src/app/ports.ts';
import type { AuditDraft } from '../../src/domain/audit.ts';
import { makeAppending } from '../../src/store/append.ts';
import { connect } from '../../src/store/connection.ts';
import { guardFile } from '../../src/store/file-guard.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { doorTo } from '../../src/store/transaction.ts';
import { holdDatabase } from '../support/hold-database.ts';
import { readAudit } from '../support/read-audit.ts';
import { cleanUp, freshPath, open, withFile } from './fresh-store.ts';
import { draft } from './samples.ts';

cleanUp();

/** By a process of its own: whoever opens and closes the file in this one takes SQLite's locks off it. */
const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' });

/** Where a file that somebody has open can be made to refuse writes, which takes root and a file system that does it;
 * null: nowhere. */
const refusing = ['/tmp', '/var/tmp'].find((folder) => {
  const path = join(folder, `mesos-chatops-probe-${process.pid}`);
  const file = openSync(path, 'w');
  try {
    run('chattr', '+i', path);
    writeSync(file, 'x');
    return false;
  } catch (error) {
    return isNativeError(error) && 'code' in error && error.code === 'EPERM';
  } finally {
    closeSync(file);
    spawnSync('chattr', ['-i', path]);
    rmSync(path, { force: true });
  }
});

const copyOf = (path: string) => `${path}.copy`;
const away = (path: string) => `${path}.away`;
const asideAndBack = (suffix: string) => ({
  begin: (path: string) => renameSync(`${path}${suffix}`, away(path)),
  end: (path: string) => renameSync(away(path), `${path}${suffix}`),
});

/** Each is done to the file beside a bot that has it open; `end` takes it back. */
const troubles: [
  what: string,
  code: string,
  trouble: { begin(path: string): unknown; end(path: string): unknown },
][] = [
  ['is moved away', 'REPLACED', asideAndBack('')],
  [
    'is replaced by a copy',
    'REPLACED',
    {
      begin: (path) => {
        copyFileSync(copyOf(path), `${path}.new`);
        renameSync(path, away(path));
        renameSync(`${path}.new`, path);
      },
      end: (path) => renameSync(away(path), path),
    },
  ],
  [
    'is copied over by a copy from before the start',
    'REPLACED',
    {
      begin: (path) => {
        run('cp', path, away(path));
        run('cp', copyOf(path), path);
      },
      end: (path) => run('cp', away(path), path),
    },
  ],
  [
    'is copied over by a backup from a moment ago',
    'SQLITE_CORRUPT',
    {
      begin: (path) => {
        run('cp', path, away(path));
        run('cp', `${path}.backup`, path);
      },
      end: (path) => run('cp', away(path), path),
    },
  ],
  [
    'is emptied',
    'REPLACED',
    {
      begin: (path) => {
        run('cp', path, away(path));
        run('truncate', '-s', '0', path);
      },
      end: (path) => run('cp', away(path), path),
    },
  ],
  [
    'is overwritten with garbage in its middle',
    'SQLITE_CORRUPT',
    {
      begin: (path) => {
        run('cp', path, away(path));
        run('dd', 'if=/dev/urandom', `of=${path}`, 'bs=4096', 'seek=2', 'count=20', 'conv=notrunc');
      },
      end: (path) => run('cp', away(path), path),
    },
  ],
  [
    'becomes something else than a database',
    'SQLITE_NOTADB',
    {
      begin: (path) => {
        run('cp', path, away(path));
        run('dd', 'if=/dev/urandom', `of=${path}`, 'bs=4096', 'count=1', 'conv=notrunc');
      },
      end: (path) => run('cp', away(path), path),
    },
  ],
];

/** The log on the disk, read by somebody else. */
const seqs = async (path: string) => {
  const { entries, flaws } = await readAudit(path);
  expect(flaws).toEqual([]);
  return entries.map(({ seq }) => seq);
};

const append = (store: Store) => store.transact((tx) => tx.append(draft()));

async function code(work: Promise<unknown>): Promise<string> {
  const fault = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(StoreDown);
  return (fault as StoreDown).trouble.code;
}

/** A store with a copy of it from before its start, and a backup from a moment ago. */
async function running(under?: string): Promise<{ path: string; store: Store }> {
  const path = freshPath(under);
  const first = await open(path, 'the bot, a day ago');
  for (let n = 0; n < 10; n++) await append(first);
  await first.close();
  copyFileSync(path, copyOf(path));
  const store = await open(path);
  for (let n = 0; n < 10; n++) await append(store);
  await withFile(path, (db) => db.exec(`VACUUM INTO '${path}.backup'`));
  await append(store);
  return { path, store };
}

describe('a database whose file', () => {
  it.each(troubles)(
    '%s: takes nothing (%s), and goes on by itself when it is back',
    async (_, why, trouble) => {
      const { path, store } = await running();
      await trouble.begin(path);
      expect(await code(append(store))).toBe(why);
      expect(await code(append(store))).toBe(why);
      await trouble.end(path);
      expect(await append(store)).toMatchObject({ seq: 22 });
      await store.close();
      expect(await seqs(path)).toHaveLength(22);
    },
  );

  it('changes under a transaction: nothing of it is kept', async () => {
    const { path, store } = await running();
    const late = store.transact(async (tx) => {
      await tx.append(draft());
      renameSync(path, away(path));
    });
    expect(await code(late)).toBe('REPLACED');
    renameSync(away(path), path);
    expect(await append(store)).toMatchObject({ seq: 22 });
  });

  it.each(['-wal', '-shm'])('loses its %s: what that held is saved, and nothing is lost', async (suffix) => {
    const { path, store } = await running();
    rmSync(`${path}${suffix}`);
    expect(await append(store)).toMatchObject({ seq: 22 });
    expect(existsSync(`${path}${suffix}`)).toBe(true);
    await store.close();
    expect(await seqs(path)).toHaveLength(22);
  });

  it('was copied over may not be closed, for closing writes into it', async () => {
    const path = freshPath();
    await (await open(path)).close();
    const db = await connect(path);
    const guard = await guardFile(db, { path, file: path, now: () => 0 });
    expect(guard.mayClose()).toBe(true);
    run('cp', path, away(path));
    run('cp', away(path), path);
    expect(guard.mayClose()).toBe(false);
    // Judged to be ours, it may.
    await guard.ready();
    expect(guard.mayClose()).toBe(true);
    await db.destroy();
  });

  it('is only touched, or checkpointed by another program, is still ours', async () => {
    const { path, store } = await running();
    run('touch', path);
    expect(await append(store)).toMatchObject({ seq: 22 });
    run('sqlite3', path, 'PRAGMA wal_checkpoint(TRUNCATE)');
    expect(await append(store)).toMatchObject({ seq: 23 });
  });

  it('another program writes to: its entry does not become a part of our chain', async () => {
    const { path, store } = await running();
    const [head] = await withFile(path, (db) =>
      db.all<{ entry: string }>('SELECT entry FROM audit ORDER BY seq DESC LIMIT 1'),
    );
    const forged = head?.entry.replace('"seq":21', '"seq":22') ?? '';
    await withFile(path, (db) =>
      db.exec(`INSERT INTO audit (seq, entry, hash) VALUES (22, '${forged}', '${'0'.repeat(64)}')`),
    );
    expect(await code(append(store))).toBe('ANOTHER WRITER');
  });

  it('another program holds: takes nothing, answers reads, and goes on when it is let go', async () => {
    const { path, store } = await running();
    const holder = await holdDatabase(path);
    expect(await code(append(store))).toBe('SQLITE_BUSY');
    expect(await store.auditHead()).toMatchObject({ seq: 21 });
    await holder.release();
    expect(await append(store)).toMatchObject({ seq: 22 });
  });

  it(`takes no more writes (${refusing ? 'made immutable' : 'read-only when it is opened'})`, async () => {
    const { path, store } = await running(refusing);
    if (refusing) {
      run('chattr', '+i', `${path}-wal`);
      expect(await code(append(store)).finally(() => run('chattr', '-i', `${path}-wal`))).toBe(
        'SQLITE_IOERR',
      );
      expect(await append(store)).toMatchObject({ seq: 22 });
    } else {
      await store.close();
      run('chmod', '0400', path);
      expect(await code(open(path))).toBe('SQLITE_READONLY');
      run('chmod', '0600', path);
      expect(await append(await open(path))).toMatchObject({ seq: 22 });
    }
  });

  it('is full: takes nothing, and goes on as soon as there is room', async () => {
    const path = freshPath();
    await (await open(path)).close();
    const db = await connect(path);
    try {
      const door = doorTo(db, await guardFile(db, { path, file: path, now: () => 0 }));
      const { append: appendTo } = makeAppending(sha256).begin();
      const long = draft({ reason: 'x'.repeat(9_000) });
      const write = () =>
        door.transact(
          (trx) => ({ append: (entry: AuditDraft) => appendTo(trx, entry) }) as Tx,
          (tx) => tx.append(long),
        );
      const [pages] = await db.raw<{ page_count: number }[]>('PRAGMA page_count');
      await db.raw(`PRAGMA max_page_count = ${pages?.page_count}`);
      expect(await code(write())).toBe('SQLITE_FULL');
      expect(await code(write())).toBe('SQLITE_FULL');
      await db.raw('PRAGMA max_page_count = 100000');
      expect(await write()).toMatchObject({ seq: 1 });
    } finally {
      await db.destroy();
    }
  });
});

describe('the write-ahead log', () => {
  it('is brought into the file now and then, and given back to the disk', async () => {
    const { path, store } = await running();
    for (let n = 0; n < 40; n++)
      await store.transact((tx) => tx.append(draft({ reason: 'x'.repeat(300_000) })));
    expect(statSync(`${path}-wal`).size).toBeLessThan(6 * 2 ** 20);
  });
});
