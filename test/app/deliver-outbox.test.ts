import { describe, expect, it } from '@jest/globals';
import { makeDeliverOutbox } from '../../src/app/outbox/deliver-outbox.ts';
import { makePace } from '../../src/app/outbox/pace.ts';
import type { Chat, Delivery, Store } from '../../src/app/ports.ts';
import * as ids from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { cleanUp, open } from '../store/fresh-store.ts';
import { noon } from '../store/noon.ts';
import { channel, drain, thread } from '../store/samples.ts';
import { fakeLog } from '../support/fake-log.ts';

cleanUp();

const closed: Notice = { kind: 'closed', drain: ids.drainId(1) };
const ts = ids.messageTs('1795389519.000100');

/** An answer whose address hangs, and a thread that wants to go on. */
async function queued() {
  const real = await open();
  const gate = { opens: Promise.resolve() };
  const store: Store = {
    ...real,
    thread: async (id) => {
      await gate.opens;
      return real.thread(id);
    },
  };
  const root = ids.noticeId('n-root');
  await store.transact(async (tx) => {
    await tx.openThread({ id: thread, channel, rootNotice: root, drain: ids.drainId(1), approval: null });
    await tx.insertDrain(drain());
    await tx.queue({
      id: ids.noticeId('n-answer'),
      to: {
        kind: 'answer',
        responseUrl: 'https://hooks.slack.example/1',
        expiresAt: ids.after(noon, 60_000),
      },
      notice: closed,
      createdAt: noon,
    });
    await tx.queue({ id: root, to: { kind: 'root', thread }, notice: closed, createdAt: noon });
  });
  let release = (_: Delivery): void => {};
  const posted: string[] = [];
  let answers = 0;
  const chat: Chat = {
    post: async (_to, _notice, [id]) => {
      posted.push(id ?? '');
      return { kind: 'sent', ts };
    },
    answer: () => {
      answers += 1;
      return new Promise((resolve) => {
        release = resolve;
      });
    },
    edit: async () => ({ kind: 'sent', ts }),
    whisper: async () => ({ kind: 'sent', ts }),
    openDirect: async () => ({ channel }),
    findPosted: async () => ({ found: null }),
    permalink: async () => null,
  };
  let now = noon;
  let settled = (): void => {};
  const outbox = makeDeliverOutbox({
    store,
    chat,
    clock: { now: () => now, after: () => () => {} },
    newId: () => 'id',
    log: fakeLog().log,
    pace: makePace(),
    opsChannel: null,
    signer: null,
    onRootDelivered: () => {},
    onSettled: () => settled(),
  });
  const nextSettled = () =>
    new Promise<void>((resolve) => {
      settled = resolve;
    });
  const pass = () => {
    now = ids.after(now, 2_000);
    return outbox.pass(now);
  };
  return {
    ...outbox,
    store,
    gate,
    pass,
    posted,
    nextSettled,
    release: () => release({ kind: 'sent', ts: null }),
    answers: () => answers,
  };
}

describe('the outbox', () => {
  it('lets a request that hangs hold up nobody but itself, and never tries it twice at once', async () => {
    const { pass, idle, busy, posted, nextSettled, release, answers } = await queued();
    const rootDone = nextSettled();
    await pass();
    await rootDone;
    expect(posted).toEqual(['n-root']);
    await pass();
    expect({ busy: busy(), answers: answers() }).toEqual({ busy: true, answers: 1 });
    release();
    await idle();
    expect(await pass()).toBeNull();
    expect(answers()).toBe(1);
  });

  it('does not tell again what was told while it was reading', async () => {
    const { pass, idle, posted, nextSettled, release, answers, store, gate } = await queued();
    const rootDone = nextSettled();
    await pass();
    await rootDone;
    await store.transact((tx) =>
      tx.queue({
        id: ids.noticeId('n-reply'),
        to: { kind: 'reply', thread, broadcast: false },
        notice: closed,
        createdAt: noon,
      }),
    );
    let openGate = (): void => {};
    gate.opens = new Promise((resolve) => {
      openGate = resolve;
    });
    const reading = pass();
    // The pass has read that the answer waits, and stands before the gate.
    await store.outbox();
    const answered = nextSettled();
    release();
    await answered;
    openGate();
    await reading;
    expect(answers()).toBe(1);
    await idle();
    expect(posted).toEqual(['n-root', 'n-reply']);
  });
});
