import { join } from 'node:path';
import { makeDeliverOutbox } from '../src/app/outbox/deliver-outbox.ts';
import type { Chat, Store } from '../src/app/ports.ts';
import { newId, systemClock } from '../src/clock.ts';
import { drainId, instant, messageTs, noticeId, threadId } from '../src/domain/ids.ts';
import { fakeLog } from '../test/support/fake-log.ts';
import { channel } from '../test/support/samples.ts';
import { inFolder, openAt } from './folder.ts';
import { median } from './measure.ts';
import type { Row } from './row.ts';

const sizes = { small: 20, large: 200 };

/** Delivering 20 and 200 milestones to a Slack that takes everything at once: in one thread, where they merge, and in a
 * thread each. */
export async function outbox(): Promise<Row[]> {
  return await inFolder(async (folder) => {
    const store = await openAt(join(folder, 'outbox.db'));
    try {
      const merged = await timesOf(store, 1);
      const apart = await timesOf(store, null);
      return [
        {
          what: 'outbox, 20 and 200 milestones in one thread: time for one',
          small: merged[0],
          large: merged[1],
          unit: 'µs',
          expected: '1 to 2: eight go out as one message, but each pass reads all that still wait.',
        },
        {
          what: 'outbox, 20 and 200 milestones in threads of their own: time for one',
          small: apart[0],
          large: apart[1],
          unit: 'µs',
          expected: '1: a pass takes one of each thread, two transactions for each.',
        },
      ];
    } finally {
      await store.close();
    }
  });
}

/** Microseconds for one milestone; `threads` null: as many as milestones. Queueing doesn't count. */
async function timesOf(store: Store, threads: number | null): Promise<[number, number]> {
  const pass = async (count: number) => {
    await queue(store, count, threads ?? count);
    const from = performance.now();
    await drainOutbox(store);
    return ((performance.now() - from) / count) * 1000;
  };
  const took: [number[], number[]] = [[], []];
  for (let round = 0; round < 4; round++) {
    took[0].push(await pass(sizes.small));
    took[1].push(await pass(sizes.large));
  }
  return [median(took[0].slice(1)), median(took[1].slice(1))];
}

let queued = 0;

async function queue(store: Store, count: number, threads: number): Promise<void> {
  const createdAt = instant(0);
  await store.transact(async (tx) => {
    const ids = Array.from({ length: threads }, () => threadId(`thread-${++queued}`));
    for (const id of ids) {
      await tx.openThread({ id, channel, rootNotice: noticeId(`root-${id}`), drain: null, approval: null });
      await tx.rootDelivered(id, messageTs('1795389519.000100'), null);
    }
    for (let at = 0; at < count; at++) {
      const thread = ids[at % threads];
      if (thread === undefined) continue;
      await tx.queue({
        id: noticeId(`notice-${++queued}`),
        to: { kind: 'reply', thread, broadcast: false },
        notice: { kind: 'effect-seen', drain: drainId(17), hostname: 'agent3.example' },
        createdAt,
      });
    }
  });
}

const sent = { kind: 'sent', ts: messageTs('1795389519.000200') } as const;
const instantChat: Chat = {
  post: async () => sent,
  edit: async () => sent,
  answer: async () => sent,
  whisper: async () => sent,
  openDirect: async () => ({ channel }),
  findPosted: async () => ({ found: null }),
  permalink: async () => null,
};

async function drainOutbox(store: Store): Promise<void> {
  const clock = systemClock();
  let more = true;
  const outbox = makeDeliverOutbox({
    store,
    chat: instantChat,
    clock,
    newId,
    log: fakeLog().log,
    // Slack's pace would be all that is measured.
    pace: { post: (_, now) => now, edit: (_, now) => now, limited: () => {} },
    onRootDelivered: () => {},
    onSettled: () => {
      more = true;
    },
    opsChannel: null,
    signer: null,
  });
  while (more) {
    more = false;
    await outbox.pass(clock.now());
    await outbox.idle();
  }
}
