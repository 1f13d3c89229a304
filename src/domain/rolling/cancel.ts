import type { Instant } from '../ids.ts';
import type { Person } from '../person.ts';
import type { RollingLine, RollingLineState, RollingPlan } from '../rolling.ts';
import type { RollingEvent } from './events.ts';

/** What a cancel makes of a running plan at once. What drains goes on; what it has only kept away is given back from here on,
 * one whose call may still be on its way once that is known. */
export function cancelled(plan: RollingPlan, by: Person, at: Instant): RollingEvent[] {
  const moved = plan.lines.flatMap((line): RollingEvent[] => {
    const to = afterCancel(line);
    return to === null ? [] : [{ type: 'line-moved', at, agentId: line.agentId, from: line.state.is, to }];
  });
  return [{ type: 'phase-begun', at, phase: { at: 'giving-back', by } }, ...moved];
}

function afterCancel({ state }: RollingLine): RollingLineState | null {
  if (state.is === 'todo') return { is: 'dropped' };
  // Others had it out of service: that is not its to end.
  if (state.is === 'kept-away' && !state.ours) return { is: 'dropped' };
  return state.is === 'drained' ? { is: 'done', how: 'drained', drain: state.drain } : null;
}
