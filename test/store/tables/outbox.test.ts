import { describe, expect, it } from '@jest/globals';
import type { OutboxTo, Store } from '../../../src/app/ports.ts';
import * as ids from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { cleanUp, freshPath, open, withFile } from '../fresh-store.ts';
import { noon } from '../noon.ts';
import { alice, channel, drain, thread } from '../samples.ts';

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

describe('the outbox', () => {
  const closed: Notice = { kind: 'closed', drain: ids.drainId(1) };
  const reply: OutboxTo = { kind: 'reply', thread, broadcast: false };
  const id = (name: string) => ids.noticeId(name);

  async function queued(...rows: [string, OutboxTo][]): Promise<Store> {
    const store = await withThread();
    await store.transact(async (tx) => {
      for (const [name, to] of rows) await tx.queue({ id: id(name), to, notice: closed, createdAt: noon });
    });
    return store;
  }
  const waiting = async (store: Store) => (await store.outbox()).map((row) => row.id);

  it('gives messages back as they were queued', async () => {
    const to: OutboxTo[] = [
      { kind: 'answer', responseUrl: 'https://hooks.slack.example/1', expiresAt: at(1) },
      { kind: 'root', thread },
      { ...reply, broadcast: true },
      { kind: 'channel', channel },
      { kind: 'person', user: alice.userId },
    ];
    const store = await queued(...to.map((each, index): [string, OutboxTo] => [`n-${index}`, each]));
    const fresh = {
      notice: closed,
      attempts: 0,
      firstAttemptAt: null,
      doubtful: false,
      dueAt: noon,
      createdAt: noon,
    };
    expect(await store.outbox()).toEqual(
      [0, 1, 2, 3, 4].map((index) => ({ ...fresh, id: `n-${index}`, seq: index + 1, to: to[index] })),
    );
    expect(await store.notice(id('n-2'))).toEqual(closed);
    expect(await store.notice(id('n-9'))).toBeNull();
  });

  it('keeps the messages of a thread together and in order', async () => {
    const store = await queued(
      ['n-root', { kind: 'root', thread }],
      ['x', { kind: 'channel', channel }],
      ['n-1', reply],
      ['n-2', reply],
    );
    expect(await waiting(store)).toEqual(['n-root', 'n-1', 'n-2', 'x']);
  });

  it('forgets what was sent, several as one too, and keeps it readable', async () => {
    const store = await queued(['n-1', reply], ['n-2', reply], ['n-3', reply]);
    await store.transact((tx) =>
      tx.markSent([id('n-1'), id('n-2')], ids.messageTs('1700000000.000200'), at(1)),
    );
    expect(await waiting(store)).toEqual(['n-3']);
    expect(await store.notice(id('n-1'))).toEqual(closed);
  });

  it('counts attempts, and remembers the first one', async () => {
    const store = await queued(['n-1', reply]);
    await store.transact((tx) => tx.markTried([id('n-1')], at(1)));
    expect(await store.outbox()).toMatchObject([
      { attempts: 1, firstAttemptAt: at(1), doubtful: true, dueAt: noon },
    ]);
    await store.transact((tx) => tx.markDue([id('n-1')], { dueAt: at(50), doubtful: false }));
    expect(await store.outbox()).toMatchObject([
      { attempts: 1, firstAttemptAt: at(1), doubtful: false, dueAt: at(50) },
    ]);
    await store.transact((tx) => tx.markTried([id('n-1')], at(60)));
    await store.transact((tx) => tx.markDue([id('n-1')], { dueAt: at(90), doubtful: true }));
    expect(await store.outbox()).toMatchObject([
      { attempts: 2, firstAttemptAt: at(1), doubtful: true, dueAt: at(90) },
    ]);
  });

  it.each([
    ['its root is dead', (store: Store) => store.transact((tx) => tx.rootDead(thread, 'is_archived'))],
    [
      'the message that is its root is dead',
      (store: Store) => store.transact((tx) => tx.markDead([root], 'is_archived', at(1))),
    ],
  ])('keeps the rest of a thread when %s, to be filed: what waits and what comes later', async (_, die) => {
    const store = await queued(
      ['n-root', { kind: 'root', thread }],
      ['n-1', reply],
      ['x', { kind: 'channel', channel }],
    );
    await die(store);
    expect(await store.thread(thread)).toMatchObject({ dead: 'is_archived' });
    await store.transact((tx) => tx.queue({ id: id('n-late'), to: reply, notice: closed, createdAt: at(2) }));
    expect(await waiting(store)).toEqual(expect.arrayContaining(['n-1', 'n-late', 'x']));
  });

  it('lets the rest of a thread go on when one reply is dead', async () => {
    const store = await queued(['n-1', reply], ['n-2', reply]);
    await store.transact((tx) => tx.markDead([id('n-1')], 'msg_too_long', at(1)));
    expect(await waiting(store)).toEqual(['n-2']);
    expect(await store.thread(thread)).toMatchObject({ dead: null });
  });

  it('keeps the first fate of a message', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) =>
      tx.queue({ id: id('n-1'), to: { kind: 'channel', channel }, notice: closed, createdAt: noon }),
    );
    await store.transact((tx) => tx.markSent([id('n-1')], ids.messageTs('1700000000.000200'), at(1)));
    await store.transact((tx) => tx.markDead([id('n-1')], 'late', at(2)));
    expect(await withFile(path, (db) => db.all('SELECT sent_at, sent_ts, dead_at FROM notices'))).toEqual([
      { sent_at: at(1), sent_ts: '1700000000.000200', dead_at: null },
    ]);
  });

  it('refuses to mark what was never queued, and to queue for a thread that is not there', async () => {
    const store = await queued(['n-1', reply]);
    await expect(store.transact((tx) => tx.markSent([id('n-1'), id('n-9')], null, noon))).rejects.toThrow(
      'never queued',
    );
    expect(await waiting(store)).toEqual(['n-1']);
    const to: OutboxTo = { kind: 'reply', thread: ids.threadId('t-9'), broadcast: false };
    await expect(
      store.transact((tx) => tx.queue({ id: id('n-2'), to, notice: closed, createdAt: noon })),
    ).rejects.toThrow('a thread that does not exist');
  });

  it('names a message that it can not read', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) =>
      tx.queue({ id: id('n-1'), to: { kind: 'channel', channel }, notice: closed, createdAt: noon }),
    );
    await withFile(path, (db) =>
      db.exec("UPDATE notices SET notice = json_set(notice, '$.kind', 'unheard-of')"),
    );
    await expect(store.outbox()).rejects.toThrow("notices n-1 can't be read");
  });
});
