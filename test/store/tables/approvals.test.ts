import { describe, expect, it } from '@jest/globals';
import { StoreFault, VersionConflict } from '../../../src/app/faults.ts';
import type { Tx } from '../../../src/app/ports.ts';
import type { Covers } from '../../../src/domain/approval/covers.ts';
import type { Drift } from '../../../src/domain/approval/drift.ts';
import type {
  Act,
  AgentApproval,
  Approval,
  ApprovalState,
  Ballot,
  Mark,
  Settlement,
  Verdict,
  VoteRefusal,
} from '../../../src/domain/approval.ts';
import * as ids from '../../../src/domain/ids.ts';
import { approvalShape } from '../../../src/store/shapes/approval.ts';
import { fromStored, toStored } from '../../../src/store/shapes/stored-json.ts';
import { approval, approvalStates, ballot, carol, keyed } from '../../support/approval-samples.ts';
import { coveredAgent, coveredMachine, planApproval, twoAgents } from '../../support/covers-samples.ts';
import { alice, bob } from '../../support/samples.ts';
import { cleanUp, freshPath, open, withFile } from '../fresh-store.ts';
import { noon } from '../noon.ts';
import { cluster } from '../samples.ts';

cleanUp();

const { open: asked, holding, standing, settled } = approvalStates;
const leader = ids.masterId('m-1');

/** Written and read back without a database. */
function again(whole: Approval): Approval {
  return fromStored(approvalShape, 'a9', toStored(whole));
}

const refusals: Record<VoteRefusal, true> = {
  'own-vote': true,
  'not-entitled': true,
  bot: true,
  guest: true,
  deactivated: true,
  'other-workspace': true,
  'no-team': true,
  nobody: true,
  'shared-channel': true,
  expired: true,
  settled: true,
  'not-a-vote': true,
};
const verdicts: { [V in Exclude<Verdict['is'], 'refused'>]: Extract<Verdict, { is: V }> } = {
  approves: { is: 'approves', oneOf: true },
  denies: { is: 'denies' },
  withdraws: { is: 'withdraws' },
  stops: { is: 'stops' },
  objects: { is: 'objects' },
};
const marks: Record<Mark, true> = { approve: true, deny: true, stop: true, mistaken: true };

const held = { kind: 'volume', id: 'v-1', role: 'db', sizeMb: 1024 } as const;
const framework = { framework: 'f-1', name: null, tasks: 3 };
const drifts: Record<Drift['what'], Drift> = {
  volume: { what: 'volume', held },
  reservation: {
    what: 'reservation',
    held: { kind: 'reservation', role: 'db', resource: 'cpus', amount: 1.5 },
  },
  framework: { what: 'framework', framework },
  'more-tasks': { what: 'more-tasks', framework, shown: 1 },
  alive: { what: 'alive' },
  away: { what: 'away' },
  'not-known': { what: 'not-known', fact: 'tasks', why: '403' },
  hostname: { what: 'hostname', shown: 'a', now: 'b' },
  address: { what: 'address', shown: 'not known', now: '10.0.0.3:5051' },
  leader: { what: 'leader' },
  'drain-begun-anew': { what: 'drain-begun-anew' },
  'master-word-only': { what: 'master-word-only', why: 'refused' },
  'not-empty': { what: 'not-empty', why: 'operations' },
  'not-entitled': { what: 'not-entitled' },
  line: { what: 'line', agentId: ids.agentId('x-S3'), hostname: 'agent3', drift: { what: 'alive' } },
  'agent-missing': { what: 'agent-missing', agentId: ids.agentId('x-S3'), hostname: 'agent3' },
  'machine-missing': { what: 'machine-missing', machine: { hostname: 'agent3', ip: '10.0.0.3' } },
  'agent-new': { what: 'agent-new', agentId: ids.agentId('x-S3'), hostname: 'agent3' },
};
const ends: { [H in Settlement['how']]: Extract<Settlement, { how: H }>[] } = {
  used: [{ how: 'used', by: [bob, carol] }],
  denied: [{ how: 'denied', by: bob }],
  withdrawn: [{ how: 'withdrawn', by: alice }],
  stopped: [{ how: 'stopped', by: carol }],
  'taken-back': [{ how: 'taken-back', by: bob }],
  expired: [{ how: 'expired' }],
  late: [{ how: 'late', limit: ids.seconds(900) }],
  changed: [
    { how: 'changed', what: [] },
    { how: 'changed', what: Object.values(drifts) },
  ],
  refused: [
    { how: 'refused', refusal: { code: 'call-under-way', drain: ids.drainId(17) } },
    {
      how: 'refused',
      refusal: {
        code: 'not-markable',
        agent: { agentId: ids.agentId('x-S3'), hostname: 'agent3', state: 'gone' },
        why: 'gone',
        detail: '',
      },
    },
  ],
  'no-prompt': (['deleted', 'closed', 'shared', 'undeliverable', 'left', 'archived'] as const).map((why) => ({
    how: 'no-prompt',
    why,
  })),
  'drain-ended': [{ how: 'drain-ended', end: 'reactivated' }],
  'plan-ended': [{ how: 'plan-ended', end: 'cancelled' }],
  restored: [
    { how: 'restored', shown: 'open' },
    { how: 'restored', shown: 'closed' },
    { how: 'restored', shown: 'not-read' },
  ],
};

/** SQL for a row with such an end, which no approval of ours has. */
function ended(how: object): string {
  return `json_set(body, '$.state', json('${JSON.stringify({ ...settled, how })}'))`;
}

describe('approvals', () => {
  it.each<ApprovalState>([
    asked,
    holding,
    standing,
    settled,
    { ...settled, wasStanding: true, again: ids.approvalId(10) },
  ])('come back as they were: %j', async (state) => {
    const store = await open();
    const whole = approval({
      state,
      ballots: [ballot()],
      drain: ids.drainId(17),
      follows: ids.approvalId(8),
    });
    await store.transact(async (tx) => {
      await tx.insertApproval(whole);
      expect(await tx.approval(whole.id)).toEqual(whole);
    });
    expect(await store.approval(whole.id)).toEqual(whole);
  });

  it.each(Object.values(ends).flat())('come back with their end: %j', (how) => {
    const whole = approval({ state: { ...settled, how } });
    expect(again(whole)).toEqual(whole);
  });

  it.each<Act>([
    { kind: 'drain', maxGrace: ids.seconds(0) },
    { kind: 'drain', maxGrace: null },
    { kind: 'drain-then-gone', maxGrace: ids.seconds(600) },
    { kind: 'drain-then-gone', maxGrace: null },
    { kind: 'drain-unattended', maxGrace: ids.seconds(600) },
    { kind: 'drain-unattended', maxGrace: null },
    { kind: 'mark-gone', now: true },
    { kind: 'mark-gone', now: false },
  ])('come back with what they ask for: %j', (act) => {
    expect(again(approval({ act }))).toMatchObject({ act });
  });

  it.each<Partial<AgentApproval>>([
    {
      loss: { alive: false, held: { known: false, why: 'never seen' }, tasks: { known: false, why: '403' } },
    },
    {
      loss: { alive: true, held: { known: true, value: [held] }, tasks: { known: true, value: [framework] } },
    },
    { loss: { alive: true, held: { known: true, value: [] }, tasks: null } },
    { address: null },
    { masterWordOnly: true },
    { witness: { leader, startedAt: noon } },
    { witness: { leader, startedAt: null } },
    { needed: 3 },
  ])('come back with what they showed: %j', (over) => {
    const whole = approval(over);
    expect(again(whole)).toEqual(whole);
  });

  it.each<Covers>([
    twoAgents,
    { of: 'agents', work: { do: 'reactivate' }, lines: [coveredAgent(3, { address: null })] },
    {
      of: 'machines',
      work: { do: 'start', window: { startNs: '1', durationNs: null }, drainFirst: { maxGrace: null } },
      lines: [coveredMachine(3, [coveredAgent(3)]), coveredMachine(4, [])],
    },
  ])('about a plan come back with the list that they showed: %j', (covers) => {
    const whole = planApproval({
      covers,
      oneOf: { users: [bob.userId], groups: [ids.userGroupId('S0LEADS')] },
    });
    expect(again(whole)).toEqual(whole);
  });

  it('from before there were plans are about one agent, and asked for what their act says', () => {
    const { of: _, because: __, oneOf: ___, ...old } = approval({ ballots: [ballot()] });
    const stored = JSON.parse(toStored(old));
    delete stored.ballots[0].verdict.oneOf;
    expect(fromStored(approvalShape, 'a9', JSON.stringify(stored))).toEqual(
      approval({ ballots: [ballot()] }),
    );
  });

  it.each<Ballot>([
    ...Object.values(verdicts).map((verdict) => ballot({ verdict })),
    ...(Object.keys(refusals) as VoteRefusal[]).map((why) => ballot({ verdict: { is: 'refused', why } })),
    ...(Object.keys(marks) as Mark[]).map((mark) => ballot({ mark, verdict: null, by: null })),
  ])('come back with each ballot: %j', (one) => {
    const whole = approval({ ballots: [one, ballot({ user: carol.userId, by: keyed(carol) })] });
    expect(again(whole)).toEqual(whole);
  });

  it('are counted from 1, and a number that was given is not given again', async () => {
    const path = freshPath();
    const store = await open(path);
    const first = await store.transact(async (tx) => [await tx.nextApprovalId(), await tx.nextApprovalId()]);
    const third = await store.transact((tx) => tx.nextApprovalId());
    await store.close();
    const reopened = await open(path);
    expect([...first, third, await reopened.transact((tx) => tx.nextApprovalId())]).toEqual([1, 2, 3, 4]);
    expect(await reopened.transact((tx) => tx.nextDrainId())).toBe(1);
  });

  it.each([asked, holding, standing])('stand alone on their agent while pending: %j', async (state) => {
    const store = await open();
    await store.transact((tx) => tx.insertApproval(approval({ state })));
    const second = approval({ id: ids.approvalId(10) });
    await expect(store.transact((tx) => tx.insertApproval(second))).rejects.toThrow(StoreFault);
    for (const free of [
      { ...second, agentId: ids.agentId('other-S4') },
      { ...second, id: ids.approvalId(11), cluster: ids.clusterName('other') },
      { ...second, id: ids.approvalId(12), state: settled },
    ])
      await store.transact((tx) => tx.insertApproval(free));
    expect((await store.pendingApprovals(cluster)).map(({ id }) => id)).toEqual([9, 10]);
  });

  it('make room for another on their agent in the transaction that settles them', async () => {
    const store = await open();
    await store.transact((tx) => tx.insertApproval(approval()));
    await store.transact(async (tx) => {
      await tx.saveApproval(approval({ version: 2, state: settled }));
      await tx.insertApproval(approval({ id: ids.approvalId(10), follows: ids.approvalId(9) }));
      expect((await tx.pendingApprovals(cluster)).map(({ id }) => id)).toEqual([10]);
    });
    expect(await store.pendingApprovals(cluster)).toMatchObject([{ id: 10, follows: 9 }]);
    expect(await store.pendingApprovals(ids.clusterName('other'))).toEqual([]);
  });

  it('are written over the version before, and no other', async () => {
    const store = await open();
    await store.transact((tx) => tx.insertApproval(approval()));
    const next = approval({ version: 2, state: holding });
    const save = (whole: Approval) => store.transact((tx: Tx) => tx.saveApproval(whole));
    await save(next);
    await expect(save(next)).rejects.toThrow(VersionConflict);
    await expect(save(next)).rejects.toThrow('a9 is not at version 1 any more');
    await expect(save(approval({ version: 4 }))).rejects.toThrow(VersionConflict);
    await expect(save(approval({ id: ids.approvalId(8), version: 3 }))).rejects.toThrow(VersionConflict);
    expect(await store.approval(next.id)).toEqual(next);
  });

  it('are listed the latest first, as many as are wanted', async () => {
    const store = await open();
    await store.transact(async (tx) => {
      for (const n of [1, 2, 3, 10])
        await tx.insertApproval(approval({ id: ids.approvalId(n), state: n === 10 ? asked : settled }));
    });
    expect((await store.latestApprovals(3)).map(({ id }) => id)).toEqual([10, 3, 2]);
    expect(await store.approval(ids.approvalId(7))).toBeNull();
  });

  it.each([
    ['a newer form', "json_set(body, '$.v', 2)", 'form v 1 only'],
    ['a part missing', "json_remove(body, '$.loss')", 'loss'],
    ['a ballot that means nothing', "json_set(body, '$.ballots[0].mark', 'maybe')", 'mark'],
    ['a status without its data', "json_set(body, '$.state.status', 'holding')", 'quorumAt'],
    ['an act that is none', "json_set(body, '$.act.kind', 'reboot')", 'act'],
    ['a change that says nothing', ended({ how: 'changed', what: [{}] }), 'what'],
    ['a change that is none', ended({ how: 'changed', what: ['alive'] }), 'what'],
    ['a refusal that says nothing', ended({ how: 'refused', refusal: {} }), 'code'],
    ['a refusal that is none', ended({ how: 'refused', refusal: null }), 'code'],
  ])('are named when their row has %s', async (_, change, why) => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.insertApproval(approval({ ballots: [ballot()] })));
    await withFile(path, (db) => db.exec(`UPDATE approvals SET body = ${change}`));
    await expect(store.approval(ids.approvalId(9))).rejects.toThrow(StoreFault);
    await expect(store.approval(ids.approvalId(9))).rejects.toThrow(
      new RegExp(`approvals 9 can't be read.*${why}`, 's'),
    );
  });

  it('can not be pending twice on one agent by the back door either', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.insertApproval(approval()));
    await withFile(path, async (db) => {
      const copy = db.exec(
        "INSERT INTO approvals (id, body) SELECT 2, json_set(body, '$.id', 2) FROM approvals",
      );
      await expect(copy).rejects.toThrow('UNIQUE');
    });
  });
});
