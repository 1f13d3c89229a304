import { planNamedIn, type Targets } from '../../../domain/targets.ts';
import type { Master, Store } from '../../ports.ts';

/** The agents that a plan keeps out of service, where that plan is all that was named, as `p3`; else what was named. A plan's
 * number wins over an agent of that name. */
export async function withPlanNamed(
  { store, master }: { store: Store; master: Pick<Master, 'cluster'> },
  targets: Targets,
): Promise<Targets> {
  const id = planNamedIn(targets);
  const plan = id === null ? null : await store.plan(id);
  if (plan === null || plan.of === 'machines' || plan.cluster !== master.cluster) return targets;
  const out = (await store.outOfService(master.cluster)).filter(({ drain }) => drain.plan === plan.id);
  return out.length === 0 ? targets : { names: out.map(({ drain }) => ({ typed: drain.agentId })) };
}
