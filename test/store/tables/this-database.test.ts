import { describe, expect, it } from '@jest/globals';
import * as ids from '../../../src/domain/ids.ts';
import { restored } from '../../support/restored-samples.ts';
import { cleanUp, freshPath, open, withFile } from '../fresh-store.ts';
import { noon } from '../noon.ts';
import { draft } from '../samples.ts';

cleanUp();

describe('a database', () => {
  it('has an id of its own, and keeps it', async () => {
    const path = freshPath();
    const first = await open(path);
    const { id } = await first.thisDatabase();
    await first.close();
    expect((await (await open(path)).thisDatabase()).id).toBe(id);
    expect((await (await open()).thisDatabase()).id).not.toBe(id);
  });

  it('has been neither anchored nor restored at first', async () => {
    const store = await open();
    expect(await store.thisDatabase()).toMatchObject({ anchored: null, restored: null, acceptedUpTo: null });
    expect(await store.transact((tx) => tx.restored())).toBeNull();
    expect(await store.anchor()).toBeNull();
  });

  it('tells its head, with the numbers that it has given', async () => {
    const store = await open();
    const row = await store.transact(async (tx) => {
      await tx.append(draft());
      await tx.nextDrainId();
      await tx.nextDrainId();
      await tx.nextApprovalId();
      return tx.append(draft({ at: ids.after(noon, 5) }));
    });
    expect(await store.anchor()).toEqual({
      database: (await store.thisDatabase()).id,
      seq: 2,
      hash: row.hash,
      at: ids.after(noon, 5),
      drains: 2,
      approvals: 1,
      plans: 0,
    });
    expect(await store.auditHashes([2, 3])).toEqual(new Map([[2, row.hash]]));
    expect(await store.auditHashes([])).toEqual(new Map());
  });

  it('keeps what was found of it, and what was anchored, over a restart', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact(async (tx) => {
      await tx.setRestored(restored);
      await tx.noteAnchored(7, noon);
    });
    await store.close();
    const again = await open(path);
    expect(await again.thisDatabase()).toMatchObject({ restored, anchored: { seq: 7, at: noon } });
    expect(await again.transact((tx) => tx.restored())).toEqual(restored);
  });

  it('gives no number twice once a restore is accepted, and none lower than its own', async () => {
    const store = await open();
    await store.transact(async (tx) => {
      for (let n = 0; n < 5; n += 1) await tx.nextDrainId();
      await tx.setRestored(restored);
      await tx.acceptRestore(noon, { drains: 3, approvals: 11, plans: 5 });
    });
    expect(await store.thisDatabase()).toMatchObject({ restored: null, acceptedUpTo: noon });
    expect(await store.transact((tx) => tx.nextDrainId())).toBe(6);
    expect(await store.transact((tx) => tx.nextApprovalId())).toBe(12);
    expect(await store.transact((tx) => tx.nextPlanId())).toBe(6);
  });

  it('that does not say what was found of it is refused, not taken for sound', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.close();
    await withFile(path, (db) => db.exec(`UPDATE this_database SET restored = '{"v":1,"how":"bent"}'`));
    const again = await open(path);
    await expect(again.thisDatabase()).rejects.toThrow("this_database can't be read");
  });
});
