import { describe, expect, it } from '@jest/globals';
import { OpenDrainExists, StoreFault } from '../../src/app/faults.ts';
import type { Tx } from '../../src/app/ports.ts';
import { drainId } from '../../src/domain/ids.ts';
import { cleanUp, freshPath, open, withFile } from './fresh-store.ts';
import { correlation, draft, drain, typed } from './samples.ts';

cleanUp();

describe('a transaction', () => {
  it('keeps all of its writes, and answers what its work answered', async () => {
    const store = await open();
    const answer = await store.transact(async (tx) => {
      await tx.takeIn(typed(), correlation);
      await tx.append(draft());
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await store.waitingCommands()).toHaveLength(1);
    expect(await store.auditHead()).toMatchObject({ seq: 1 });
  });

  it('keeps none of its writes when its work throws, and hands that error on', async () => {
    const store = await open();
    const oops = new RangeError('on purpose');
    const failed = store.transact(async (tx) => {
      await tx.takeIn(typed(), correlation);
      throw oops;
    });
    await expect(failed).rejects.toBe(oops);
    expect(await store.waitingCommands()).toEqual([]);
  });

  it('goes on after a refusal of the domain that its work caught', async () => {
    const store = await open();
    await store.transact(async (tx) => {
      await tx.insertDrain(drain());
      await expect(tx.insertDrain(drain({ id: drainId(2) }))).rejects.toThrow(OpenDrainExists);
      await tx.append(draft({ event: 'command.refused' }));
    });
    expect(await store.auditHead()).toMatchObject({ seq: 1 });
  });

  it('keeps nothing after an error of the driver, even where its work caught it', async () => {
    const store = await open();
    const failed = store.transact(async (tx) => {
      await tx.insertDrain(drain());
      await expect(tx.insertDrain(drain({ state: { status: 'drained' } as never }))).rejects.toThrow(
        StoreFault,
      );
      await expect(tx.append(draft())).rejects.toThrow('its transaction has failed');
    });
    await expect(failed).rejects.toThrow('nothing of its transaction is kept');
    expect(await store.latestDrains(10)).toEqual([]);
    expect(await store.auditHead()).toBeNull();
  });

  it('refuses a write that comes after its end', async () => {
    const store = await open();
    let leaked: Tx | null = null;
    await store.transact(async (tx) => {
      leaked = tx;
    });
    await expect((leaked as Tx | null)?.append(draft())).rejects.toThrow(
      'append was called after its transaction ended',
    );
    expect(await store.auditHead()).toBeNull();
  });

  it('keeps nothing when its work does not wait for its writes', async () => {
    const store = await open();
    let forgotten: Promise<unknown> = Promise.resolve();
    const failed = store.transact(async (tx) => {
      forgotten = tx.append(draft()).catch(() => undefined);
    });
    await expect(failed).rejects.toThrow('ended before its writes');
    await forgotten;
    expect(await store.auditHead()).toBeNull();
  });

  it('refuses a second transaction, and a read past the tx, inside of itself, at once', async () => {
    const store = await open();
    await store.transact(async (tx) => {
      await expect(store.transact(async () => undefined)).rejects.toThrow(
        'transact was called inside a transaction',
      );
      await expect(store.auditHead()).rejects.toThrow('auditHead was called inside a transaction');
      await tx.append(draft());
    });
    expect(await store.auditHead()).toMatchObject({ seq: 1 });
  });

  it('takes turns with others that were started at the same time', async () => {
    const store = await open();
    await Promise.all([1, 2, 3, 4, 5].map(() => store.transact((tx) => tx.append(draft()))));
    expect(await store.auditHead()).toMatchObject({ seq: 5 });
  });

  it('is refused before its work starts while another program writes', async () => {
    const path = freshPath();
    const store = await open(path);
    await withFile(path, async (db) => {
      await db.exec('BEGIN IMMEDIATE');
      let started = false;
      const failed = store.transact(async () => {
        started = true;
      });
      await expect(failed).rejects.toThrow('SQLITE_BUSY. Another program is writing');
      expect(started).toBe(false);
      await db.exec('ROLLBACK');
    });
    expect(await store.transact((tx) => tx.append(draft()))).toMatchObject({ seq: 1 });
  });

  it('does not put what people typed into the text of a fault', async () => {
    const store = await open();
    const command = typed({ channel: null as never, responseUrl: 'https://hooks.slack.example/secret' });
    const fault = await store
      .transact((tx) => tx.takeIn(command, correlation))
      .then(
        () => null,
        (error) => error,
      );
    expect(fault).toBeInstanceOf(StoreFault);
    expect(`${fault.message} ${fault.cause?.message}`).toContain('SQLITE_CONSTRAINT');
    expect(`${fault.message} ${fault.cause?.message}`).not.toContain('secret');
  });
});

describe('closing', () => {
  it('rolls back a transaction that waits for something that never comes', async () => {
    const path = freshPath();
    const store = await open(path);
    let wrote = () => {};
    const written = new Promise<void>((resolve) => {
      wrote = resolve;
    });
    const stuck = store.transact(async (tx) => {
      await tx.append(draft());
      wrote();
      await new Promise(() => undefined);
    });
    const outcome = expect(stuck).rejects.toThrow('The database is closed');
    await written;
    const queued = expect(store.transact((tx) => tx.append(draft()))).rejects.toThrow(StoreFault);
    await store.close();
    await outcome;
    await queued;
    expect(await (await open(path)).auditHead()).toBeNull();
  });

  it('refuses all that comes later', async () => {
    const store = await open();
    await store.close();
    await expect(store.auditHead()).rejects.toThrow('The database is closed');
    await expect(store.transact(async () => undefined)).rejects.toThrow('The database is closed');
  });
});
