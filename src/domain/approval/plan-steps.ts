import type { Plan } from '../plan.ts';
import { toMarkGone } from '../rolling/marking.ts';

/** What follows when enough people approve a plan. `begin`: the approval is used up, and the plan does the rest. `stand`: it
 * begins with what can be undone, and the approval stands for the call that can't. `send`: that call is the first. */
export type FirstOfPlan = 'begin' | 'stand' | 'send';

/** How this plan begins. */
export function firstOfPlan(plan: Plan): FirstOfPlan {
  if (plan.of === 'rolling') return plan.work.afterwards.do === 'mark-gone' ? 'stand' : 'begin';
  if (plan.of === 'agents' || plan.work.do !== 'start') return 'begin';
  return plan.work.window === null && plan.work.drainFirst === null ? 'send' : 'stand';
}

/** Whether the turn of the call has come that its approval stands for. */
export function isLastCallDue(plan: Plan): boolean {
  // Of a rolling one each agent has a last call of its own.
  if (plan.of === 'rolling') return toMarkGone(plan).length > 0;
  if (plan.of !== 'machines' || plan.state.status !== 'running') return false;
  const { step } = plan.state;
  return step.at === 'next' && step.call === 'start';
}
