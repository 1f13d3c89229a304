import { describe, expect, it } from '@jest/globals';
import { VersionConflict } from '../../../src/app/faults.ts';
import * as ids from '../../../src/domain/ids.ts';
import { cleanUp, freshPath, open, withFile } from '../fresh-store.ts';
import { noon } from '../noon.ts';
import { correlation, drain, typed } from '../samples.ts';

cleanUp();

describe('the inbox', () => {
  it('gives a command back as it came, and takes it in once', async () => {
    const store = await open();
    const command = typed();
    expect(await store.transact((tx) => tx.takeIn(command, correlation))).toBe('new');
    expect(await store.transact((tx) => tx.takeIn(command, ids.correlationId('c-2')))).toBe('seen');
    expect(await store.waitingCommands()).toEqual([{ ...command, id: 1, correlation }]);
  });

  it('tells what was clicked from what was typed, also in a file from before that', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.takeIn(typed({ triggerId: 'click', via: 'button' }), correlation));
    await withFile(path, (db) =>
      db.exec(
        `INSERT INTO inbox (trigger_id, correlation, user_id, user_name, team_id, channel_id, text, response_url, received_at)
         SELECT 'old', correlation, user_id, user_name, team_id, channel_id, text, response_url, received_at FROM inbox`,
      ),
    );
    expect((await store.waitingCommands()).map(({ via }) => via)).toEqual(['button', 'typed']);
  });

  it('lists the oldest first, and no command that is settled or void', async () => {
    const store = await open();
    for (const triggerId of ['one', 'two', 'three', 'four'])
      await store.transact((tx) => tx.takeIn(typed({ triggerId }), correlation));
    await store.transact((tx) => tx.settleCommand(2, 'done'));
    await store.transact((tx) => tx.voidCommand('three'));
    expect((await store.waitingCommands()).map(({ triggerId }) => triggerId)).toEqual(['one', 'four']);
  });

  it('lets a void command take the work on it down', async () => {
    const store = await open();
    await store.transact((tx) => tx.takeIn(typed(), correlation));
    await store.transact((tx) => tx.voidCommand(typed().triggerId));
    const late = store.transact(async (tx) => {
      await tx.insertDrain(drain());
      await tx.settleCommand(1, 'done');
    });
    await expect(late).rejects.toThrow(VersionConflict);
    expect(await store.latestDrains(1)).toEqual([]);
  });

  it('leaves a settled command as it is when it is made void', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.takeIn(typed(), correlation));
    await store.transact((tx) => tx.settleCommand(1, 'refused'));
    await store.transact((tx) => tx.voidCommand(typed().triggerId));
    expect(await withFile(path, (db) => db.all('SELECT settled, settled_at FROM inbox'))).toEqual([
      { settled: 'refused', settled_at: noon },
    ]);
  });
});
