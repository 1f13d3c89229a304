import type { AgentId } from '../ids.ts';
import type { RollingLineState, RollingPlan } from '../rolling.ts';

/** The agents that a plan which is asked for or runs holds: all that wait for their turn, or for what is to become of them. What
 * has a record of its own under way is guarded by that. */
export function heldByRolling({ lines }: Pick<RollingPlan, 'lines'>): AgentId[] {
  return lines.filter(({ state }) => isHeld(state)).map(({ agentId }) => agentId);
}

function isHeld({ is }: RollingLineState): boolean {
  switch (is) {
    case 'todo':
    case 'deactivating':
    case 'kept-away':
    case 'drained':
      return true;
    case 'draining':
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
