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
    await tx.openThread({ id: thread, channel, rootNotice: root, drain: ids.drainId(1), approval: null });
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
      approval: null,
      plan: null,
      ts: null,
      permalink: null,
      cardStaleSince: null,
      cardRevision: 0,
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
    expect(await store.staleCards()).toMatchObject([{ cardRevision: 2 }]);
    await store.transact((tx) => tx.cardEdited(thread, 1, at(6)));
    expect(await store.staleCards()).toMatchObject([{ cardStaleSince: at(5), cardEditedAt: at(6) }]);
    await store.transact((tx) => tx.cardEdited(thread, 2, at(9)));
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

  it('belong to a question, and go on as a drain’s', async () => {
    const store = await open();
    const asked = { id: thread, channel, rootNotice: root, drain: null, approval: ids.approvalId(9) };
    await store.transact((tx) => tx.openThread(asked));
    expect(await store.thread(thread)).toMatchObject({ drain: null, approval: 9 });
    await store.transact((tx) => tx.drainInThread(thread, ids.drainId(17)));
    expect(await store.thread(thread)).toMatchObject({ drain: 17, approval: 9, rootNotice: root });
    await store.transact(async (tx) => {
      expect(await tx.permalinkOf(thread)).toBeNull();
      await tx.rootDelivered(thread, ids.messageTs('1700000000.000100'), 'https://slack.example/p1');
      expect(await tx.permalinkOf(thread)).toBe('https://slack.example/p1');
      expect(await tx.permalinkOf(ids.threadId('t-9'))).toBeNull();
    });
    const elsewhere = store.transact((tx) => tx.drainInThread(ids.threadId('t-9'), ids.drainId(17)));
    await expect(elsewhere).rejects.toThrow('There is no thread t-9');
  });

  describe('count what their card has to show', () => {
    async function stale(...changes: number[]): Promise<Store> {
      const store = await withThread();
      await store.transact((tx) => tx.rootDelivered(thread, ids.messageTs('1700000000.000100'), null));
      for (const ms of changes) await store.transact((tx) => tx.cardStale(thread, at(ms)));
      return store;
    }

    it.each<[string, number[], object]>([
      ['nothing yet', [], { cardRevision: 0, cardStaleSince: null }],
      ['one change', [5], { cardRevision: 1, cardStaleSince: at(5) }],
      ['two of one hour', [5, 5], { cardRevision: 2, cardStaleSince: at(5) }],
      // A look has the hour of its beginning, which may be before that of what was written meanwhile.
      ['two that were written out of order', [9, 5], { cardRevision: 2, cardStaleSince: at(5) }],
    ])('%s', async (_, changes, row) => {
      const store = await stale(...changes);
      expect(await store.thread(thread)).toMatchObject(row);
    });

    it.each<[string, number[], number, object]>([
      ['all of it was shown', [1, 5], 2, { cardStaleSince: null }],
      ['more came while it was edited', [1, 5], 1, { cardStaleSince: at(5) }],
      ['nothing of it was shown', [1, 5], 0, { cardStaleSince: at(5) }],
      // By number: the later change has the earlier hour, or the same one.
      ['a change of an earlier hour came while it was edited', [9, 5], 1, { cardStaleSince: at(9) }],
      ['a change of the same hour came while it was edited', [5, 5], 1, { cardStaleSince: at(5) }],
    ])('and stay stale by that number: %s', async (_, changes, shown, row) => {
      const store = await stale(...changes);
      await store.transact((tx) => tx.cardEdited(thread, shown, at(20)));
      expect(await store.thread(thread)).toMatchObject({
        ...row,
        cardRevision: changes.length,
        cardEditedAt: at(20),
      });
    });

    it('and go on counting after an edit', async () => {
      const store = await stale(1);
      await store.transact((tx) => tx.cardEdited(thread, 1, at(2)));
      await store.transact((tx) => tx.cardStale(thread, at(30)));
      expect(await store.staleCards()).toMatchObject([{ cardRevision: 2, cardStaleSince: at(30) }]);
    });

    it('and list the longest wrong first', async () => {
      const store = await stale(9);
      const other = ids.threadId('t-2');
      await store.transact(async (tx) => {
        const notice = { id: other, channel, rootNotice: ids.noticeId('n-2'), drain: null };
        await tx.openThread({ ...notice, approval: ids.approvalId(9) });
        await tx.rootDelivered(other, ids.messageTs('1700000000.000200'), null);
        await tx.cardStale(other, at(4));
      });
      expect((await store.staleCards()).map(({ id }) => id)).toEqual(['t-2', 't-1']);
    });
  });
});
