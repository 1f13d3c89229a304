import type { KnownAgent } from '../../domain/agent.ts';
import type { AgentId, ClusterName, PlanId } from '../../domain/ids.ts';
import { type AgentsPlan, agentsHeld, agentsToCome, type Plan } from '../../domain/plan.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { RollingPlan } from '../../domain/rolling.ts';
import { labelOf } from '../../domain/target.ts';
import { Overtaken } from '../overtaken.ts';
import type { Tx } from '../ports.ts';

/** The plan whose turn for this agent is still to come; null: none. `besides`: the plan on whose behalf it is asked. */
export function holderOf(plans: readonly Plan[], agentId: AgentId, besides: PlanId | null): Plan | null {
  return plans.find((plan) => plan.id !== besides && agentsHeld(plan).includes(agentId)) ?? null;
}

/** That another plan has one of these agents; null: none has. `toCome`: also one that waits for its hour, as no two that do may
 * have the same. */
export async function objectionOfHolder(
  tx: Tx,
  { id, cluster, lines }: Pick<AgentsPlan | RollingPlan, 'id' | 'cluster' | 'lines'>,
  toCome: boolean,
): Promise<Refusal | null> {
  const others = (await tx.unendedPlans(cluster)).filter((each) => each.id !== id);
  for (const { agentId, hostname, shown, state } of lines) {
    const holder =
      state.is === 'todo'
        ? others.find((each) => (toCome ? agentsToCome(each) : agentsHeld(each)).includes(agentId))
        : undefined;
    if (holder === undefined) continue;
    const agent = { agentId, hostname, state: shown.state };
    return { code: 'held-by-plan', agent, plan: holder.id, permalink: await tx.permalinkOf(holder.thread) };
  }
  return null;
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
