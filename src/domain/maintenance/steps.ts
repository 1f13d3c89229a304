import type { MachineCall } from '../call.ts';
import type { MachinesCall, MachinesPlan, MachinesStep, MachinesWork } from '../plan.ts';
import { merged, type ScheduleChange } from './merge.ts';
import { spanOf } from './text.ts';
import type { Window } from './window.ts';

/** What a plan is at first, once it runs. DRAIN comes before the schedule: a scheduled machine's agent can't be drained. */
export function firstStep(work: MachinesWork): MachinesStep {
  if (work.do !== 'start') return { at: 'next', call: work.do };
  if (work.drainFirst !== null) return { at: 'draining' };
  return { at: 'next', call: work.window === null ? 'start' : 'schedule' };
}

/** The call that comes after this one, or after its drains (null); null: it was the last. */
export function callAfter(work: MachinesWork, done: MachinesCall | null): MachinesCall | null {
  if (work.do !== 'start') return null;
  if (done === null) return work.window === null ? 'start' : 'schedule';
  return done === 'schedule' ? 'start' : null;
}

/** What a call does to the schedule; null: it does not write it. */
export function changeBy(
  { work, lines }: Pick<MachinesPlan, 'work' | 'lines'>,
  call: MachinesCall,
): ScheduleChange | null {
  const machines = lines.map(({ machine }) => machine);
  if (call === 'clear') return { to: 'clear', machines };
  if (call !== 'schedule' || work.do === 'clear' || work.do === 'stop' || work.window === null) return null;
  return { to: 'schedule', machines, span: spanOf(work.window) };
}

/** The call as the master is to get it. `base`: the schedule as it was read just before. */
export function masterCall(plan: MachinesPlan, call: MachinesCall, base: readonly Window[]): MachineCall {
  const machines = plan.lines.map(({ machine }) => machine);
  if (call === 'start') return { type: 'START_MAINTENANCE', machines };
  if (call === 'stop') return { type: 'STOP_MAINTENANCE', machines };
  const change = changeBy(plan, call);
  if (change === null) throw new TypeError(`a plan to ${plan.work.do} has no call to ${call}`);
  return { type: 'UPDATE_MAINTENANCE_SCHEDULE', windows: merged(base, change) };
}
