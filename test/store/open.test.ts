import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { StoreFault } from '../../src/app/faults.ts';
import { cleanUp, freshPath, open, withFile } from './fresh-store.ts';
import { draft } from './samples.ts';

cleanUp();

describe('opening the database', () => {
  it('makes the file, with a write-ahead log', async () => {
    const path = freshPath();
    const store = await open(path);
    expect(await store.auditHead()).toBeNull();
    const [mode] = await withFile(path, (db) => db.all<{ journal_mode: string }>('PRAGMA journal_mode'));
    expect(mode).toEqual({ journal_mode: 'wal' });
  });

  it('keeps what was written when it is opened again', async () => {
    const path = freshPath();
    const first = await open(path);
    const row = await first.transact((tx) => tx.append(draft()));
    await first.close();
    expect(await (await open(path)).auditHead()).toEqual(row);
  });

  it('refuses a second opener and names who has it and since when', async () => {
    const path = freshPath();
    await open(path, 'host-a pid 4711');
    const second = open(path, 'host-b pid 1');
    await expect(second).rejects.toThrow(StoreFault);
    await expect(second).rejects.toThrow('in use by host-a pid 4711 since 2026-03-01T12:00:00.000Z');
  });

  it('refuses a second opener that comes by another name of the file', async () => {
    const path = freshPath();
    await (await open(path)).close();
    const other = join(dirname(path), 'other.db');
    symlinkSync(path, other);
    await open(path);
    await expect(open(other)).rejects.toThrow('is in use by');
  });

  it('lets the next one in after close, and a refused one does no harm', async () => {
    const path = freshPath();
    const first = await open(path);
    await expect(open(path)).rejects.toThrow(StoreFault);
    await first.transact((tx) => tx.append(draft()));
    await first.close();
    await first.close();
    expect(await (await open(path)).auditHead()).toMatchObject({ seq: 1 });
  });

  it('is free as soon as the process that had it is killed', async () => {
    const path = freshPath();
    const child = fork(new URL('./hold-store.ts', import.meta.url).pathname, [path], {
      execArgv: ['--import', 'tsx'],
    });
    try {
      await once(child, 'message');
      await expect(open(path)).rejects.toThrow('is in use by the child');
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    // What the child had committed is there; what it was about to commit is not.
    expect(await (await open(path)).auditHead()).toMatchObject({ seq: 1 });
  }, 30_000);

  it('says that the directory is missing', async () => {
    await expect(open(join(freshPath(), 'nowhere', 'bot.db'))).rejects.toThrow(
      'its directory does not exist',
    );
  });

  it.each([
    ['a directory', (path: string) => mkdirSync(path), 'SQLITE_CANTOPEN'],
    ['no database', (path: string) => writeFileSync(path, 'hello '.repeat(1000)), 'SQLITE_NOTADB'],
  ])('refuses a path that is %s, and lets go of the lock', async (_, make, why) => {
    const path = freshPath();
    make(path);
    await expect(open(path)).rejects.toThrow(why);
    await expect(open(path)).rejects.toThrow(why);
  });

  it("refuses another program's database and leaves it as it was", async () => {
    const path = freshPath();
    await withFile(path, (db) => db.exec('CREATE TABLE theirs (a)'));
    await expect(open(path)).rejects.toThrow('belongs to another program: it has a table theirs');
    expect(await withFile(path, (db) => db.all('SELECT name FROM sqlite_schema'))).toEqual([
      { name: 'theirs' },
    ]);
  });
});
