import { describe, expect, it } from '@jest/globals';
import type { JudgeDeps } from '../../../src/app/approvals/acting/subject.ts';
import { makeJudgeApproval } from '../../../src/app/approvals/judge-approval.ts';
import { askForPlan } from '../../../src/app/approvals/plans/ask-for-plan.ts';
import type { PlanActs } from '../../../src/app/approvals/plans/plan-acts.ts';
import { MasterFault, VersionConflict } from '../../../src/app/faults.ts';
import type { Tx } from '../../../src/app/ports.ts';
import type { Covers } from '../../../src/domain/approval/covers.ts';
import * as ids from '../../../src/domain/ids.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { defaultPolicy } from '../../../src/domain/policy.ts';
import { ok, type Refusal, type Result, refuse } from '../../../src/domain/refusal.ts';
import { cleanUp, open } from '../../store/fresh-store.ts';
import { coveredAgent, coveredMachine } from '../../support/covers-samples.ts';
import { fakeLog } from '../../support/fake-log.ts';
import { channelFacts, personFacts } from '../../support/fake-people.ts';
import { agentsPlan, machinesPlan, next } from '../../support/plan-samples.ts';
import { alice, at, bob, home, noon } from '../../support/samples.ts';

cleanUp();

const ts = ids.messageTs('1700000009.000100');
const yes = 'white_check_mark';
const start: Covers = {
  of: 'machines',
  work: { do: 'start', window: null, drainFirst: { maxGrace: null } },
  lines: [coveredMachine(1, [coveredAgent(1)])],
};
const twoOf = (...lines: ReturnType<typeof coveredAgent>[]): Covers => ({
  of: 'agents',
  work: { do: 'drain', maxGrace: ids.seconds(600) },
  lines,
});
const both = twoOf(coveredAgent(1), coveredAgent(2));
const startNow = machinesPlan({ work: { do: 'start', window: null, drainFirst: null } });

/** A plan that alice asks for and bob is to approve; what was done to it is in `done`. */
async function asked(plan: Plan, covers: Covers) {
  const store = await open();
  const done: string[] = [];
  let id = 0;
  let now = noon;
  const world = {
    store,
    done,
    found: ok(covers) as Result<Covers> | 'unreadable',
    overtaken: null as Refusal | null,
    /** While a call waits for its turn. */
    meanwhile: async () => {},
    reactions: [] as { name: string; users: ids.UserId[] }[],
    approval: async (n = 1) => await store.approval(ids.approvalId(n)),
    plan: async () => await store.plan(plan.id),
    judge: async (seconds: number, n = 1) => {
      now = at(seconds);
      const thread = (await store.approval(ids.approvalId(n)))?.thread;
      const row = thread === undefined ? null : await store.thread(thread);
      if (row !== null && row.ts === null) await store.transact((tx) => tx.rootDelivered(row.id, ts, null));
      const approval = await store.approval(ids.approvalId(n));
      if (approval !== null) await judge(approval);
    },
    ended: async () => {
      const state = (await store.plan(plan.id))?.state;
      return state?.status === 'ended' ? state.end.kind : (state?.status ?? 'none');
    },
    settled: async (n = 1) => {
      const state = (await store.approval(ids.approvalId(n)))?.state;
      return state?.status === 'settled' ? state.how.how : (state?.status ?? 'none');
    },
    queued: async () => (await store.outbox()).map(({ notice }) => notice.kind),
  };
  const running = async (tx: Tx, planned: Plan, state: Plan['state']) => {
    const fresh = (await tx.plan(planned.id)) ?? planned;
    await tx.savePlan(next(fresh, state) as Plan);
  };
  const acts: PlanActs = {
    look: async () => {
      if (world.found === 'unreadable') throw new MasterFault('no master answers');
      return world.found;
    },
    overtakenBy: async () => world.overtaken,
    begin: async (tx, planned, approved, since) => {
      done.push(`begun for a${approved.approval}`);
      await running(
        tx,
        planned,
        planned.of === 'agents'
          ? { status: 'running', since }
          : { status: 'running', since, step: { at: 'draining' } },
      );
    },
    send: async (planned, approved, { voted, used }) => {
      await world.meanwhile();
      await voted();
      await store.transact(async (tx) => {
        await used(tx, now);
        await running(tx, planned, {
          status: 'running',
          since: now,
          step: { at: 'calling', call: 'start', base: null, intendedAt: now },
        });
      });
      done.push(`sent for a${approved.approval}`);
      return null;
    },
  };
  const approvals = { ...defaultPolicy.approvals };
  const policy = {
    current: () => ({ ...defaultPolicy, approvers: { users: [bob.userId], groups: [] }, approvals }),
    trouble: () => null,
  };
  const clock = { now: () => now, after: () => () => {} };
  const deps = {
    ...{ store, clock, policy, log: fakeLog().log, seenOpen: new Set(), previewFile: () => null },
    newId: () => `id-${++id}`,
    master: { cluster: plan.cluster },
    planActs: { agents: acts, machines: acts },
    people: {
      team: home,
      person: async (user: ids.UserId) => personFacts({ userId: user }),
      channel: async () => channelFacts(),
      membersOf: async () => [],
    },
    prompts: { read: async () => ({ kind: 'there', open: true, reactions: world.reactions }) },
  } as unknown as JudgeDeps;
  const judge = makeJudgeApproval(deps, noon);
  const typed = {
    ...{ user: alice.userId, team: home, userName: 'alice', channel: plan.channel, text: 'confirm p3' },
    ...{ triggerId: 't-1', responseUrl: 'https://slack.example/r', receivedAt: noon, via: 'typed' as const },
  };
  await store.transact(async (tx) => {
    await tx.takeIn(typed, plan.correlation);
    await tx.insertPlan(plan);
  });
  const [taken] = await store.waitingCommands();
  if (taken === undefined) throw new Error('the command is not there');
  const result = await askForPlan(
    deps,
    acts,
    plan,
    [{ why: 'many-agents', agents: 2, over: 1 }],
    { verb: 'confirm', plan: plan.id },
    taken,
    personFacts(),
  );
  expect(result).toEqual(ok('settled'));
  return { ...world, world, policy: approvals };
}

/** bob's vote, seen; then the end of the hold. */
async function approved(story: Awaited<ReturnType<typeof asked>>, n = 1): Promise<void> {
  story.world.reactions = [{ name: yes, users: [bob.userId] }];
  await story.judge(60, n);
  await story.judge(91, n);
}

describe('a question about a plan', () => {
  it('is asked in one transaction with the plan, whose thread it takes', async () => {
    const story = await asked(agentsPlan(), both);
    expect(await story.approval()).toMatchObject({
      of: 'plan',
      plan: 3,
      covers: both,
      thread: agentsPlan().thread,
      state: { status: 'open' },
      because: [{ why: 'many-agents', agents: 2, over: 1 }],
    });
    expect((await story.plan())?.state).toEqual({ status: 'asked', approval: 1 });
    expect(await story.queued()).toEqual(['plan-prompt']);
  });

  it('begins the plan in the transaction that uses it up, and its root becomes the card', async () => {
    const story = await asked(agentsPlan(), both);
    await approved(story);
    expect([story.done, await story.settled(), await story.ended()]).toEqual([
      ['begun for a1'],
      'used',
      'running',
    ]);
    expect((await story.store.thread(agentsPlan().thread))?.plan).toBe(3);
    await story.judge(120);
    expect(story.done).toHaveLength(1);
  });

  it.each<[string, string, string, Covers]>([
    ['an agent that is missing', 'ended', 'not-approved', twoOf(coveredAgent(1))],
    ['another address', 'open', 'asked', twoOf(coveredAgent(1), coveredAgent(2, { address: null }))],
  ])('is void with %s: the next one is %s, the plan %s', async (_, again, plan, found) => {
    const story = await asked(agentsPlan(), both);
    story.world.found = ok(found);
    await approved(story);
    expect([story.done, await story.settled(), await story.ended()]).toEqual([[], 'changed', plan]);
    const second = await story.approval(2);
    expect(second?.state.status ?? 'ended').toBe(again);
    if (second === null) return;
    expect(second).toMatchObject({ follows: 1, plan: 3, covers: found });
    expect(second.thread).not.toBe(agentsPlan().thread);
    expect(await story.plan()).toMatchObject({ thread: second.thread, state: { approval: 2 } });
    await approved(story, 2);
    expect(story.done).toEqual(['begun for a2']);
  });

  it('waits while nobody can say what is there, and is asked again when that took too long', async () => {
    const story = await asked(agentsPlan(), both);
    story.world.found = 'unreadable';
    await approved(story);
    expect([story.done, await story.settled()]).toEqual([[], 'holding']);
    story.world.found = ok(both);
    await story.judge(60 + 16 * 60);
    expect([story.done, await story.settled(), await story.settled(2)]).toEqual([[], 'late', 'open']);
  });

  it.each<[string, (story: Awaited<ReturnType<typeof asked>>) => void]>([
    [
      'at the look',
      ({ world }) => {
        world.found = refuse({ code: 'database-restored', since: noon });
      },
    ],
    [
      'in the transaction',
      ({ world }) => {
        world.overtaken = { code: 'database-restored', since: noon };
      },
    ],
  ])('ends as refused where a rule broke meanwhile, %s', async (_, breaks) => {
    const story = await asked(agentsPlan(), both);
    breaks(story);
    await approved(story);
    expect([story.done, await story.settled(), await story.ended()]).toEqual([[], 'refused', 'not-approved']);
  });

  it('takes its plan along when it is denied, and is taken along by its plan', async () => {
    const denied = await asked(agentsPlan(), both);
    denied.world.reactions = [{ name: 'x', users: [bob.userId] }];
    await denied.judge(60);
    expect([await denied.settled(), await denied.ended()]).toEqual(['denied', 'not-approved']);

    const cancelled = await asked(agentsPlan(), both);
    const plan = await cancelled.plan();
    if (plan?.of !== 'agents') throw new Error('no plan');
    const end = { kind: 'cancelled' as const, by: alice };
    await cancelled.store.transact((tx) => tx.savePlan(next(plan, { status: 'ended', at: at(9), end })));
    await cancelled.judge(60);
    expect([await cancelled.settled(), await cancelled.ended()]).toEqual(['plan-ended', 'cancelled']);
  });

  it('falls back to open where the policy asks for more by now', async () => {
    const story = await asked(agentsPlan(), both);
    story.world.reactions = [{ name: yes, users: [bob.userId] }];
    await story.judge(60);
    story.policy.needed = 2;
    await story.judge(91);
    expect([story.done, await story.settled(), (await story.approval())?.needed]).toEqual([[], 'open', 2]);
  });
});

describe('a question about a call that can not be undone', () => {
  it('is used up by that call, where it is the first', async () => {
    const story = await asked(startNow, start);
    await approved(story);
    expect([story.done, await story.settled()]).toEqual([['sent for a1'], 'used']);
  });

  it.each<[string, { name: string; users: ids.UserId[] }[], string]>([
    ['a vote is taken back', [], 'open'],
    [
      'somebody objects',
      [
        { name: yes, users: [bob.userId] },
        { name: 'x', users: [bob.userId] },
      ],
      'denied',
    ],
  ])('is not sent where %s while it waits for its turn', async (_, reactions, becomes) => {
    const story = await asked(startNow, start);
    story.world.meanwhile = async () => {
      story.world.reactions = reactions;
    };
    await expect(approved(story)).rejects.toBeInstanceOf(VersionConflict);
    await story.judge(101);
    expect([story.done, await story.settled()]).toEqual([[], becomes]);
  });

  it('stands while what comes before is done, and the call leaves on votes that stand then', async () => {
    const story = await asked(machinesPlan(), start);
    await approved(story);
    expect([story.done, await story.settled()]).toEqual([['begun for a1'], 'standing']);
    // Its message goes on taking votes.
    expect((await story.store.thread(machinesPlan().thread))?.plan).toBeNull();
    await story.judge(200);
    expect(story.done).toHaveLength(1);
    await atStart(story);
    await story.judge(300);
    expect([story.done.slice(1), await story.settled()]).toEqual([['sent for a1'], 'used']);
    expect((await story.store.thread(machinesPlan().thread))?.plan).toBe(4);
  });

  it('is asked again where that is not what was shown, and what runs goes on', async () => {
    const story = await asked(machinesPlan(), start);
    await approved(story);
    await atStart(story);
    story.world.found = ok({ ...start, lines: [coveredMachine(1, [coveredAgent(1), coveredAgent(5)])] });
    await story.judge(300);
    expect([await story.settled(), await story.settled(2), await story.ended()]).toEqual([
      'changed',
      'open',
      'running',
    ]);
    story.world.reactions = [{ name: yes, users: [bob.userId] }];
    await story.judge(400, 2);
    await story.judge(431, 2);
    expect([story.done.slice(1), await story.settled(2)]).toEqual([['sent for a2'], 'used']);
  });

  it('is dropped by a vote taken back: nothing is sent, and the plan ends', async () => {
    const story = await asked(machinesPlan(), start);
    await approved(story);
    await atStart(story);
    story.world.reactions = [];
    await story.judge(300);
    expect([story.done.slice(1), await story.settled(), await story.ended()]).toEqual([
      [],
      'taken-back',
      'not-approved',
    ]);
  });

  /** What comes before has been done. */
  async function atStart(story: Awaited<ReturnType<typeof asked>>): Promise<void> {
    const plan = await story.plan();
    if (plan?.of !== 'machines' || plan.state.status !== 'running') throw new Error('it does not run');
    const step = { at: 'next' as const, call: 'start' as const };
    const { since } = plan.state;
    await story.store.transact((tx) => tx.savePlan(next(plan, { status: 'running', since, step })));
  }
});
