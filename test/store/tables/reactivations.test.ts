import { describe, expect, it } from '@jest/globals';
import { StoreFault, VersionConflict } from '../../../src/app/faults.ts';
import * as ids from '../../../src/domain/ids.ts';
import type { ReactivationEnd, ReactivationState, ReturnCause } from '../../../src/domain/reactivation.ts';
import { reactivationShape } from '../../../src/store/shapes/reactivation.ts';
import { fromStored, toStored } from '../../../src/store/shapes/stored-json.ts';
import { reactivation, reactivationStates } from '../../support/reactivation-samples.ts';
import { cleanUp, freshPath, open, withFile } from '../fresh-store.ts';
import { noon } from '../noon.ts';
import { cluster } from '../samples.ts';

cleanUp();

const { calling, checking, confirming, ended } = reactivationStates;
const read = { leader: ids.masterId('m-1'), at: noon };
const why = 'refused';

const causes: ReturnCause[] = [
  { code: 'master-silent', why },
  { code: 'recovering' },
  { code: 'unreachable', since: noon },
  { code: 'disconnected' },
  { code: 'not-listed', why },
  { code: 'agent-draining' },
  { code: 'agent-silent', why },
];
const ends: ReactivationEnd[] = [
  { kind: 'active', agentNotAsked: why },
  { kind: 'rejected', httpStatus: null, body: 'no master' },
  { kind: 'not-applied' },
  { kind: 'taken-out-again', shown: 'deactivated' },
  { kind: 'taken-out-again', shown: { state: 'DRAINING', maxGraceNs: 1e9, markGone: true } },
  { kind: 'gone', goneAt: noon },
  { kind: 'removed' },
  { kind: 'replaced', by: ids.agentId('x-S9') },
  { kind: 'lost-sight', forDays: 7 },
];

describe('reactivations', () => {
  it.each<ReactivationState>([
    calling,
    checking,
    { ...checking, noEffect: read },
    { ...checking, waiting: { cause: { code: 'master-silent', why }, since: noon, toldAt: null } },
    { ...checking, waiting: { cause: { code: 'recovering' }, since: noon, toldAt: noon } },
    confirming,
    ...causes.map((cause) => ({
      ...confirming,
      waiting: { cause, since: noon },
      told: [cause.code],
      firstAbsent: read,
    })),
  ])('come back as they were: %j', async (state) => {
    const store = await open();
    const whole = reactivation({ state, reason: null, drain: null });
    await store.transact((tx) => tx.insertReactivation(whole));
    expect(await store.openReactivations(cluster)).toEqual([whole]);
  });

  it.each(ends)('are listed no more when they have ended, and stay readable: %j', async (end) => {
    const store = await open();
    const whole = reactivation({ state: { ...ended, end } });
    await store.transact((tx) => tx.insertReactivation(whole));
    expect(await store.openReactivations(cluster)).toEqual([]);
    expect(fromStored(reactivationShape, 'r-1', toStored(whole))).toEqual(whole);
  });

  it('that an older bot wrote are waited for by nobody yet', () => {
    const { waiting: _, ...before } = checking;
    const row = toStored({ ...reactivation(), state: before });
    expect(fromStored(reactivationShape, 'r-1', row).state).toEqual(checking);
  });

  it.each([calling, checking, confirming])('stand alone on their agent: %j', async (state) => {
    const store = await open();
    await store.transact((tx) => tx.insertReactivation(reactivation({ state })));
    const second = reactivation({ id: ids.reactivationId('r-2') });
    await expect(store.transact((tx) => tx.insertReactivation(second))).rejects.toThrow(StoreFault);
    for (const free of [
      { ...second, agentId: ids.agentId('other-S4') },
      { ...second, id: ids.reactivationId('r-3'), cluster: ids.clusterName('other') },
      { ...second, id: ids.reactivationId('r-4'), state: ended },
    ])
      await store.transact((tx) => tx.insertReactivation(free));
    expect((await store.openReactivations(cluster)).map(({ id }) => id).sort()).toEqual(['r-1', 'r-2']);
  });

  it('are written over the version before, and no other', async () => {
    const store = await open();
    await store.transact((tx) => tx.insertReactivation(reactivation()));
    const next = reactivation({ version: 2, state: confirming });
    await store.transact(async (tx) => {
      await tx.saveReactivation(next);
      expect(await tx.openReactivations(cluster)).toEqual([next]);
    });
    await expect(store.transact((tx) => tx.saveReactivation(next))).rejects.toThrow(VersionConflict);
  });

  it('are named when their row can not be read', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.insertReactivation(reactivation()));
    await withFile(path, (db) =>
      db.exec("UPDATE reactivations SET body = json_set(body, '$.state.status', 'confirming')"),
    );
    await expect(store.openReactivations(cluster)).rejects.toThrow(/reactivations r-1 can't be read.*told/s);
  });
});
