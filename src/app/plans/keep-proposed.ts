import { factsOf } from '../../domain/audit/facts.ts';
import type { Instant, PlanId } from '../../domain/ids.ts';
import type { AgentsPlan } from '../../domain/plan.ts';
import type { RollingPlan } from '../../domain/rolling.ts';
import type { auditOfCommand } from '../commands/record.ts';
import type { Tx } from '../ports.ts';

type Proposed = Omit<AgentsPlan, 'id'> | Omit<RollingPlan, 'id'>;

/** Writes a list of agents that waits to be confirmed, and that its asker was shown it. `agents`: what the log has of each.
 * Null: nothing of it can be done, so that it is only shown. */
export async function keepProposed(
  tx: Tx,
  plan: Proposed,
  agents: readonly object[],
  { audit, startedAt, at }: { audit: ReturnType<typeof auditOfCommand>; startedAt: Instant; at: Instant },
): Promise<{ id: PlanId; expiresAt: Instant } | null> {
  let kept: { id: PlanId; expiresAt: Instant } | null = null;
  if (plan.state.status === 'proposed' && plan.lines.some(({ state }) => state.is === 'todo')) {
    kept = { id: await tx.nextPlanId(), expiresAt: plan.state.expiresAt };
    await tx.insertPlan({ ...plan, id: kept.id });
  }
  const accepted = plan.beside?.accepted ?? [];
  await tx.append({
    ...audit,
    at,
    event: 'command.answered',
    cluster: plan.cluster,
    ...(kept === null ? {} : { plan: kept.id }),
    ...(plan.reason === null ? {} : { reason: plan.reason }),
    decision: kept === null ? 'nothing to do' : 'shown',
    durationMs: at - startedAt,
    facts: factsOf({
      agents,
      because: plan.because.map(({ why }) => why),
      ...(accepted.length === 0 ? {} : { beside: accepted }),
    }),
  });
  return kept;
}
