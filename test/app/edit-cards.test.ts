import { describe, expect, it } from '@jest/globals';
import { makeEditCards } from '../../src/app/outbox/edit-cards.ts';
import { makePace } from '../../src/app/outbox/pace.ts';
import type { Chat, Store } from '../../src/app/ports.ts';
import * as ids from '../../src/domain/ids.ts';
import { cleanUp, open } from '../store/fresh-store.ts';
import { noon } from '../store/noon.ts';
import { agentId, channel, drain } from '../store/samples.ts';
import { fakeLog } from '../support/fake-log.ts';
import { policyInForce } from '../support/fake-people.ts';

cleanUp();

const agents = [agentId, ids.agentId(`${agentId}4`)];
const drains = agents.map((agent, i) =>
  drain({ id: ids.drainId(i + 1), agentId: agent, thread: ids.threadId(`t-${i + 1}`) }),
);

/** Two open drains whose cards are stale. */
async function twoCards(): Promise<Store> {
  const store = await open();
  for (const each of drains)
    await store.transact(async (tx) => {
      const rootNotice = ids.noticeId(`n-${each.id}`);
      await tx.openThread({ id: each.thread, channel, rootNotice, drain: each.id, approval: null });
      await tx.insertDrain(each);
      await tx.rootDelivered(each.thread, ids.messageTs(`170000000${each.id}.000100`), null);
      await tx.cardStale(each.thread, noon);
    });
  return store;
}

describe('cards', () => {
  it('show the end also when it came while an older state was on its way to Slack', async () => {
    const store = await twoCards();
    const [, second] = drains;
    if (second === undefined) throw new Error('there are two');
    const end = { kind: 'not-applied' } as const;
    let now = noon;
    let ended = false;
    const shown = new Map<string, string>();
    const edit: Chat['edit'] = async (_channel, ts, notice) => {
      if (notice.kind === 'drain-card') shown.set(ts, notice.card.state.status);
      if (!ended) {
        ended = true;
        now = ids.after(now, 4_000);
        const state = { status: 'ended', at: now, end, drainedAt: null } as const;
        await store.transact(async (tx) => {
          await tx.saveDrain({ ...second, version: second.version + 1, state });
          // By the hour of the look, before the edit of its card began.
          await tx.cardStale(second.thread, now);
        });
        now = ids.after(now, 1_000);
      }
      return { kind: 'sent', ts };
    };
    const chat = { edit } as Chat;
    const clock = { now: () => now, after: () => () => {} };
    const { log } = fakeLog();
    const pass = makeEditCards({
      store,
      chat,
      clock,
      log,
      policyOf: () => policyInForce(),
      pace: makePace(),
      seenOpen: new Set(),
      cardEditMs: 3_000,
    });
    for (let passes = 0; passes < 3; passes++) {
      await pass(now);
      now = ids.after(now, 3_000);
    }
    expect([...shown.values()]).toEqual(['calling', 'ended']);
    expect(await store.staleCards()).toEqual([]);
  });
});
