import { isAmong } from '../maintenance/machine.ts';
import type { MachinesPlan, Plan } from '../plan.ts';
import type { MachineChange } from './machines.ts';

/** Whether a plan of ours brings a machine to where the schedule has it now. `plans`: those that ran since it was last seen
 * otherwise. */
export function isByPlan({ machine, now }: MachineChange, plans: readonly Plan[]): boolean {
  return plans.some((plan) => {
    if (plan.of !== 'machines' || !hasRun(plan)) return false;
    if (!plan.lines.some((line) => isAmong(line.machine, [machine]))) return false;
    const { work } = plan;
    if (work.do === 'clear' || work.do === 'stop') return now === null;
    if (now === null) return false;
    if (now.down) return work.do === 'start';
    return (
      work.window !== null &&
      BigInt(work.window.startNs) / 1_000_000n === BigInt(now.start) &&
      (work.window.durationNs === null ? null : Number(work.window.durationNs) / 1e6) === now.durationMs
    );
  });
}

/** The running plan that a machine belongs to; null: none. */
export function runningPlanOn(
  machine: MachineChange['machine'],
  plans: readonly Plan[],
): MachinesPlan | null {
  for (const plan of plans)
    if (
      plan.of === 'machines' &&
      plan.state.status === 'running' &&
      plan.lines.some((line) => isAmong(line.machine, [machine]))
    )
      return plan;
  return null;
}

/** Whether a call of it may have left. */
function hasRun({ state }: MachinesPlan): boolean {
  if (state.status === 'running') return true;
  if (state.status !== 'ended') return false;
  const { kind } = state.end;
  return kind !== 'not-confirmed' && kind !== 'not-approved';
}
