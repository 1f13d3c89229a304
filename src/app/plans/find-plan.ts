import { type PlanId, showPlanId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import type { Store } from '../ports.ts';

/** The plan of this number. A proposed one is its asker's alone, and nobody else is told of it. */
export async function findPlan(store: Store, id: PlanId): Promise<Result<Plan>> {
  const plan = await store.plan(id);
  if (plan !== null) return ok(plan);
  const near = (await store.latestPlans(3)).filter(({ state }) => state.status !== 'proposed');
  return refuse({ code: 'no-such-plan', typed: showPlanId(id), near: near.map((each) => each.id) });
}
