import { describe, expect, it } from '@jest/globals';
import type { JudgeDeps } from '../../../src/app/approvals/acting/subject.ts';
import { makeJudgeApproval } from '../../../src/app/approvals/judge-approval.ts';
import type { Intent } from '../../../src/app/submit-call.ts';
import type { Call } from '../../../src/domain/call.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import * as ids from '../../../src/domain/ids.ts';
import { defaultPolicy } from '../../../src/domain/policy.ts';
import type { RollingLine, RollingPlan } from '../../../src/domain/rolling.ts';
import { cleanUp, open } from '../../store/fresh-store.ts';
import { approvalStates, ballot } from '../../support/approval-samples.ts';
import { coveredAgent, planApproval } from '../../support/covers-samples.ts';
import { fakeLog } from '../../support/fake-log.ts';
import { fakeMaster, type MasterSays } from '../../support/fake-master.ts';
import { channelFacts, personFacts } from '../../support/fake-people.ts';
import { agentsPlan } from '../../support/plan-samples.ts';
import {
  agent,
  agentId,
  alice,
  asked,
  at,
  bob,
  drain,
  drained,
  home,
  leader,
  newerAgent,
  noon,
  notAsked,
  otherLeader,
  shows,
  states,
  task,
} from '../../support/samples.ts';

cleanUp();

const grace = ids.seconds(600);
const ts = ids.messageTs('1700000009.000100');
const yes = { name: 'white_check_mark', users: [bob.userId] };
const work = {
  ...{ do: 'roll' as const, maxGrace: grace, parallel: 2, per: [], pause: ids.seconds(0) },
  afterwards: { do: 'mark-gone' as const },
};
const here = { agentId, hostname: 'agent3.example', address: { ip: '10.0.0.3', port: 5051 } };
const volume = { kind: 'volume' as const, id: 'v', role: 'db', sizeMb: 10 };
const approved = { approval: ids.approvalId(9), by: [bob] };

/** A look at agent3 after its drain, as the first call left it. */
const firstSeen = {
  ...{ kind: 'registered' as const, leader },
  agent: agent({ drain: drained, drainStartedAt: noon }),
};
const empty: MasterSays = {
  lookAt: firstSeen,
  askAgent: asked(0),
};

/** A plan of two waves: agent3 is proven empty, the next one waits; then one look at the question that stands for it. */
async function looked({
  says = empty,
  reactions = [yes],
  seconds = 300,
  second = { is: 'kept-away', since: noon, ours: true, amiss: null, leftOut: null } as RollingLine['state'],
  over = {} as Partial<Drain>,
  run = {},
  gone = [] as (typeof volume)[],
} = {}) {
  const store = await open();
  const line = { ...here, attributes: {}, shown: { state: 'active', tasks: 3 }, wave: 1 };
  const plan: RollingPlan = {
    ...agentsPlan(),
    of: 'rolling',
    work,
    approved,
    begunAt: noon,
    unjudged: { room: false, frameworks: [] },
    lines: [
      { ...line, state: { is: 'drained', drain: ids.drainId(1), at: at(60) } },
      { ...line, agentId: newerAgent, wave: 2, state: second },
    ],
    state: {
      ...{ status: 'running', since: noon, halt: null, waits: null, resumedAt: null, retrying: [] },
      phase: { at: 'wave', wave: 1, since: noon },
      ...run,
    },
  };
  const proven = { ...states.drained, witness: { leader, startedAt: noon } };
  const lines = [
    { ...coveredAgent(3), ...here },
    { ...coveredAgent(4), agentId: newerAgent },
  ];
  const loss = { alive: true, held: { known: true as const, value: gone }, tasks: null };
  await store.transact(async (tx) => {
    await tx.nextDrainId();
    await tx.insertDrain(
      drain({
        ...{ id: ids.drainId(1), plan: plan.id, thread: plan.thread, goneNext: true, approved },
        ...{ state: proven, ...over },
      }),
    );
    await tx.insertPlan(plan);
    const rootNotice = ids.noticeId('n-1');
    const root = { id: plan.thread, channel: plan.channel, rootNotice };
    await tx.openThread({ ...root, drain: null, approval: ids.approvalId(9) });
    await tx.rootDelivered(plan.thread, ts, null);
    await tx.insertApproval(
      planApproval({
        ...{ thread: plan.thread, state: approvalStates.standing, ballots: [ballot()] },
        covers: { of: 'agents', work, lines: lines.map((each) => ({ ...each, loss })) },
      }),
    );
  });
  const sent: Call[] = [];
  let id = 0;
  const policy = { ...defaultPolicy, approvers: { users: [bob.userId], groups: [] } };
  const deps = {
    ...{ store, log: fakeLog().log, seenOpen: new Set(), previewFile: () => null, planActs: {} },
    clock: { now: () => at(seconds), after: () => () => {} },
    policy: { current: () => policy, trouble: () => null },
    newId: () => `id-${++id}`,
    master: fakeMaster(says).master,
    submitCall: async ({ call, record, settle }: Intent) => {
      await store.transact((tx) => record(tx, at(seconds)));
      sent.push(call);
      const taken = { kind: 'accepted' as const, httpStatus: 200, body: '', master: leader, url: '' };
      await store.transact((tx) => settle(tx, taken, at(seconds)));
      return taken;
    },
    people: {
      team: home,
      person: async (user: ids.UserId) => personFacts({ userId: user }),
      channel: async () => channelFacts(),
      membersOf: async () => [],
    },
    prompts: { read: async () => ({ kind: 'there', open: true, reactions }) },
  } as unknown as JudgeDeps;
  const question = await store.approval(ids.approvalId(9));
  if (question === null) throw new Error('the question is not there');
  await makeJudgeApproval(deps, noon)(question);
  const after = (await store.plan(plan.id)) as RollingPlan;
  const question2 = (await store.approval(ids.approvalId(9)))?.state;
  const first = after.lines[0]?.state;
  return {
    sent,
    line:
      first?.is === 'failed'
        ? `failed ${'what' in first.why ? first.why.what.map(({ what }) => what) : ''}`
        : first?.is,
    question: question2?.status === 'settled' ? question2.how.how : question2?.status,
    halt: after.state.status === 'running' ? (after.state.halt?.why.code ?? null) : 'ended',
    waits: after.state.status === 'running' ? (after.state.waits?.why.code ?? null) : null,
    afterwards: after.work.afterwards.do,
    goneNext: (await store.drain(ids.drainId(1)))?.drain.goneNext,
    marking: await store.markGoneOf(ids.approvalId(9), agentId),
  };
}

describe('an agent of a rolling plan that is to be marked gone', () => {
  it('is, by the second of two calls, and the approval stands for the others', async () => {
    const { sent, marking, ...rest } = await looked();
    expect(sent).toEqual([{ type: 'DRAIN_AGENT', agentId, maxGrace: grace, markGone: true }]);
    expect(marking).toMatchObject({ plan: 3, agentId, state: { status: 'confirming' } });
    expect(rest).toMatchObject({ line: 'marking', question: 'standing', halt: null, goneNext: true });
  });

  it('uses the approval up where it is the last', async () => {
    const { sent, question } = await looked({ second: { is: 'dropped' } });
    expect([sent.length, question]).toEqual([1, 'used']);
  });

  const other = { ...empty, lookAt: { ...firstSeen, leader: otherLeader } };
  const with_ = (more: Parameters<typeof agent>[0]): MasterSays => ({
    ...empty,
    lookAt: { kind: 'registered', leader, agent: agent({ drain: drained, drainStartedAt: noon, ...more }) },
  });

  it.each<[string, MasterSays, string]>([
    ['another master leads', other, 'leader'],
    ['the drain began anew', with_({ drainStartedAt: at(90) }), 'drain-begun-anew'],
    ['a volume is there that was not shown', with_({ held: [volume] }), 'volume'],
    ['it has another address', with_({ address: { ip: '10.0.0.9', port: 5051 } }), 'address'],
    [
      'the agent holds a task',
      { ...empty, askAgent: { ...asked(1), tasks: [task()] } as never },
      'not-empty',
    ],
    ['the agent can not be asked', { ...empty, askAgent: notAsked }, 'master-word-only'],
  ])('is not where %s: it stays out of service, and the plan halts', async (_, says, what) => {
    const { sent, line, question, halt, goneNext, afterwards } = await looked({ says });
    expect([sent, line, halt, goneNext]).toEqual([[], `failed ${what}`, 'line-failed', false]);
    // The others go on, once somebody says so.
    expect([question, afterwards]).toEqual(['standing', 'mark-gone']);
  });

  it.each<[string, Parameters<typeof looked>[0], string]>([
    ['the ✅ was taken back', { reactions: [] }, 'taken-back'],
    ['somebody objects', { reactions: [yes, { name: 'x', users: [ids.userId('U0CAROL')] }] }, 'stopped'],
    ['a day has passed since the votes', { seconds: 86_400 + 61 }, 'late'],
  ])('is not where %s: plain drains are left, and the plan halts', async (_, how, question) => {
    const found = await looked(how);
    expect(found).toMatchObject({ sent: [], question, afterwards: 'wait', halt: 'votes', goneNext: false });
  });

  it.each<[string, Parameters<typeof looked>[0]]>([
    ['the plan is halted', { run: { halt: { since: noon, why: { code: 'paused', by: alice } } } }],
    ['nobody can look', { says: { failing: ['lookAt'] } }],
    [
      'the plan is cancelled',
      { second: { is: 'dropped' }, run: { phase: { at: 'giving-back', by: alice } } },
    ],
  ])('waits where %s', async (_, how) => {
    const { sent, line } = await looked(how);
    expect([sent, line]).toEqual([[], 'drained']);
  });

  it('is let go by the bot where somebody else ended its drain', async () => {
    const { sent, question } = await looked({ says: { lookAt: shows(null), askAgent: asked(0) } });
    expect([sent, question]).toEqual([[], 'standing']);
  });
});
