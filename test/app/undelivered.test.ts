import { describe, expect, it } from '@jest/globals';
import { undelivered } from '../../src/app/outbox/undelivered.ts';
import type { ThreadRow, Tx } from '../../src/app/ports.ts';
import { approvalId, drainId, noticeId, threadId } from '../../src/domain/ids.ts';
import { approval } from '../support/approval-samples.ts';
import { agentId, at, channel, drain } from '../support/samples.ts';

const elsewhere = 'C0OPS' as typeof channel;
const tx = {
  drain: async () => drain(),
  approval: async () => approval(),
  permalinkOf: async () => null,
} as unknown as Tx;
const about = { notices: 'drained', why: 'is_archived', at: at(60) };

function thread(over: Partial<ThreadRow>): ThreadRow {
  const unused = { ts: null, permalink: null, cardStaleSince: null, cardRevision: 0, cardEditedAt: null };
  return {
    ...{
      id: threadId('t-1'),
      channel,
      rootNotice: noticeId('n-0'),
      drain: null,
      approval: null,
      plan: null,
      dead: null,
    },
    ...unused,
    ...over,
  };
}

describe('a message that nobody will get', () => {
  it.each([
    ['of a drain', thread({ drain: drainId(17) }), { drain: 17, agent: { id: agentId }, correlation: 'c-1' }],
    ['of a question', thread({ approval: approvalId(9) }), { approval: { id: 9 }, agent: { id: agentId } }],
    ['of another thread', thread({}), { correlation: 'n-1', place: { channel } }],
    ['of none', null, { correlation: 'n-1', place: { channel: elsewhere } }],
  ])('is on record with the work that it tells of: %s', async (_, of, expected) => {
    const to =
      of === null
        ? ({ kind: 'channel', channel: elsewhere } as const)
        : ({ kind: 'reply', thread: of.id, broadcast: false } as const);
    expect(await undelivered(tx, { id: noticeId('n-1'), to }, of, about)).toMatchObject({
      event: 'notice.undeliverable',
      outcome: 'is_archived',
      facts: { notices: 'drained', to: to.kind },
      ...expected,
    });
  });
});
