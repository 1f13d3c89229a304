import { describe, expect, it } from '@jest/globals';
import type { Swept } from '../../../src/app/ports.ts';
import * as ids from '../../../src/domain/ids.ts';
import type { Believed } from '../../../src/domain/outside/service.ts';
import { at, cluster, drain, leader, noon, states } from '../../support/samples.ts';
import { cleanUp, open } from '../fresh-store.ts';

cleanUp();

const one = ids.agentId('a-S1');
const two = ids.agentId('a-S2');
const other = ids.clusterName('other');
const active: Believed = { service: 'active', leader, at: noon };
const draining: Believed = { ...active, service: { state: 'DRAINING', maxGraceNs: null, markGone: true } };

describe('what sweeps are compared with', () => {
  it('is kept by cluster and agent, replaced, and forgotten', async () => {
    const store = await open();
    expect(await store.believed(cluster)).toEqual(new Map());
    await store.transact(async (tx) => {
      await tx.believe(cluster, [
        [two, active],
        [one, active],
      ]);
      await tx.believe(other, [[one, { ...active, service: 'deactivated' }]]);
    });
    await store.transact((tx) =>
      tx.believe(cluster, [
        [one, draining],
        [two, null],
      ]),
    );
    expect(await store.believed(cluster)).toEqual(new Map([[one, draining]]));
  });

  it('knows of each cluster since when it can not be asked, until it can', async () => {
    const store = await open();
    await store.transact(async (tx) => {
      await tx.noteUnreached(cluster, noon);
      await tx.noteUnreached(other, at(5));
    });
    expect(await store.unreached(cluster)).toBe(noon);
    await store.transact((tx) => tx.noteUnreached(cluster, null));
    expect([await store.unreached(cluster), await store.unreached(other)]).toEqual([null, at(5)]);
  });

  it('takes thousands of agents in one transaction', async () => {
    const store = await open();
    const all = Array.from({ length: 1_050 }, (_, n) => ids.agentId(`x-S${n}`));
    await store.transact((tx) =>
      tx.believe(
        cluster,
        all.map((id) => [id, active]),
      ),
    );
    await store.transact((tx) =>
      tx.believe(
        cluster,
        all.map((id) => [id, id === 'x-S7' ? active : null]),
      ),
    );
    expect([...(await store.believed(cluster)).keys()]).toEqual(['x-S7']);
  });

  it('knows when the last sweep was, and the schedule', async () => {
    const store = await open();
    expect(await store.swept(cluster)).toBeNull();
    const machine = { machine: { hostname: 'h', ip: null }, start: at(9), durationMs: null, down: true };
    const swept: Swept = { at: at(1), leader, schedule: { leader, at: noon, machines: [machine] } };
    await store.transact((tx) => tx.noteSwept(cluster, { ...swept, schedule: null }));
    await store.transact((tx) => tx.noteSwept(cluster, swept));
    expect(await store.swept(cluster)).toEqual(swept);
  });

  it('are our own calls: what is open, and what has not ended before then', async () => {
    const store = await open();
    const ended = (n: number, seconds: number) =>
      drain({ id: ids.drainId(n), state: { ...states.ended, at: at(seconds) } });
    await store.transact(async (tx) => {
      for (const each of [
        ended(1, 10),
        ended(2, 20),
        drain({ id: ids.drainId(3) }),
        drain({ id: ids.drainId(4), cluster: other }),
      ])
        await tx.insertDrain(each);
    });
    const work = await store.transact((tx) => tx.ownWork(cluster, at(20)));
    expect(work).toMatchObject({ drains: [{ id: 2 }, { id: 3 }], reactivations: [], markGones: [] });
  });

  it('is not judged of agents that the log has told of since', async () => {
    const store = await open();
    const entry = { at: noon, event: 'bot.started', actor: { kind: 'bot' }, correlation: 'c' } as const;
    const { seq } = await store.transact(async (tx) => {
      const first = await tx.append({ ...entry, agent: { id: two, hostname: 'h' } });
      await tx.append({ ...entry, agent: { id: one, hostname: 'h' } });
      await tx.append({ ...entry, agent: { id: one, hostname: 'h' } });
      await tx.append(entry);
      return first;
    });
    expect(await store.transact((tx) => tx.agentsFiledAfter(seq))).toEqual([one]);
  });
});
