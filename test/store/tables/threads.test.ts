import { describe, expect, it } from '@jest/globals';
import type { Store } from '../../../src/app/ports.ts';
import * as ids from '../../../src/domain/ids.ts';
import { cleanUp, open } from '../fresh-store.ts';
import { noon } from '../noon.ts';
import { channel, drain, thread } from '../samples.ts';

cleanUp();

const at = (ms: number) => ids.after(noon, ms);

const root = ids.noticeId('n-root');

async function withThread(): Promise<Store> {
  const store = await open();
  await store.transact(async (tx) => {
    await tx.openThread({ id: thread, channel, rootNotice: root, drain: ids.drainId(1) });
    await tx.insertDrain(drain());
  });
  return store;
}

describe('threads', () => {
  it('exist before Slack knows them', async () => {
    const store = await withThread();
    const before = {
      id: thread,
      channel,
      rootNotice: root,
      drain: 1,
      ts: null,
      permalink: null,
      cardStaleSince: null,
      cardEditedAt: null,
      dead: null,
    };
    expect(await store.thread(thread)).toEqual(before);
    const ts = ids.messageTs('1700000000.000100');
    await store.transact((tx) => tx.rootDelivered(thread, ts, 'https://slack.example/p1'));
    expect(await store.thread(thread)).toEqual({ ...before, ts, permalink: 'https://slack.example/p1' });
    expect(await store.thread(ids.threadId('t-9'))).toBeNull();
  });

  it('have a stale card from the first change, until the last one was shown', async () => {
    const store = await withThread();
    await store.transact((tx) => tx.cardStale(thread, at(1)));
    expect(await store.staleCards()).toEqual([]);
    await store.transact((tx) => tx.rootDelivered(thread, ids.messageTs('1700000000.000100'), null));
    await store.transact((tx) => tx.cardStale(thread, at(5)));
    expect(await store.staleCards()).toMatchObject([{ id: thread, cardStaleSince: at(1) }]);
    await store.transact((tx) => tx.cardEdited(thread, { version: 0, checkedAt: null }, at(6)));
    expect(await store.staleCards()).toMatchObject([{ cardStaleSince: at(5), cardEditedAt: at(6) }]);
    await store.transact((tx) => tx.cardEdited(thread, { version: 1, checkedAt: at(5) }, at(7)));
    expect(await store.staleCards()).toMatchObject([{ cardStaleSince: at(5), cardEditedAt: at(7) }]);
    await store.transact((tx) => tx.cardEdited(thread, { version: 1, checkedAt: null }, at(9)));
    expect(await store.staleCards()).toEqual([]);
    expect(await store.thread(thread)).toMatchObject({ cardStaleSince: null, cardEditedAt: at(9) });
  });

  it('have a stale card from when their drain was looked at', async () => {
    const store = await withThread();
    await store.transact((tx) => tx.noteChecked(ids.drainId(1), at(7)));
    expect(await store.drain(ids.drainId(1))).toEqual({ drain: drain(), checkedAt: at(7) });
    expect(await store.thread(thread)).toMatchObject({ cardStaleSince: at(7) });
  });

  it('have no card to edit once they are dead', async () => {
    const store = await withThread();
    await store.transact(async (tx) => {
      await tx.rootDelivered(thread, ids.messageTs('1700000000.000100'), null);
      await tx.cardStale(thread, at(1));
      await tx.rootDead(thread, 'channel_not_found');
    });
    expect(await store.staleCards()).toEqual([]);
  });

  it('must be there to be changed', async () => {
    const store = await open();
    await expect(store.transact((tx) => tx.cardStale(thread, noon))).rejects.toThrow(
      'There is no thread t-1',
    );
  });
});
