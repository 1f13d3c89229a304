import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Tx } from '../../src/app/ports.ts';
import { type Intent, makeSubmitCall, Unsettled } from '../../src/app/submit-call.ts';
import type { CallOutcome } from '../../src/domain/call.ts';
import { seconds } from '../../src/domain/ids.ts';
import { accepted, fakeCalls } from '../support/fake-calls.ts';
import { fakeStore, storeDown } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import { restored } from '../support/restored-samples.ts';
import { agentId, alice, leader, noon } from '../support/samples.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const call = { type: 'DRAIN_AGENT', agentId, maxGrace: seconds(600), markGone: false } as const;
const rejected: CallOutcome = {
  kind: 'rejected',
  httpStatus: 403,
  body: 'Forbidden',
  master: leader,
  url: 'http://m/api/v1',
};
const unknown: CallOutcome = {
  kind: 'unknown',
  httpStatus: null,
  why: 'no answer in 30 s',
  body: '',
  master: null,
  url: 'http://m/api/v1',
};

function door(answer: CallOutcome | Error = accepted, isRestored = false) {
  const journal: string[] = [];
  const { store, committed, door } = fakeStore({ journal, restored: isRestored ? restored : null });
  const { calls, submitted } = fakeCalls(answer, journal);
  const { clock } = portClock();
  const submitCall = makeSubmitCall({
    store,
    calls,
    clock,
    sha256,
    onWritten: () => void journal.push('told'),
  });
  const intent: Intent = {
    call,
    audit: async () => ({
      actor: { kind: 'person', person: alice },
      correlation: 'c-1',
      reason: 'kernel upgrade',
    }),
    record: async (tx: Tx) => tx.settleCommand(1, 'done'),
    settle: async (tx: Tx, outcome) => tx.settleCommand(2, outcome.kind === 'rejected' ? 'refused' : 'done'),
  };
  return { submitCall, intent, journal, committed, door, submitted };
}

describe('the one door', () => {
  it('commits the intent, then calls once, then commits the outcome', async () => {
    const { submitCall, intent, journal, submitted } = door();
    expect(await submitCall(intent)).toEqual(accepted);
    expect(journal).toEqual(['call.intended', 'told', 'submit DRAIN_AGENT', 'call.accepted', 'told']);
    expect(submitted).toEqual([call]);
  });

  it('is shut while the database is from the past: nothing is recorded, and nothing leaves', async () => {
    const { submitCall, intent, journal, committed } = door(accepted, true);
    const refusal = { code: 'database-restored', since: restored.since };
    await expect(submitCall(intent)).rejects.toMatchObject({ refusal });
    expect([journal, committed.audit, committed.settled]).toEqual([[], [], []]);
  });

  it('files the body that leaves, who wanted it, and what came back', async () => {
    const { submitCall, intent, committed } = door();
    await submitCall(intent);
    const request = { call: 'DRAIN_AGENT', body: JSON.stringify({ type: 'DRAIN_AGENT', agent: agentId }) };
    expect(committed.audit).toMatchObject([
      { event: 'call.intended', at: noon, correlation: 'c-1', reason: 'kernel upgrade', request },
      {
        event: 'call.accepted',
        actor: { person: alice },
        request: { ...request, url: accepted.url },
        response: { status: 200, body: '', bodySha256: sha256(''), bodyBytes: 0 },
        outcome: 'accepted',
        master: leader,
        durationMs: 0,
      },
    ]);
  });

  it.each([
    ['rejected', rejected, { response: { status: 403, body: 'Forbidden' } }],
    ['unknown', unknown, { response: { status: null, body: '' }, facts: { why: 'no answer in 30 s' } }],
  ] as const)('calls once when the outcome is %s', async (kind, outcome, answer) => {
    const { submitCall, intent, committed, submitted } = door(outcome);
    expect(await submitCall(intent)).toEqual(outcome);
    expect(submitted).toHaveLength(1);
    expect(committed.audit[1]).toMatchObject({ event: `call.${kind}`, outcome: kind, ...answer });
  });

  it('calls nobody when the intent can not be committed', async () => {
    const { submitCall, intent, door: store, journal, submitted, committed } = door();
    store.commit = () => {
      throw storeDown();
    };
    await expect(submitCall(intent)).rejects.toThrow('disk is full');
    expect(submitted).toEqual([]);
    expect(journal).toEqual([]);
    expect(committed).toMatchObject({ audit: [], settled: [] });
  });

  it('calls nobody when what belongs to the intent is refused', async () => {
    const { submitCall, intent, committed, submitted } = door();
    const record = async () => {
      throw new Error('three drains at once already');
    };
    await expect(submitCall({ ...intent, record })).rejects.toThrow('three drains');
    expect(submitted).toEqual([]);
    expect(committed.audit).toEqual([]);
  });

  it('says that the outcome is not on disk when it could not be committed, and leaves the intent', async () => {
    const { submitCall, intent, door: store, committed, submitted, journal } = door();
    store.commit = (transaction) => {
      if (transaction >= 2) throw storeDown();
    };
    await expect(submitCall(intent)).rejects.toThrow(Unsettled);
    expect(submitted).toHaveLength(1);
    expect(committed.audit.map(({ event }) => event)).toEqual(['call.intended']);
    expect(committed.settled).toEqual([[1, 'done']]);
    expect(journal.filter((step) => step === 'told')).toHaveLength(1);
  });

  it('never claims that nothing was sent when sending itself broke', async () => {
    const { submitCall, intent, committed } = door(new Error('a bug in the client'));
    await expect(submitCall(intent)).rejects.toThrow(Unsettled);
    expect(committed.audit.map(({ event }) => event)).toEqual(['call.intended']);
  });
});
