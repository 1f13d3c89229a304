import { describe, expect, it } from '@jest/globals';
import { StoreFault } from '../../src/app/faults.ts';
import { makeDeliverOutbox } from '../../src/app/outbox/deliver-outbox.ts';
import { makePace } from '../../src/app/outbox/pace.ts';
import { triesFor } from '../../src/app/outbox/refused.ts';
import type { Chat, Delivery, Store } from '../../src/app/ports.ts';
import * as ids from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { cleanUp, open } from '../store/fresh-store.ts';
import { noon } from '../store/noon.ts';
import { channel, draft, thread } from '../store/samples.ts';
import { fakeLog } from '../support/fake-log.ts';
import { everyEntry } from '../support/read-audit.ts';

cleanUp();

const ts = ids.messageTs('1795389519.000100');
const snippet: Notice = { kind: 'snippet', title: 'Tasks', fileName: 'tasks.txt', text: 'web.1' };
const closed: Notice = { kind: 'closed', drain: ids.drainId(1) };

/** A thread in which a snippet waits before a message, and a Slack that says `of` it to each try of the snippet. */
async function queued(of: Delivery, found: () => Awaited<ReturnType<Chat['findPosted']>>) {
  return delivered(await open(), snippet, of, found);
}

/** The same with any file, out of this store. */
async function delivered(
  store: Store,
  file: Notice,
  of: Delivery,
  found: () => Awaited<ReturnType<Chat['findPosted']>>,
) {
  await store.transact(async (tx) => {
    const rootNotice = ids.noticeId('root');
    await tx.openThread({ id: thread, channel, rootNotice, drain: null, approval: null });
    await tx.rootDelivered(thread, ts, null);
    for (const [id, notice] of [
      ['file', file],
      ['next', closed],
    ] as const)
      await tx.queue({
        id: ids.noticeId(id),
        to: { kind: 'reply', thread, broadcast: false },
        notice,
        createdAt: noon,
      });
  });
  let now = noon;
  /** What was posted, with the seconds since noon. */
  const posted: string[] = [];
  const chat: Chat = {
    post: async (_to, notice, [id], _anchor, content) => {
      const holds = content == null ? '' : ` with ${content.entries}`;
      posted.push(`${notice.kind === 'maybe-repeat' ? '?' : ''}${id} ${(now - noon) / 1000}${holds}`);
      return id === 'file' ? of : { kind: 'sent', ts };
    },
    answer: async () => ({ kind: 'sent', ts }),
    edit: async () => ({ kind: 'sent', ts }),
    whisper: async () => ({ kind: 'sent', ts }),
    openDirect: async () => ({ channel }),
    findPosted: async () => found(),
    permalink: async () => null,
  };
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
    onSettled: () => {},
  });
  for (let second = 0; second < 90; second++) {
    now = ids.after(noon, second * 1000);
    await outbox.pass(now);
    await outbox.idle();
  }
  return posted;
}

describe('a snippet', () => {
  it('that Slack never gets holds its thread up for half a minute at most', async () => {
    const posted = await queued({ kind: 'refused', code: 'no_clear_answer' }, () => ({ found: null }));
    expect(posted).toEqual(['file 0', 'file 4', 'file 12', 'file 28', 'next 29']);
  });

  it('in doubt is not repeated before Slack has had the time to share it', async () => {
    const posted = await queued({ kind: 'doubtful', why: 'TimeoutError' }, () => ({ found: null }));
    expect(posted.map((each) => each.split(' ')[0])).toEqual(['file', 'file', 'file', 'file', 'next']);
    expect(Number(posted[1]?.split(' ')[1])).toBeGreaterThanOrEqual(30);
  });

  it('in doubt is not repeated where it turns up late', async () => {
    let looks = 0;
    const late = () => ({ found: ++looks < 3 ? null : ts });
    const posted = await queued({ kind: 'doubtful', why: 'TimeoutError' }, late);
    expect(posted.map((each) => each.split(' ')[0])).toEqual(['file', 'next']);
  });
});

describe('an export of the log', () => {
  const exported: Notice = { kind: 'audit-export', format: 'csv', filter: everyEntry, upTo: 2 };
  const sent = { kind: 'sent', ts: null } as const;

  it('is made anew for each try, and always the same', async () => {
    const store = await open();
    for (let n = 0; n < 3; n++) await store.transact((tx) => tx.append(draft()));
    const posted = await delivered(store, exported, { kind: 'refused', code: 'no_clear_answer' }, () => ({
      found: null,
    }));
    expect(posted).toEqual([0, 4, 12, 28].map((at) => `file ${at} with 2`).concat('next 29'));
  });

  it('that can not be made is filed in the end, and holds nothing up for longer than any file', async () => {
    const store = await open();
    const auditBefore = async () => {
      throw new StoreFault('audit 2 can not be read');
    };
    const posted = await delivered({ ...store, auditBefore }, exported, sent, () => ({ found: null }));
    expect(posted).toEqual(['next 29']);
    const [{ entry } = { entry: null }] = await store.auditBefore(everyEntry, 99, 1);
    expect(entry).toMatchObject({ event: 'notice.undeliverable', outcome: 'export_not_made' });
  });
});

describe('what Slack refuses', () => {
  it.each([
    ['missing_scope', false, 12],
    ['missing_scope', true, 1],
    ['not_in_channel', false, 12],
    ['not_in_channel', true, 4],
    ['no_clear_answer', true, 4],
    ['file_uploads_disabled', true, 1],
    ['invalid_blocks', false, 1],
  ])('as %s (beside the story: %s) is tried %i times', (code, isBeside, tries) => {
    expect(triesFor(code, isBeside)).toBe(tries);
  });
});
