import { describe, expect, it } from '@jest/globals';
import { StoreFault, VersionConflict } from '../../../src/app/faults.ts';
import type { Tx } from '../../../src/app/ports.ts';
import * as ids from '../../../src/domain/ids.ts';
import type {
  GoneCause,
  MarkGone,
  MarkGoneCall,
  MarkGoneEnd,
  MarkGoneState,
} from '../../../src/domain/mark-gone.ts';
import { markGoneShape } from '../../../src/store/shapes/mark-gone.ts';
import { fromStored, toStored } from '../../../src/store/shapes/stored-json.ts';
import { markGone, markGoneStates } from '../../support/approval-samples.ts';
import { at } from '../../support/samples.ts';
import { cleanUp, freshPath, open, withFile } from '../fresh-store.ts';
import { noon } from '../noon.ts';
import { cluster } from '../samples.ts';

cleanUp();

const { calling, checking, confirming, ended } = markGoneStates;
const read = { leader: ids.masterId('m-1'), at: noon };
const shown = { state: 'DRAINING', maxGraceNs: 600e9, markGone: true } as const;

const causes: { [C in GoneCause['code']]: Extract<GoneCause, { code: C }>[] } = {
  'master-silent': [{ code: 'master-silent', why: 'refused' }],
  recovering: [{ code: 'recovering' }],
  unreachable: [{ code: 'unreachable', since: noon }],
  'not-listed': [{ code: 'not-listed', why: '403' }],
  'listed-nowhere': [{ code: 'listed-nowhere' }],
  'still-there': [
    { code: 'still-there', shown },
    { code: 'still-there', shown: { ...shown, maxGraceNs: null } },
    { code: 'still-there', shown: 'no drain' },
  ],
};
const ends: { [K in MarkGoneEnd['kind']]: Extract<MarkGoneEnd, { kind: K }>[] } = {
  gone: [
    { kind: 'gone', goneAt: noon },
    { kind: 'gone', goneAt: noon, checked: { leader: ids.masterId('m-1'), at: noon } },
  ],
  rejected: [
    { kind: 'rejected', httpStatus: 403, body: 'no' },
    { kind: 'rejected', httpStatus: null, body: 'no master' },
  ],
  'not-applied': [{ kind: 'not-applied' }],
  superseded: [
    { kind: 'superseded', shown },
    { kind: 'superseded', shown: 'deactivated' },
    { kind: 'superseded', shown: 'in service' },
  ],
  'lost-sight': [{ kind: 'lost-sight', forDays: 7 }],
};

/** Written and read back without a database. */
function again(whole: MarkGone): MarkGone {
  return fromStored(markGoneShape, 'm-1', toStored(whole));
}

describe('mark gones', () => {
  it.each<MarkGoneState>([calling, checking, { ...checking, noEffect: read }, confirming])(
    'come back as they were: %j',
    async (state) => {
      const store = await open();
      const whole = markGone({ state });
      await store.transact(async (tx) => {
        await tx.insertMarkGone(whole);
        expect(await tx.openMarkGones(cluster)).toEqual([whole]);
      });
      expect(await store.openMarkGones(cluster)).toEqual([whole]);
      expect(await store.markGoneOf(whole.approval, whole.agentId)).toEqual(whole);
    },
  );

  it.each(Object.values(causes).flat())('come back with what they wait for: %j', (cause) => {
    for (const toldAt of [null, noon]) {
      const waiting = { cause, since: noon, toldAt };
      for (const state of [
        { ...checking, waiting },
        { ...confirming, waiting },
      ])
        expect(again(markGone({ state })).state).toEqual(state);
    }
  });

  it.each<MarkGoneCall>([
    { by: 'second-drain', drain: ids.drainId(17), maxGrace: ids.seconds(0) },
    { by: 'second-drain', drain: ids.drainId(17), maxGrace: null },
    { by: 'mark-agent-gone' },
  ])('come back with their call: %j', (call) => {
    expect(again(markGone({ call }))).toEqual(markGone({ call }));
  });

  it.each(Object.values(ends).flat())(
    'are listed no more when they have ended, and are still found: %j',
    async (end) => {
      const store = await open();
      const whole = markGone({ state: { ...ended, end } });
      await store.transact((tx) => tx.insertMarkGone(whole));
      expect(await store.openMarkGones(cluster)).toEqual([]);
      expect(await store.markGoneOf(whole.approval, whole.agentId)).toEqual(whole);
    },
  );

  it.each([calling, checking, confirming])('stand alone on their agent: %j', async (state) => {
    const store = await open();
    await store.transact((tx) => tx.insertMarkGone(markGone({ state })));
    const second = markGone({ id: ids.markGoneId('m-2') });
    await expect(store.transact((tx) => tx.insertMarkGone(second))).rejects.toThrow(StoreFault);
    for (const free of [
      { ...second, agentId: ids.agentId('other-S4') },
      { ...second, id: ids.markGoneId('m-3'), cluster: ids.clusterName('other') },
      { ...second, id: ids.markGoneId('m-4'), state: ended },
    ])
      await store.transact((tx) => tx.insertMarkGone(free));
    expect((await store.openMarkGones(cluster)).map(({ id }) => id).sort()).toEqual(['m-1', 'm-2']);
  });

  it('are listed the oldest first', async () => {
    const store = await open();
    await store.transact(async (tx) => {
      for (const [id, seconds] of [
        ['m-1', 300],
        ['m-2', 100],
        ['m-3', 200],
      ] as const)
        await tx.insertMarkGone(
          markGone({ id: ids.markGoneId(id), agentId: ids.agentId(`x-${id}`), intendedAt: at(seconds) }),
        );
    });
    expect((await store.openMarkGones(cluster)).map(({ id }) => id)).toEqual(['m-2', 'm-3', 'm-1']);
  });

  it('are found by their approval and agent, the latest of several', async () => {
    const store = await open();
    const approval = ids.approvalId(9);
    const late = markGone({ id: ids.markGoneId('m-2'), intendedAt: at(400), state: ended });
    expect(await store.markGoneOf(approval, late.agentId)).toBeNull();
    await store.transact(async (tx) => {
      await tx.insertMarkGone(late);
      await tx.insertMarkGone(markGone({ intendedAt: at(300), state: ended }));
      // Of a plan, each agent has one.
      const beside = { id: ids.markGoneId('m-4'), agentId: ids.agentId('x-4'), intendedAt: at(600) };
      await tx.insertMarkGone(markGone({ ...beside, state: ended }));
      await tx.insertMarkGone(
        markGone({
          id: ids.markGoneId('m-3'),
          approval: ids.approvalId(10),
          intendedAt: at(500),
          state: ended,
        }),
      );
    });
    expect(await store.markGoneOf(approval, late.agentId)).toEqual(late);
    expect(await store.markGoneOf(ids.approvalId(90), late.agentId)).toBeNull();
  });

  it('are written over the version before, and no other', async () => {
    const store = await open();
    await store.transact((tx) => tx.insertMarkGone(markGone()));
    const next = markGone({ version: 2, state: confirming });
    const save = (whole: MarkGone) => store.transact((tx: Tx) => tx.saveMarkGone(whole));
    await save(next);
    await expect(save(next)).rejects.toThrow(VersionConflict);
    await expect(save(next)).rejects.toThrow('m-1 is not at version 1 any more');
    await expect(save(markGone({ version: 4 }))).rejects.toThrow(VersionConflict);
    await expect(save(markGone({ id: ids.markGoneId('m-2'), version: 3 }))).rejects.toThrow(VersionConflict);
    expect(await store.openMarkGones(cluster)).toEqual([next]);
  });

  it.each([
    ['a newer form', "json_set(body, '$.v', 2)", 'form v 1 only'],
    ['a part missing', "json_remove(body, '$.call')", 'call'],
    ['a status without its data', "json_set(body, '$.state.status', 'confirming')", 'acceptedAt'],
  ])('are named when their row has %s', async (_, change, why) => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.insertMarkGone(markGone()));
    await withFile(path, (db) => db.exec(`UPDATE mark_gones SET body = ${change}`));
    await expect(store.openMarkGones(cluster)).rejects.toThrow(StoreFault);
    await expect(store.openMarkGones(cluster)).rejects.toThrow(
      new RegExp(`mark_gones m-1 can't be read.*${why}`, 's'),
    );
  });
});
