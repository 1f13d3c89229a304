import type { PlanActs, PlanActsByKind } from '../approvals/plans/plan-acts.ts';
import { makeAgentsActs } from './agents/agents-acts.ts';

/** What is done with each kind of plan once people have been asked. */
export function makePlanActs(deps: Parameters<typeof makeAgentsActs>[0]): PlanActsByKind {
  return { agents: makeAgentsActs(deps), machines: notAsked };
}

/** Nothing asks for such a plan yet. */
const notAsked: PlanActs = {
  look: () => Promise.reject(new TypeError('no such plan is asked for')),
  overtakenBy: () => Promise.reject(new TypeError('no such plan is asked for')),
  begin: () => Promise.reject(new TypeError('no such plan is asked for')),
  send: () => Promise.reject(new TypeError('no such plan is asked for')),
};
