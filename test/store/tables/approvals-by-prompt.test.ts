import { describe, expect, it } from '@jest/globals';
import * as ids from '../../../src/domain/ids.ts';
import { approval, approvalStates } from '../../support/approval-samples.ts';
import { cleanUp, open } from '../fresh-store.ts';
import { channel, thread } from '../samples.ts';

cleanUp();

const { settled } = approvalStates;

describe('the approval that a message asks for', () => {
  const ts = ids.messageTs('1700000000.000100');
  const whole = approval({ thread });

  async function withPrompt() {
    const store = await open();
    await store.transact(async (tx) => {
      await tx.insertApproval(whole);
      const rootNotice = ids.noticeId('n-1');
      await tx.openThread({ id: thread, channel, rootNotice, drain: null, approval: whole.id });
    });
    return store;
  }

  it('is found by this very message, once it was delivered', async () => {
    const store = await withPrompt();
    expect(await store.approvalByPrompt(channel, ts)).toBeNull();
    await store.transact((tx) => tx.rootDelivered(thread, ts, null));
    expect(await store.approvalByPrompt(channel, ts)).toEqual(whole);
  });

  it('is found also when it is settled, and its thread went on as a drain’s', async () => {
    const store = await withPrompt();
    const done = { ...whole, version: 2, state: settled };
    await store.transact(async (tx) => {
      await tx.rootDelivered(thread, ts, null);
      await tx.drainInThread(thread, ids.drainId(17));
      await tx.saveApproval(done);
    });
    expect(await store.approvalByPrompt(channel, ts)).toEqual(done);
  });

  it.each([
    ['the same time in another channel', ids.channelId('C0OTHER'), ts],
    ['another message in the channel', channel, ids.messageTs('1700000000.000101')],
    // Equal as numbers, and not as Slack's names.
    ['a name that is written otherwise', channel, ids.messageTs('01700000000.000100')],
  ])('is not %s', async (_, place, name) => {
    const store = await withPrompt();
    await store.transact((tx) => tx.rootDelivered(thread, ts, null));
    expect(await store.approvalByPrompt(place, name)).toBeNull();
  });

  it('is none where the message is the root of a drain’s own thread', async () => {
    const store = await withPrompt();
    await store.transact(async (tx) => {
      const rootNotice = ids.noticeId('n-2');
      await tx.openThread({
        id: ids.threadId('t-2'),
        channel,
        rootNotice,
        drain: ids.drainId(9),
        approval: null,
      });
      await tx.rootDelivered(ids.threadId('t-2'), ts, null);
    });
    expect(await store.approvalByPrompt(channel, ts)).toBeNull();
  });
});
