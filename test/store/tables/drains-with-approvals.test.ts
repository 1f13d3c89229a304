import { describe, expect, it } from '@jest/globals';
import type { DrainState } from '../../../src/domain/drain.ts';
import * as ids from '../../../src/domain/ids.ts';
import { bob, inDraining, states, takingBack } from '../../support/samples.ts';
import { cleanUp, freshPath, open, withFile } from '../fresh-store.ts';
import { noon } from '../noon.ts';
import { drain } from '../samples.ts';

cleanUp();

const leader = ids.masterId('m-1');

describe('drains that were written before there were approvals', () => {
  const read = { leader, at: noon };
  const amendment = { ...takingBack(0, 'checking', read), by: bob };
  const approved = { approval: ids.approvalId(9), by: [bob] };
  const word = { leader, startedAt: noon };

  it.each<DrainState>([
    states.calling,
    states.checking,
    inDraining({ witness: word, amendment }),
    { ...states.drained, witness: word },
    states.ended,
  ])('come back as plain ones, with nothing planned: %j', async (state) => {
    const path = freshPath();
    const store = await open(path);
    const whole = drain({ state, markGone: true, goneNext: true, approved });
    await store.transact((tx) => tx.insertDrain(whole));
    await withFile(path, (db) =>
      db.exec(
        `UPDATE drains SET body = json_remove(body, '$.markGone', '$.goneNext', '$.approved', '$.state.witness', '$.state.amendment', '$.state.nudges')`,
      ),
    );
    const plain = {
      ...state,
      ...('witness' in state ? { witness: null } : {}),
      ...('amendment' in state ? { amendment: null } : {}),
    };
    expect((await store.drain(whole.id))?.drain).toEqual({
      ...whole,
      markGone: false,
      goneNext: false,
      approved: null,
      state: plain,
    });
  });

  it.each<DrainState>([
    inDraining({ witness: word, amendment }),
    inDraining({ witness: null, amendment: { ...amendment, status: 'calling', noEffect: null } }),
    inDraining({ waiting: null, amendment: { ...amendment, status: 'confirming' } }),
    { ...states.drained, witness: word },
    { ...states.drained, witness: null },
    { ...states.ended, end: { kind: 'gone', goneAt: noon, by: bob } },
    { ...states.ended, end: { kind: 'gone', goneAt: noon } },
  ])('lose nothing where they have it: %j', async (state) => {
    const store = await open();
    const whole = drain({ state, markGone: true, goneNext: true, approved });
    await store.transact((tx) => tx.insertDrain(whole));
    expect((await store.drain(whole.id))?.drain).toEqual(whole);
  });
});
