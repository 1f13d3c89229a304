import { describe, expect, it } from '@jest/globals';
import * as ids from '../../../src/domain/ids.ts';
import { cleanUp, open } from '../fresh-store.ts';
import { noon } from '../noon.ts';
import { cluster, known } from '../samples.ts';

cleanUp();

const at = (ms: number) => ids.after(noon, ms);

describe('the directory', () => {
  it('remembers agents by cluster and id, and replaces what it knew', async () => {
    const store = await open();
    await store.transact((tx) =>
      tx.rememberAgents(cluster, [known(), known({ agentId: ids.agentId('a-S1') })]),
    );
    await store.transact((tx) => tx.rememberAgents(ids.clusterName('other'), [known({ state: 'gone' })]));
    const news = known({ address: null, held: [], state: 'unreachable', lastSeenAt: at(1) });
    await store.transact((tx) => tx.rememberAgents(cluster, [news]));
    expect(await store.directory(cluster)).toEqual([news, known({ agentId: ids.agentId('a-S1') })]);
  });

  it('takes thousands of agents in one transaction', async () => {
    const store = await open();
    const agents = Array.from({ length: 2050 }, (_, n) => known({ agentId: ids.agentId(`x-S${n}`) }));
    await store.transact((tx) => tx.rememberAgents(cluster, agents));
    await store.transact((tx) => tx.rememberAgents(cluster, agents));
    expect(await store.directory(cluster)).toHaveLength(2050);
  });
});
