import { copyFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import * as ids from '../../src/domain/ids.ts';
import { packagedMigrations } from '../../src/store/migrate.ts';
import { readAudit } from '../support/read-audit.ts';
import { cleanUp, freshPath, open, withFile } from './fresh-store.ts';
import { draft } from './samples.ts';

cleanUp();

const folder = fileURLToPath(new URL('./databases/', import.meta.url));
const kept = readdirSync(folder)
  .filter((name) => name.endsWith('.db'))
  .sort();
const migrations = packagedMigrations().map(({ name }) => name);
const cluster = ids.clusterName('playground');

describe('the database files of earlier versions', () => {
  it('are kept, one for each migration (test/store/databases/README.md)', () => {
    expect(kept).toEqual(migrations.map((name) => `${name.slice(0, 3)}.db`));
  });

  it.each(kept)(
    '%s has the schema of its number, is brought up to date, and is read and written on',
    async (name) => {
      const path = freshPath();
      copyFileSync(`${folder}${name}`, path);
      const number = Number(name.slice(0, 3));
      const applied = () =>
        withFile(path, (db) => db.all<{ name: string }>('SELECT name FROM migrations ORDER BY name'));
      expect((await applied()).map((row) => row.name)).toEqual(migrations.slice(0, number));
      const before = await readAudit(path);
      expect([before.entries.length > 0, before.flaws]).toEqual([true, []]);

      const store = await open(path);
      expect((await applied()).map((row) => row.name)).toEqual(migrations);
      // 001 is of a time without drains; from then on each has an ended or idle one, one out of service and an open one.
      const drains = (await store.latestDrains(9)).map(({ drain }) => drain);
      expect(drains.length).toBe(number < 2 ? 0 : 3);
      expect(await store.openDrains(cluster)).toHaveLength(number < 2 ? 0 : 1);
      expect(await store.outOfService(cluster)).toHaveLength([0, 0, 2][number] ?? 1);
      expect(await store.pendingApprovals(cluster)).toHaveLength(number < 4 ? 0 : 1);
      expect(await store.directory(cluster)).toHaveLength(number < 2 ? 0 : 6);
      for (const drain of drains) {
        const thread = await store.thread(drain.thread);
        expect(thread).toMatchObject({ drain: drain.id, ts: expect.any(String) });
        if (thread !== null) expect(await store.notice(thread.rootNotice)).not.toBeNull();
      }
      expect([await store.waitingCommands(), await store.outbox()]).toEqual([[], []]);
      expect(await store.openReactivations(cluster)).toEqual([]);
      const total = (await store.auditHead())?.seq ?? 0;
      expect(total).toBe(before.entries.length);

      const { seq } = await store.transact((tx) => tx.append(draft()));
      expect(seq).toBe(total + 1);
      const next = await store.transact((tx) => tx.nextDrainId());
      expect(drains.map(({ id }) => id)).not.toContain(next);
      await store.close();
      const after = await readAudit(path);
      expect([after.entries.length, after.flaws]).toEqual([seq, []]);
      expect(await withFile(path, (db) => db.all('PRAGMA integrity_check'))).toEqual([
        { integrity_check: 'ok' },
      ]);
    },
  );
});
