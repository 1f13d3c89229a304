import { expect, it } from '@jest/globals';
import { sendStep } from '../../src/app/maintenance/send-step.ts';
import { Overtaken } from '../../src/app/overtaken.ts';
import type { Tx } from '../../src/app/ports.ts';
import type { SubmitCall } from '../../src/app/submit-call.ts';
import { instant, planId } from '../../src/domain/ids.ts';
import type { MachinesStep, Plan } from '../../src/domain/plan.ts';
import { fakeLog } from '../support/fake-log.ts';
import { machinesPlan } from '../support/plan-samples.ts';

const at = instant(2_000);
const running = { status: 'running', since: at } as const;
const calling: MachinesStep = { at: 'calling', call: 'schedule', intendedAt: at, base: [] };
const checking: MachinesStep = {
  ...{ at: 'checking', call: 'schedule', intendedAt: at, base: [], between: [] },
  ...{ why: 'timeout', noEffect: null, blindSince: null, toldAt: null },
};
const next: MachinesStep = { at: 'next', call: 'schedule' };
const plan = machinesPlan({ state: { ...running, step: next } });
const another = (step: MachinesStep): Plan =>
  machinesPlan({ id: planId(8), lines: [], state: { ...running, step } });

/** Whether the intent of a schedule may be written beside these plans. */
async function intended(beside: Plan[]): Promise<boolean> {
  const saved: Plan[] = [];
  const tx: Partial<Tx> = {
    unendedPlans: async () => [plan, ...beside],
    savePlan: async (now) => void saved.push(now),
    cardStale: async () => {},
    permalinkOf: async () => null,
  };
  const submitCall: SubmitCall = async ({ record }) => {
    await record(tx as Tx, at);
    return { kind: 'accepted', httpStatus: 200, body: '', master: null, url: '' };
  };
  try {
    await sendStep({ submitCall, newId: () => 'id', log: fakeLog().log }, plan, {
      call: 'schedule',
      windows: [],
    });
  } catch (fault) {
    if (!(fault instanceof Overtaken)) throw fault;
  }
  return saved.length > 0;
}

it.each<[string, Plan[], boolean]>([
  ['goes out where no other plan is writing', [another(next)], true],
  ['waits while the call of another plan is on its way', [another(calling)], false],
  ['waits while nobody knows what became of the call of another', [another(checking)], false],
])('a write of the schedule %s', async (_, beside, expected) => {
  expect(await intended(beside)).toBe(expected);
});
