import { describe, expect, it } from '@jest/globals';
import type { Store } from '../../src/app/ports.ts';
import { canonical, chainHash, entryOf, genesis } from '../../src/domain/audit.ts';
import * as ids from '../../src/domain/ids.ts';
import { entriesBefore } from '../../src/store/audit-log.ts';
import { connectReadOnly } from '../../src/store/connection.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { everyEntry } from '../support/read-audit.ts';
import { cleanUp, freshPath, open, withFile } from './fresh-store.ts';
import { noon } from './noon.ts';
import { bob, draft } from './samples.ts';

cleanUp();

async function threeEntries(): Promise<string> {
  const path = freshPath();
  const store = await open(path);
  for (const typed of ['help', 'agents', 'drain agent3'])
    await store.transact((tx) => tx.append(draft({ command: { typed } })));
  return path;
}

const fourth = (seq: string) =>
  `(seq, entry, hash) VALUES (${seq}, json_set((SELECT entry FROM audit WHERE seq = 3), '$.seq', 4), '${'0'.repeat(64)}')`;

describe('the audit table', () => {
  it('takes a row by hand that fits, so that the refusals below are about what they say', async () => {
    const path = await threeEntries();
    await withFile(path, (db) => db.exec(`INSERT INTO audit ${fourth('4')}`));
    expect(await withFile(path, (db) => db.all('SELECT max(seq) AS seq FROM audit'))).toEqual([{ seq: 4 }]);
  });

  describe.each(['ON', 'OFF'])('with recursive triggers %s', (recursive) => {
    it.each([
      ['UPDATE', 'UPDATE audit SET hash = hash WHERE seq = 2'],
      ['UPDATE of the number', 'UPDATE audit SET seq = 9 WHERE seq = 3'],
      ['UPDATE OR REPLACE', 'UPDATE OR REPLACE audit SET seq = 1 WHERE seq = 2'],
      ['UPDATE OR IGNORE', 'UPDATE OR IGNORE audit SET hash = hash'],
      ['DELETE', 'DELETE FROM audit WHERE seq = 3'],
      ['DELETE of everything', 'DELETE FROM audit'],
      ['REPLACE of the last', `REPLACE INTO audit ${fourth('3')}`],
      ['INSERT OR REPLACE of an older one', `INSERT OR REPLACE INTO audit ${fourth('1')}`],
      ['an upsert', `INSERT INTO audit ${fourth('3')} ON CONFLICT DO UPDATE SET hash = excluded.hash`],
      ['INSERT OR IGNORE of one that is there', `INSERT OR IGNORE INTO audit ${fourth('2')}`],
      ['a gap', `INSERT INTO audit ${fourth('5')}`],
      ['a number below 1', `INSERT INTO audit ${fourth('0')}`],
      ['NULL as the number', `INSERT INTO audit ${fourth('NULL')}`],
      [
        'no number at all',
        `INSERT INTO audit (entry, hash) SELECT json_set(entry, '$.seq', 4), hash FROM audit WHERE seq = 3`,
      ],
    ])('refuses %s', async (_, sql) => {
      const path = await threeEntries();
      await withFile(path, async (db) => {
        const before = await db.all('SELECT seq, entry, hash FROM audit ORDER BY seq');
        await db.exec(`PRAGMA recursive_triggers = ${recursive}`);
        await expect(db.exec(sql)).rejects.toThrow('the audit log only grows');
        expect(await db.all('SELECT seq, entry, hash FROM audit ORDER BY seq')).toEqual(before);
      });
    });
  });

  it.each([
    [
      'an entry that gives another number',
      `INSERT INTO audit SELECT 4, entry, hash FROM audit WHERE seq = 3`,
    ],
    [
      'an entry without a number',
      `INSERT INTO audit SELECT 4, json_remove(entry, '$.seq'), hash FROM audit WHERE seq = 3`,
    ],
    ['an entry that is not JSON', "INSERT INTO audit (seq, entry, hash) VALUES (4, '{', printf('%064d', 0))"],
    [
      'a hash that is not one',
      "INSERT INTO audit SELECT 4, json_set(entry, '$.seq', 4), 'abc' FROM audit WHERE seq = 3",
    ],
    [
      'an entry without an event',
      `INSERT INTO audit SELECT 4, json_set(json_remove(entry, '$.event'), '$.seq', 4), hash FROM audit WHERE seq = 3`,
    ],
    ['a value for a generated column', "INSERT INTO audit (seq, entry, hash, at) VALUES (4, '{}', '', '')"],
  ])('refuses %s', async (_, sql) => {
    const path = await threeEntries();
    await withFile(path, async (db) => {
      await expect(db.exec(sql)).rejects.toThrow();
      expect(await db.all('SELECT max(seq) AS seq FROM audit')).toEqual([{ seq: 3 }]);
    });
  });
});

describe('appending', () => {
  it('chains each entry to the one before, from 64 zeros on, and keeps the text verbatim', async () => {
    const store = await open();
    const drafts = [draft(), draft({ reason: '“naïve” 🛠 \u0000 \u2028' })];
    const rows = await store.transact(async (tx) => [
      await tx.append(drafts[0] ?? draft()),
      await tx.append(drafts[1] ?? draft()),
    ]);
    const texts = drafts.map((each, index) => canonical(entryOf(each, index + 1)));
    const first = chainHash(sha256, genesis, texts[0] ?? '');
    expect(rows).toEqual([
      { seq: 1, text: texts[0], hash: first },
      { seq: 2, text: texts[1], hash: chainHash(sha256, first, texts[1] ?? '') },
    ]);
    expect(await store.auditHead()).toEqual(rows[1]);
  });

  it('numbers entries that are started together one by one', async () => {
    const store = await open();
    const rows = await store.transact((tx) => Promise.all([1, 2, 3, 4].map(() => tx.append(draft()))));
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it('gives the number of an entry that was rolled back to the next one', async () => {
    const store = await open();
    const failed = store.transact(async (tx) => {
      await tx.append(draft());
      throw new RangeError('on purpose');
    });
    await expect(failed).rejects.toThrow(RangeError);
    expect(await store.transact((tx) => tx.append(draft()))).toMatchObject({ seq: 1 });
  });

  it('keeps nothing of a transaction with an entry that has no canonical form', async () => {
    const store = await open();
    const failed = store.transact(async (tx) => {
      await tx.append(draft());
      await tx.append(draft({ facts: (() => 60) as never })).catch(() => undefined);
    });
    await expect(failed).rejects.toThrow('nothing of its transaction is kept');
    expect(await store.auditHead()).toBeNull();
  });
});

describe('a page of the log', () => {
  async function filled(): Promise<Store> {
    const store = await open();
    await store.transact(async (tx) => {
      await tx.append(draft({ at: noon, actor: { kind: 'bot' } }));
      await tx.append(draft({ at: ids.after(noon, 1000) }));
      const { agent: _, ...elsewhere } = draft({
        at: ids.after(noon, 2000),
        actor: { kind: 'person', person: bob },
      });
      await tx.append(elsewhere);
      await tx.append(
        draft({ at: ids.after(noon, 3000), agent: { id: 'other-S4', hostname: 'agent3.example' } }),
      );
    });
    return store;
  }

  it('reads on backwards, a page at a time', async () => {
    const store = await filled();
    const page = await store.auditBefore({ ...everyEntry, agent: 'agent3.example' }, 4, 2);
    expect(page.map(({ row }) => row.seq)).toEqual([2, 1]);
    const [newest] = await store.auditBefore(everyEntry, 99, 1);
    expect(newest?.row).toEqual(await store.auditHead());
    expect(newest?.entry.seq).toBe(4);
    expect(await store.auditBefore(everyEntry, 1, 9)).toEqual([]);
  });

  it('looks through a long log in many turns, so that others get theirs in between', async () => {
    const path = freshPath();
    const store = await open(path);
    for (const user of ['U0BOB', 'U0EVE', 'U0EVE', 'U0BOB', 'U0EVE', 'U0EVE', 'U0EVE'])
      await store.transact((tx) =>
        tx.append(draft({ actor: { kind: 'person', person: { ...bob, userId: ids.userId(user) } } })),
      );
    const db = await connectReadOnly(path);
    let turns = 0;
    const read = async (by: string | null, seq: number, limit: number) => {
      turns = 0;
      const turn = <T>(work: (on: typeof db) => Promise<T>) => {
        turns += 1;
        return work(db);
      };
      const filter = { ...everyEntry, by: by === null ? null : ids.userId(by) };
      const found = await entriesBefore(turn, filter, { seq, limit, perTurn: 2 });
      return [found.map(({ row }) => row.seq), turns];
    };
    try {
      // The first turn asks how long the log is.
      expect(await read('U0BOB', 99, 9)).toEqual([[4, 1], 5]);
      expect(await read('U0BOB', 5, 1)).toEqual([[4], 2]);
      expect(await read('U0NOBODY', 8, 9)).toEqual([[], 5]);
      expect(await read(null, 7, 3)).toEqual([[6, 5, 4], 3]);
    } finally {
      await db.destroy();
    }
  });
});

describe('a log that goes on in another file', () => {
  const textOf = (over: object) =>
    canonical({ at: '2026-03-01T12:00:00.000Z', correlation: 'c-1', event: 'bot.started', v: 1, ...over });
  const row = (seq: number, over: object = {}) =>
    `INSERT INTO audit (seq, entry, hash) VALUES (${seq}, '${textOf({ seq, ...over })}', '${'0'.repeat(64)}')`;
  const continued = (seq: number, closed: unknown = { seq: seq - 1 }) =>
    row(seq, { event: 'log.continued', facts: { closed } });
  const closed = (seq: number) => row(seq, { event: 'log.closed' });

  it.each<[string, string[], string | null]>([
    ['begins after the last number of the closed one', [continued(22), row(23)], null],
    ['begins at no other number', [continued(22, { seq: 20 })], 'the last seq plus one'],
    ['says where the closed one ended', [continued(22, {})], 'the last seq plus one'],
    ['begins so by no other entry', [row(22, { facts: { closed: { seq: 21 } } })], 'the last seq plus one'],
    ['has no gap after that', [continued(22), row(24)], 'the last seq plus one'],
    ['is continued only once', [continued(22), continued(23)], 'only the first entry of a file'],
    [
      'is not continued after a beginning of its own',
      [row(1), continued(2)],
      'only the first entry of a file',
    ],
    ['takes nothing once it is closed', [row(1), closed(2), row(3)], 'the audit log was closed'],
  ])('%s', async (_, rows, why) => {
    const path = freshPath();
    await (await open(path)).close();
    await withFile(path, async (db) => {
      for (const sql of rows.slice(0, -1)) await db.exec(sql);
      const last = db.exec(rows.at(-1) ?? '');
      if (why === null) await last;
      else await expect(last).rejects.toThrow(why);
    });
  });
});
