import { describe, expect, it } from '@jest/globals';
import { type CancelDeps, cancel } from '../../src/app/approvals/cancel.ts';
import { makeWatchMachines } from '../../src/app/maintenance/watch-machines.ts';
import * as ids from '../../src/domain/ids.ts';
import type { MachinesStep } from '../../src/domain/plan.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { cleanUp, open } from '../store/fresh-store.ts';
import { planApproval } from '../support/covers-samples.ts';
import { fakeLog } from '../support/fake-log.ts';
import { machinesPlan, next } from '../support/plan-samples.ts';
import { alice, at, home, noon } from '../support/samples.ts';

cleanUp();
const atStart: MachinesStep = { at: 'next', call: 'start' };
const calling: MachinesStep = { at: 'calling', intendedAt: noon, call: 'schedule', base: [] };

/** A plan that is to take machines down, at this step; with its question, which stands. */
async function running(step: MachinesStep) {
  const store = await open();
  const approval = planApproval({
    plan: ids.planId(4),
    state: { status: 'standing', quorumAt: noon, since: noon, by: [], waits: null },
  });
  const approved = { approval: approval.id, by: [] };
  const plan = machinesPlan({ approved, state: { status: 'running', since: noon, step } });
  let id = 0;
  const deps = {
    ...{ store, log: fakeLog().log, master: { cluster: plan.cluster } },
    clock: { now: () => at(60), after: () => () => {} },
    newId: () => `id-${++id}`,
    policy: { current: () => defaultPolicy, trouble: () => null },
    ...{ timing: { pollMs: 1_000 }, onWritten: () => {} },
  };
  const typed = {
    ...{ user: alice.userId, team: home, userName: 'alice', channel: plan.channel, text: 'cancel p4' },
    ...{ triggerId: 't-1', responseUrl: 'https://slack.example/r', receivedAt: noon, via: 'typed' as const },
  };
  await store.transact(async (tx) => {
    await tx.takeIn(typed, plan.correlation);
    for (const { thread } of [plan, approval])
      await tx.openThread({
        ...{ id: thread, channel: plan.channel, rootNotice: ids.noticeId(`n-${thread}`) },
        ...{ drain: null, approval: null },
      });
    await tx.insertApproval(approval);
    await tx.insertPlan(plan);
  });
  const [taken] = await store.waitingCommands();
  if (taken === undefined) throw new Error('the command is not there');
  return {
    store,
    approval,
    cancel: () => cancel(deps as unknown as CancelDeps, { verb: 'cancel', work: { plan: plan.id } }, taken),
    goesOn: () =>
      store.transact((tx) => tx.savePlan(next(plan, { status: 'running', since: noon, step: atStart }))),
    watch: makeWatchMachines(deps as unknown as Parameters<typeof makeWatchMachines>[0]),
    state: async () => (await store.plan(plan.id))?.state,
    settled: async () => (await store.approval(approval.id))?.state.status,
  };
}

const stopped = (left: { drains: number[]; scheduled: boolean }) => ({
  status: 'ended',
  end: { kind: 'cancelled', by: { userId: alice.userId }, left },
});

describe('cancel of a plan that is to take machines down', () => {
  it.each<[string, MachinesStep, boolean]>([
    ['while it drains', { at: 'draining' }, false],
    ['after it scheduled them', atStart, true],
  ])('%s: its question is taken back, and the end says what stays', async (_, step, scheduled) => {
    const story = await running(step);
    expect(await story.cancel()).toEqual({ ok: true, value: 'settled' });
    expect(await story.state()).toMatchObject(stopped({ drains: [], scheduled }));
    expect(await story.settled()).toBe('settled');
    const told = (await story.store.outbox()).map(({ notice }) => notice);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'cancelled', begun: expect.anything() }));
  });

  it('while the schedule is on its way: follows that call, and the next never leaves', async () => {
    const story = await running(calling);
    await story.cancel();
    expect(await story.state()).toMatchObject({ status: 'running', step: calling });
    await story.goesOn();
    await story.watch(at(60));
    expect(await story.state()).toMatchObject(stopped({ drains: [], scheduled: true }));
  });

  it('goes on where nobody cancels it: its question lets the call leave', async () => {
    const story = await running(atStart);
    await story.watch(at(60));
    expect(await story.state()).toMatchObject({ status: 'running', step: atStart });
  });
});
