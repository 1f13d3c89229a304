import type { KnownAgent } from '../../domain/agent.ts';
import type { AgentId, ClusterName, PlanId } from '../../domain/ids.ts';
import { agentsHeld, type Plan } from '../../domain/plan.ts';
import { labelOf } from '../../domain/target.ts';
import { Overtaken } from '../overtaken.ts';
import type { Tx } from '../ports.ts';

/** The plan whose turn for this agent is still to come; null: none. `besides`: the plan on whose behalf it is asked. */
export function holderOf(plans: readonly Plan[], agentId: AgentId, besides: PlanId | null): Plan | null {
  return plans.find((plan) => plan.id !== besides && agentsHeld(plan).includes(agentId)) ?? null;
}

/** What a plan is about to do with an agent is not done beside it: throws an Overtaken. */
export async function refuseIfHeld(
  tx: Tx,
  agent: KnownAgent,
  cluster: ClusterName,
  besides: PlanId | null,
): Promise<void> {
  const plan = holderOf(await tx.unendedPlans(cluster), agent.agentId, besides);
  if (plan === null) return;
  const permalink = await tx.permalinkOf(plan.thread);
  throw new Overtaken({ code: 'held-by-plan', agent: labelOf(agent), plan: plan.id, permalink });
}
