import { describe, expect, it } from '@jest/globals';
import { OpenDrainExists, StoreFault, VersionConflict } from '../../../src/app/faults.ts';
import type { Cause } from '../../../src/domain/drain/cause.ts';
import type { DrainState } from '../../../src/domain/drain.ts';
import * as ids from '../../../src/domain/ids.ts';
import { cleanUp, freshPath, open, withFile } from '../fresh-store.ts';
import { noon } from '../noon.ts';
import { agentId, bob, cluster, drain } from '../samples.ts';

cleanUp();

const at = (ms: number) => ids.after(noon, ms);
const read = { leader: ids.masterId('m-1'), at: noon };
const reads = { leader: read.leader, first: noon, second: at(2000) };
const nothing = { pending: 0, queued: 0, launched: 0, executors: 0, pendingOperations: 0, draining: false };
const drained: DrainState = {
  status: 'drained',
  acceptedAt: noon,
  provenAt: at(5000),
  proof: { by: 'master-only', agentNotAsked: 'refused' },
  firstAbsent: null,
  witness: { leader: read.leader, startedAt: noon },
};

describe('drains', () => {
  const states: DrainState[] = [
    { status: 'calling' },
    { status: 'checking', since: noon, why: 'timeout', noEffect: read, waiting: null },
    {
      status: 'checking',
      since: noon,
      why: 'timeout',
      noEffect: null,
      waiting: { cause: { code: 'master-silent', why: 'refused' }, since: noon, toldAt: noon },
    },
    {
      status: 'ended',
      at: noon,
      end: { kind: 'removed', down: { hostname: 'agent3.example', ip: null } },
      drainedAt: null,
    },
    { status: 'ended', at: noon, end: { kind: 'reactivated', away: true }, drainedAt: noon },
    {
      status: 'draining',
      acceptedAt: noon,
      progress: { left: 2, quarter: 2, movedAt: noon },
      staying: [{ framework: 'f', slow: true }],
      waiting: {
        cause: {
          code: 'unacknowledged',
          by: 'master',
          tasks: 1,
          frameworks: [
            {
              id: 'f',
              name: 'web',
              connected: false,
              since: noon,
              failoverTimeoutSeconds: 60,
              webUrl: 'http://web.example/',
              tasks: ['a'],
              count: 1,
            },
          ],
        },
        since: noon,
        toldAt: null,
      },
      firstDrained: read,
      firstAbsent: null,
      witness: { leader: read.leader, startedAt: null },
      amendment: {
        change: { kind: 'hasten', maxGrace: ids.seconds(60) },
        by: bob,
        at: noon,
        status: 'checking',
        noEffect: read,
      },
      nudges: { sent: 2, lastAt: noon, calling: true },
    },
    drained,
    { ...drained, gap: { from: noon, to: at(9000) } },
    {
      ...drained,
      proof: { by: 'master-only', agentNotAsked: 'refused', checked: { ...reads, silentSince: noon } },
    },
    { ...drained, proof: { by: 'master-and-agent' } },
    { ...drained, proof: { by: 'master-and-agent', checked: { ...reads, agent: nothing } } },
    { status: 'ended', at: noon, end: { kind: 'gone', goneAt: noon, checked: read }, drainedAt: null },
    { status: 'ended', at: noon, end: { kind: 'reactivated' }, drainedAt: noon },
    { status: 'ended', at: noon, end: { kind: 'reactivated', by: bob }, drainedAt: noon },
    { status: 'ended', at: noon, end: { kind: 'given-up', by: bob, reason: 'enough' }, drainedAt: null },
    {
      status: 'ended',
      at: noon,
      end: { kind: 'superseded', shown: { state: 'DRAINING', maxGraceNs: null, markGone: true } },
      drainedAt: noon,
    },
  ];

  it.each(states)('come back as they were: %j', async (state) => {
    const store = await open();
    const whole = drain({ state, reason: null, maxGrace: null, tasksAtStart: null, expectedEnd: null });
    await store.transact((tx) => tx.insertDrain(whole));
    expect(await store.drain(whole.id)).toEqual({ drain: whole, checkedAt: null });
  });

  it('keep their way, what they took over, and what a deactivated agent holds', async () => {
    const store = await open();
    const draining = states.find(({ status }) => status === 'draining');
    if (draining?.status !== 'draining') throw new Error('no sample');
    const owner = { id: 'f', name: 'web', connected: false, tasks: 2, named: ['a', 'b'] };
    const causes: Cause[] = [
      { code: 'tasks-kept', tasks: 2, owners: [owner], others: 1 },
      { code: 'executors-left', executors: 1, named: [{ framework: 'web', executors: ['e-1'] }] },
    ];
    const rows = [
      ...causes.map((cause) =>
        drain({
          way: 'deactivate',
          state: {
            ...draining,
            waiting: { cause, since: noon, toldAt: noon, behind: { cause, since: noon } },
          },
        }),
      ),
      drain({
        way: 'deactivate',
        state: { status: 'ended', at: noon, end: { kind: 'upgraded', to: ids.drainId(9) }, drainedAt: noon },
      }),
      drain({ tookOver: ids.drainId(1) }),
    ].map((each, n) => ({ ...each, id: ids.drainId(n + 1), agentId: ids.agentId(`x-S${n}`) }));
    await store.transact(async (tx) => {
      for (const row of rows) await tx.insertDrain(row);
    });
    for (const row of rows) expect((await store.drain(row.id))?.drain).toEqual(row);
  });

  it('of before deactivations are drains that took over from nothing', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.insertDrain(drain({ way: 'deactivate', tookOver: ids.drainId(3) })));
    await withFile(path, (db) =>
      db.exec("UPDATE drains SET body = json_remove(body, '$.way', '$.tookOver')"),
    );
    expect((await store.drain(ids.drainId(1)))?.drain).toEqual(drain());
  });

  it('are counted from 1, and an id that was given is not given again', async () => {
    const store = await open();
    const first = await store.transact(async (tx) => [await tx.nextDrainId(), await tx.nextDrainId()]);
    expect([...first, await store.transact((tx) => tx.nextDrainId())]).toEqual([1, 2, 3]);
  });

  it.each(['calling', 'checking', 'draining'] as const)(
    'stand alone on their agent while %s',
    async (status) => {
      const store = await open();
      const state = states.find((one) => one.status === status) ?? drained;
      await store.transact((tx) => tx.insertDrain(drain({ state })));
      const second = store.transact((tx) => tx.insertDrain(drain({ id: ids.drainId(2) })));
      await expect(second).rejects.toThrow(OpenDrainExists);
      await expect(second).rejects.toThrow('d1 is open on');
      await store.transact((tx) =>
        tx.insertDrain(drain({ id: ids.drainId(2), agentId: ids.agentId('other-S4') })),
      );
      await store.transact((tx) =>
        tx.insertDrain(drain({ id: ids.drainId(3), cluster: ids.clusterName('other') })),
      );
    },
  );

  it('make room for another on their agent once they are drained or ended', async () => {
    const store = await open();
    await store.transact(async (tx) => {
      await tx.insertDrain(drain({ state: drained }));
      await tx.insertDrain(drain({ id: ids.drainId(2) }));
    });
    expect(await store.openDrains(cluster)).toHaveLength(1);
  });

  it('can not be opened twice on one agent by the back door either', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.insertDrain(drain()));
    await withFile(path, async (db) => {
      const copy = db.exec("INSERT INTO drains (id, body) SELECT 2, json_set(body, '$.id', 2) FROM drains");
      await expect(copy).rejects.toThrow('UNIQUE');
    });
  });

  it('are written over the version before, and no other', async () => {
    const store = await open();
    await store.transact((tx) => tx.insertDrain(drain()));
    const next = drain({ version: 2, state: drained });
    await store.transact((tx) => tx.saveDrain(next));
    expect(await store.drain(next.id)).toEqual({ drain: next, checkedAt: null });
    await expect(store.transact((tx) => tx.saveDrain(next))).rejects.toThrow(VersionConflict);
    await expect(store.transact((tx) => tx.saveDrain(drain({ version: 4 })))).rejects.toThrow(
      VersionConflict,
    );
  });

  it('are listed by where they stand', async () => {
    const store = await open();
    const agents = [1, 2, 3, 4].map((n) => ids.agentId(`x-S${n}`));
    await store.transact(async (tx) => {
      for (const [index, state] of [states[0], drained, states[2], states.at(-1)].entries())
        await tx.insertDrain(
          drain({ id: ids.drainId(index + 1), agentId: agents[index] ?? agentId, state: state ?? drained }),
        );
      expect((await tx.openDrains(cluster)).map(({ id }) => id)).toEqual([1, 3]);
    });
    const idsOf = (list: { drain: { id: number } }[]) => list.map(({ drain: { id } }) => id);
    expect(idsOf(await store.openDrains(cluster))).toEqual([1, 3]);
    expect(idsOf(await store.outOfService(cluster))).toEqual([2]);
    expect(idsOf(await store.latestDrains(3))).toEqual([4, 3, 2]);
    expect(await store.openDrains(ids.clusterName('other'))).toEqual([]);
    expect(await store.drain(ids.drainId(9))).toBeNull();
  });

  it.each([
    ['a newer form', "json_set(body, '$.v', 2)", 'form v 1 only'],
    ['a part missing', "json_remove(body, '$.requester')", 'requester'],
    ['an id that is none', "json_set(body, '$.channel', 'nonsense')", 'not a Slack channel id'],
    ['a status without its data', "json_set(body, '$.state.status', 'draining')", 'acceptedAt'],
  ])('are named when their row has %s', async (_, change, why) => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.insertDrain(drain()));
    await withFile(path, (db) => db.exec(`UPDATE drains SET body = ${change}`));
    await expect(store.drain(ids.drainId(1))).rejects.toThrow(StoreFault);
    await expect(store.drain(ids.drainId(1))).rejects.toThrow(
      new RegExp(`drains 1 can't be read.*${why}`, 's'),
    );
  });
});
