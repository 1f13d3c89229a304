import { describe, expect, it } from '@jest/globals';
import { enterRestored } from '../../src/app/anchors/enter-restored.ts';
import { ChatFault } from '../../src/app/faults.ts';
import { faceOfThread } from '../../src/app/outbox/face-of-thread.ts';
import type { PromptRead, Store } from '../../src/app/ports.ts';
import type { ApprovalState } from '../../src/domain/approval.ts';
import * as ids from '../../src/domain/ids.ts';
import { cleanUp, open } from '../store/fresh-store.ts';
import { drain } from '../store/samples.ts';
import { approval, approvalStates } from '../support/approval-samples.ts';
import { fakeLog } from '../support/fake-log.ts';
import { policyInForce } from '../support/fake-people.ts';
import { restored } from '../support/restored-samples.ts';
import { agentId, channel, cluster, noon, states } from '../support/samples.ts';

cleanUp();

const ts = ids.messageTs('1700000009.000100');
const clock = { now: () => noon, after: () => () => {} };

/** A question in this state, whose message reads so in Slack, and what is stored of it after the database was found to be
 * set back. `drained`: it stands on a drain that is proven. */
async function voided(state: ApprovalState, reads: PromptRead | 'silent', drained = false) {
  const store = await open();
  const mine = drain({
    cluster,
    agentId,
    channel,
    thread: ids.threadId('t-9'),
    goneNext: true,
    approved: { approval: ids.approvalId(9), by: [] },
    state: states.draining,
  });
  const asked = approval({ state, drain: drained ? mine.id : null });
  const rootNotice = ids.noticeId('n-9');
  await store.transact(async (tx) => {
    if (drained) await tx.insertDrain(mine);
    await tx.insertApproval(asked);
    await tx.openThread({ id: asked.thread, channel, rootNotice, drain: null, approval: asked.id });
    await tx.rootDelivered(asked.thread, ts, null);
  });
  const deps = {
    ...{ store, clock, log: fakeLog().log, opsChannel: null },
    newId: (
      (n) => () =>
        `id-${++n}`
    )(0),
    clusters: [{ name: cluster, policy: policyInForce() }],
    prompts: {
      read: async () => {
        if (reads === 'silent') throw new ChatFault('Slack gave no answer');
        return reads;
      },
    },
  };
  await enterRestored(deps, restored, noon);
  return store;
}

async function settlement(store: Store): Promise<unknown> {
  const state = (await store.approval(ids.approvalId(9)))?.state;
  return state?.status === 'settled' ? state.how : state;
}

const there = (isOpen: boolean): PromptRead => ({ kind: 'there', open: isOpen, reactions: [] });

describe('a question in a database that was set back', () => {
  it.each(['open', 'holding', 'standing'] as const)('is void while it is %s', async (status) => {
    const store = await voided(approvalStates[status], there(true));
    expect(await settlement(store)).toEqual({ how: 'restored', shown: 'open' });
    expect((await store.thisDatabase()).restored?.voided).toEqual([9]);
    expect(await store.pendingApprovals(cluster)).toEqual([]);
  });

  it.each<[string, PromptRead | 'silent', string]>([
    ['takes votes', there(true), 'open'],
    ['says that it is settled', there(false), 'closed'],
    ['was deleted', { kind: 'gone' }, 'closed'],
    ['can not be read', 'silent', 'not-read'],
  ])('knows how its message reads: it %s', async (_, reads, shown) => {
    expect(await settlement(await voided(approvalStates.open, reads))).toEqual({ how: 'restored', shown });
  });

  it('that was settled before stays as it was', async () => {
    const store = await voided(approvalStates.settled, there(false));
    expect(await settlement(store)).toEqual({ how: 'expired' });
    expect((await store.thisDatabase()).restored?.voided).toEqual([]);
  });

  it('drops the second call of its drain', async () => {
    const store = await voided(approvalStates.standing, there(true), true);
    expect((await store.drain(ids.drainId(1)))?.drain.goneNext).toBe(false);
    expect((await store.thisDatabase()).restored?.watched).toEqual([1]);
    const told = (await store.outbox()).map(({ notice }) => notice.kind);
    expect(told).toEqual(['only-watched', 'approval']);
  });

  it.each<[string, PromptRead | 'silent', boolean]>([
    ['is edited where it takes votes', there(true), true],
    ['keeps what a later run made of it', there(false), false],
    ['is left alone where it could not be read', 'silent', false],
  ])('its message %s', async (_, reads, edited) => {
    const store = await voided(approvalStates.standing, reads, true);
    await store.transact((tx) => tx.drainInThread(ids.threadId('t-9'), ids.drainId(1)));
    const thread = await store.thread(ids.threadId('t-9'));
    if (thread === null) throw new Error('there is one');
    const face = await faceOfThread({ store, clock, policyOf: () => policyInForce() }, thread);
    expect([face !== null, face?.takesVotes ?? null]).toEqual([edited, null]);
  });
});
