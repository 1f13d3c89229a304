import { describe, expect, it } from '@jest/globals';
import { queueAnswer } from '../../src/app/commands/record.ts';
import { drainId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { fakeStore } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import { cluster, inboxCommand, noon } from '../support/samples.ts';

async function queued(answer: Notice, severalClusters: boolean): Promise<Notice | undefined> {
  const { store, committed } = fakeStore();
  const typed = { ...inboxCommand({ text: 'x' }), ...(severalClusters ? { onCluster: cluster } : {}) };
  await store.transact((tx) =>
    queueAnswer(tx, typed, answer, { clock: portClock().clock, newId: () => 'n-1' }),
  );
  return committed.queued[0];
}

const closed: Notice = { kind: 'closed', drain: drainId(17) };
const agents: Notice = {
  ...{ kind: 'agents', cluster, agents: [], of: 0, from: 0, states: [] },
  ...{ words: 'agents --state active', asOf: noon, filtered: true },
};

describe('an answer where there are several clusters', () => {
  it('tells on which one, unless it names it', async () => {
    expect(await queued(closed, true)).toEqual({ kind: 'on-cluster', cluster, answer: closed });
    expect(await queued(closed, false)).toEqual(closed);
  });

  it('carries it in the words of its buttons', async () => {
    expect(await queued(agents, true)).toEqual({ ...agents, words: 'agents --state active --cluster main' });
    expect(await queued(agents, false)).toEqual(agents);
  });
});
