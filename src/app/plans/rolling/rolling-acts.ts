import type { PlanActs } from '../../approvals/plans/plan-acts.ts';
import type { makeAgentsActs } from '../agents/agents-acts.ts';

/** What questions about rolling plans need to have done. */
export function makeRollingActs(_deps: Parameters<typeof makeAgentsActs>[0]): PlanActs {
  const notYet = () => Promise.reject(new TypeError('rolling plans are not proposed yet'));
  return { look: notYet, overtakenBy: notYet, begin: notYet, send: notYet };
}
