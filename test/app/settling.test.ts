import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { VersionConflict } from '../../src/app/faults.ts';
import { type Intent, makeSubmitCall } from '../../src/app/submit-call.ts';
import { accepted, fakeCalls } from '../support/fake-calls.ts';
import { fakeStore, storeDown } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import { agentId, alice } from '../support/samples.ts';

function door(settle: Intent['settle'] = async (tx) => tx.settleCommand(2, 'done')) {
  const { store, committed, door } = fakeStore();
  const { calls, submitted } = fakeCalls();
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const submitCall = makeSubmitCall({ store, calls, clock: portClock().clock, sha256, onWritten: () => {} });
  const intent: Intent = {
    call: { type: 'DRAIN_AGENT', agentId, maxGrace: null, markGone: false },
    audit: async () => ({ actor: { kind: 'person', person: alice }, correlation: 'c-1' }),
    record: async (tx) => tx.settleCommand(1, 'done'),
    settle,
  };
  return { run: () => submitCall(intent), committed, door, submitted };
}

describe('the answer to a call that has left', () => {
  it('is written, once, when another program held the database for a few seconds', async () => {
    const { run, committed, door: store, submitted } = door();
    store.commit = (transaction) => {
      if (transaction >= 2 && transaction <= 4) throw storeDown();
    };
    expect(await run()).toEqual(accepted);
    expect(committed.audit.map(({ event }) => event)).toEqual(['call.intended', 'call.accepted']);
    expect(committed.settled).toEqual([
      [1, 'done'],
      [2, 'done'],
    ]);
    expect(submitted).toHaveLength(1);
  });

  it('is filed even where the drain was taken over meanwhile', async () => {
    const { run, committed, submitted } = door(async () => {
      throw new VersionConflict('d17 is not at version 0 any more');
    });
    expect(await run()).toEqual(accepted);
    expect(committed.audit.map(({ event }) => event)).toEqual(['call.intended', 'call.accepted']);
    expect(submitted).toHaveLength(1);
  });
});
