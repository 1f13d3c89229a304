import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import sqlite3 from 'sqlite3';
import type { Clock, Store } from '../../src/app/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { noon } from './noon.ts';

const folders: string[] = [];
const opened: Store[] = [];
let databases = 0;

/** A path in a fresh folder, which goes away after the test. */
export function freshPath(under = tmpdir()): string {
  const folder = mkdtempSync(join(under, 'mesos-chatops-'));
  folders.push(folder);
  return join(folder, 'bot.db');
}

/** A store over a real file, closed after the test. */
export async function open(path: string = freshPath(), owner = 'host-a pid 1'): Promise<Store> {
  const clock: Clock = { now: () => noon, after: () => () => undefined };
  const store = await openStore({
    path,
    clock,
    newId: () => `db-${++databases}`,
    sha256,
    clean: (text) => text,
    owner,
  });
  opened.push(store);
  return store;
}

/** Registers the clean-up; call once per test file. */
export function cleanUp(): void {
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
}

/** Somebody with the file in their hands: plain SQL beside the bot, statement after statement. */
export async function withFile<T>(
  path: string,
  work: (db: {
    exec(sql: string): Promise<void>;
    all<R>(sql: string, ...bindings: unknown[]): Promise<R[]>;
  }) => Promise<T>,
): Promise<T> {
  const driver = new sqlite3.Database(path);
  try {
    return await work({
      exec: (sql) =>
        new Promise((resolve, reject) => {
          driver.exec(sql, (error) => (error === null ? resolve() : reject(error)));
        }),
      all: <R>(sql: string, ...bindings: unknown[]) =>
        new Promise<R[]>((resolve, reject) => {
          driver.all<R>(sql, bindings, (error, rows) => (error === null ? resolve(rows) : reject(error)));
        }),
    });
  } finally {
    await new Promise<void>((resolve) => driver.close(() => resolve()));
  }
}
