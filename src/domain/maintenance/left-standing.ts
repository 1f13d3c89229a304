import type { DrainId } from '../ids.ts';
import type { MachinesPlan, Plan } from '../plan.ts';
import type { Refusal } from '../refusal.ts';

/** What a plan over machines has done that stays as it is where the rest of it is not done. */
export interface LeftStanding {
  drains: DrainId[];
  /** It wrote its machines into the schedule itself. */
  scheduled: boolean;
}

/** What stays if it stops now. Its last write is of known fate. */
export function leftStanding({ work, lines, state }: MachinesPlan): LeftStanding {
  const drains = lines.flatMap(({ agents }) => agents.flatMap(({ drain }) => drain ?? []));
  const step = state.status === 'running' ? state.step : null;
  const wrote =
    (step?.at === 'next' && step.call === 'start') || (step?.at === 'following' && step.call === 'schedule');
  return { drains, scheduled: work.do === 'start' && work.window !== null && wrote };
}

/** The same of a plan of either kind, to go with its end. */
export function leftBy(plan: Plan): { left?: LeftStanding } {
  return plan.of === 'machines' ? { left: leftStanding(plan) } : {};
}

/** Why it can't be stopped now; null: it can. Only between its calls, for one that has left, or may have, is followed to its
 * end. */
export function whyNotStopped(plan: MachinesPlan): Refusal | null {
  const { id, state, lines } = plan;
  if (state.status !== 'running') return null;
  const { step } = state;
  switch (step.at) {
    case 'draining':
    case 'next':
      return null;
    case 'calling':
    case 'checking':
    case 'following':
    case 'returning': {
      const call = step.at === 'returning' ? ('stop' as const) : step.call;
      return { code: 'plan-calls', plan: id, call, machines: lines.map(({ machine }) => machine) };
    }
  }
}
