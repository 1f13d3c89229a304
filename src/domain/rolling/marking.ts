import type { RollingLine, RollingLineState, RollingPlan } from '../rolling.ts';
import { dueOf } from './due.ts';

/** The agents that are to be marked gone now: proven empty, and nothing holds the plan. */
export function toMarkGone(plan: RollingPlan): RollingLine[] {
  // By no clock: what is drained waits for votes and looks alone.
  return plan.state.status === 'running' ? dueOf(plan, plan.state.since).markGone : [];
}

/** Whether agents beside this one may still be marked gone on the plan's approval, which stands as long. */
export function othersMayFollow({ lines }: Pick<RollingPlan, 'lines'>, { agentId }: RollingLine): boolean {
  return lines.some((line) => line.agentId !== agentId && mayBeMarked(line.state));
}

function mayBeMarked({ is }: RollingLineState): boolean {
  switch (is) {
    case 'todo':
    case 'deactivating':
    case 'kept-away':
    case 'draining':
    case 'drained':
      return true;
    case 'marking':
    case 'returning':
    case 'done':
    case 'given-back':
    case 'failed':
    case 'refused':
    case 'dropped':
      return false;
  }
}
