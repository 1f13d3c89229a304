import type { Plan } from '../../domain/plan.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { Overtaken } from '../overtaken.ts';
import type { Tx } from '../ports.ts';

/** Throws an Overtaken where somebody, by a second click maybe, moved the plan on since it was read. */
export async function refuseUnlessAsRead(tx: Tx, { id, version }: Plan): Promise<void> {
  const now = await tx.plan(id);
  if (now?.version !== version) throw new Overtaken(settledBy(id, now));
}

/** That there is nothing left to confirm; null: nobody knows of such a plan any more. */
export function settledBy(plan: Plan['id'], now: Plan | null): Refusal {
  const how = now === null ? 'lost' : now.state.status === 'ended' ? now.state.end.kind : now.state.status;
  return { code: 'plan-settled', plan, how };
}
