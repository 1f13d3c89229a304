import { mkdirSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Store } from '../../src/app/ports.ts';
import { digestOf } from '../../src/store/on-disk.ts';
import { cleanUp, freshPath, open, withFile } from '../store/fresh-store.ts';
import { draft } from '../store/samples.ts';
import { readAudit } from '../support/read-audit.ts';
import { runAudit } from './run-audit.ts';

cleanUp();

async function append(store: Store, entries: number): Promise<void> {
  for (let each = 0; each < entries; each++) await store.transact((tx) => tx.append(draft()));
}

/** A database of ten entries that a bot holds, and a free name beside it. */
async function held(): Promise<{ store: Store; path: string; to: string }> {
  const path = freshPath();
  const store = await open(path);
  await append(store, 10);
  return { store, path, to: join(dirname(path), 'copy.db') };
}

describe('npm run audit -- backup', () => {
  it('copies one moment of a database that is written to all the while, and proves the copy', async () => {
    const { store, path, to } = await held();
    let done = false;
    const backup = runAudit('backup', to, path).finally(() => {
      done = true;
    });
    let written = 10;
    while (!done) {
      await append(store, 1);
      written += 1;
    }
    const { status, out, err } = await backup;
    expect([status, err]).toEqual([0, '']);
    const { entries, flaws } = await readAudit(to);
    expect(flaws).toEqual([]);
    expect(entries.length).toBeGreaterThanOrEqual(10);
    expect(entries.length).toBeLessThanOrEqual(written);
    const digest = await digestOf(to);
    expect(out).toEqual([
      `Backed up ${path} to ${to}, verified`,
      expect.stringMatching(new RegExp(`^head    ${entries.length}:[0-9a-f]{64}$`)),
      `size    ${digest.bytes} bytes`,
      `sha256  ${digest.sha256}`,
    ]);
    expect(statSync(to).mode & 0o777).toBe(0o600);
    // What it printed as the head is an anchor of the database.
    const anchor = out[1]?.replace('head    ', '') ?? '';
    expect((await runAudit('verify', path, '--anchor', anchor)).status).toBe(0);
    const restored = await open(to);
    expect((await restored.transact((tx) => tx.append(draft()))).seq).toBe(entries.length + 1);
  });

  it.each([
    ['a name that is taken', (to: string) => writeFileSync(to, 'theirs'), '', 'exists'],
    ['the database itself', () => {}, 'bot.db', 'exists'],
    ['the name of its own write-ahead log', () => {}, 'bot.db-journal', 'a name that the database needs'],
    ['a folder that is not there', () => {}, 'nowhere/copy.db', 'its directory does not exist'],
    ['a folder', (to: string) => mkdirSync(to), '', 'exists'],
    ['one that is being made', (to: string) => writeFileSync(`${to}.partial`, ''), '', 'is under way'],
  ])('refuses %s, and writes nothing', async (_, before, name, why) => {
    const { path, to } = await held();
    before(to);
    const folder = dirname(path);
    const names = readdirSync(folder);
    const { status, err } = await runAudit('backup', name === '' ? to : join(folder, name), path);
    expect([status, err]).toEqual([2, expect.stringContaining(why)]);
    expect(readdirSync(folder)).toEqual(names);
  });

  it.each([
    [
      'an edited entry',
      "DROP TRIGGER audit_keeps; UPDATE audit SET entry = replace(entry, 'agent3', 'agent4') WHERE seq = 4",
      'the log is bad. Entry 4 is bad',
    ],
    ['no log', 'DROP TABLE audit', 'its table was removed, renamed or replaced'],
  ])('leaves nothing behind where the database has %s', async (_, sql, why) => {
    const { store, path, to } = await held();
    await store.close();
    await withFile(path, (db) => db.exec(sql));
    const { status, err } = await runAudit('backup', to, path);
    expect([status, err]).toEqual([2, expect.stringContaining(why)]);
    expect(readdirSync(dirname(path)).sort()).toEqual(['bot.db', 'bot.db.lock']);
  });

  it('leaves nothing behind where the file is damaged', async () => {
    const { store, path, to } = await held();
    await append(store, 60);
    await store.close();
    truncateSync(path, statSync(path).size - 3 * 4096);
    const { status, err } = await runAudit('backup', to, path);
    expect([status, err]).toEqual([2, expect.stringContaining('SQLITE_CORRUPT')]);
    expect(readdirSync(dirname(path))).not.toContain('copy.db');
  });

  it('wants a name', async () => {
    expect((await runAudit('backup')).err).toContain('backup wants the name of the new file');
  });
});
