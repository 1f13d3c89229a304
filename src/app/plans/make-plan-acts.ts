import type { PlanActsByKind } from '../approvals/plans/plan-acts.ts';
import type { ConfirmMachinesDeps } from '../maintenance/confirm-machines.ts';
import { makeMachinesActs } from '../maintenance/machines-acts.ts';
import { makeAgentsActs } from './agents/agents-acts.ts';
import { makeRollingActs } from './rolling/rolling-acts.ts';

/** What is done with each kind of plan once people have been asked. */
export function makePlanActs(
  deps: Parameters<typeof makeAgentsActs>[0] & ConfirmMachinesDeps,
): PlanActsByKind {
  return {
    agents: makeAgentsActs(deps),
    rolling: makeRollingActs(deps),
    machines: makeMachinesActs(deps),
  };
}
