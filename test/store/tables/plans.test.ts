import { describe, expect, it } from '@jest/globals';
import { AgentHeld, VersionConflict } from '../../../src/app/faults.ts';
import * as ids from '../../../src/domain/ids.ts';
import type { MachinesStep, Plan } from '../../../src/domain/plan.ts';
import { agentsPlan, machinesPlan, next } from '../../support/plan-samples.ts';
import { cleanUp, open } from '../fresh-store.ts';

cleanUp();

const at = ids.instant(2_000);
const running = { status: 'running', since: at } as const;
const ended = { status: 'ended', at, end: { kind: 'done' } } as const;
const { cluster } = agentsPlan();

/** Nothing of it fits into a number, and its machine lacks a part. */
const odd = {
  machines: [{ hostname: 'A.example', ip: null }],
  startNs: '9223372036854775807',
  durationNs: null,
};

describe('a plan in the store', () => {
  const leader = ids.masterId('m-1');
  const steps: MachinesStep[] = [
    { at: 'draining' },
    { at: 'next', call: 'schedule' },
    { at: 'calling', call: 'schedule', intendedAt: at, base: [odd] },
    {
      at: 'checking',
      call: 'start',
      base: null,
      between: [],
      intendedAt: at,
      why: 'timeout',
      noEffect: { leader, at },
      blindSince: at,
      toldAt: null,
    },
    {
      at: 'following',
      call: 'schedule',
      base: [],
      between: [[odd]],
      acceptedAt: at,
      amiss: { leader, at },
      toldAt: null,
    },
    {
      at: 'returning',
      since: at,
      toldAt: at,
      back: [{ machine: { hostname: 'a.example', ip: '10.0.0.1' }, agentId: ids.agentId('m-S9') }],
    },
  ];
  const cases: [string, Plan][] = [
    ['proposed', agentsPlan()],
    ['asked', agentsPlan({ state: { status: 'asked', approval: ids.approvalId(9) } })],
    ['over agents that runs', agentsPlan({ state: running })],
    ['ended', agentsPlan({ state: ended })],
    ...steps.map((step): [string, Plan] => [
      `over machines that is ${step.at}`,
      machinesPlan({ state: { ...running, step } }),
    ]),
  ];

  it.each(cases)('is read back as it was written: one %s', async (_, plan) => {
    const store = await open();
    await store.transact((tx) => tx.insertPlan(plan));
    expect(await store.plan(plan.id)).toEqual(plan);
    expect(await store.latestPlans(5)).toEqual([plan]);
    expect(await store.unendedPlans(cluster)).toEqual(plan.state.status === 'ended' ? [] : [plan]);
  });

  it('is numbered from p1', async () => {
    const store = await open();
    const numbers = await store.transact(async (tx) => [await tx.nextPlanId(), await tx.nextPlanId()]);
    expect(numbers).toEqual([1, 2]);
  });

  it('is not written over a version that somebody else wrote', async () => {
    const store = await open();
    const plan = agentsPlan();
    await store.transact((tx) => tx.insertPlan(plan));
    await store.transact((tx) => tx.savePlan(next(plan, running)));
    const late = store.transact((tx) => tx.savePlan(next(plan, ended)));
    await expect(late).rejects.toThrow(VersionConflict);
  });
});

describe('agents of plans', () => {
  const other = (state: Plan['state']) => ({ ...agentsPlan(), id: ids.planId(8), state }) as Plan;

  it('are not held by one that is only proposed', async () => {
    const store = await open();
    await store.transact((tx) => tx.insertPlan(agentsPlan()));
    await store.transact((tx) => tx.insertPlan(other(running)));
    expect(await store.unendedPlans(cluster)).toHaveLength(2);
  });

  it('are held by one plan at most, whatever it does with them', async () => {
    const store = await open();
    const down = machinesPlan({ state: { ...running, step: { at: 'draining' } } });
    await store.transact((tx) => tx.insertPlan(down));
    await expect(store.transact((tx) => tx.insertPlan(other(running)))).rejects.toThrow(AgentHeld);
    await store.transact((tx) => tx.insertPlan(agentsPlan()));
    const confirmed = next(agentsPlan(), running);
    await expect(store.transact((tx) => tx.savePlan(confirmed))).rejects.toThrow(AgentHeld);
  });

  it('are let go one by one as their lines end, and all at its end', async () => {
    const store = await open();
    const plan = agentsPlan({ state: running });
    const [first, second] = plan.lines;
    if (first === undefined || second === undefined) throw new Error('the sample has two lines');
    await store.transact((tx) => tx.insertPlan(plan));
    const gone = { ...first, state: { is: 'dropped' } as const };
    const half = { ...next(plan, running), lines: [gone, second] };
    await store.transact((tx) => tx.savePlan(half));
    await store.transact((tx) => tx.insertPlan({ ...agentsPlan({ lines: [first] }), id: ids.planId(5) }));
    await store.transact((tx) =>
      tx.insertPlan({ ...agentsPlan({ lines: [first], state: running }), id: ids.planId(6) }),
    );
    await store.transact((tx) => tx.savePlan(next(half, ended)));
    await store.transact((tx) =>
      tx.insertPlan({ ...agentsPlan({ lines: [second], state: running }), id: ids.planId(7) }),
    );
    expect((await store.latestPlans(9)).map(({ id }) => id)).toEqual([7, 6, 5, 3]);
  });
});
