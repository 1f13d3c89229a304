import type { CancelCommand } from '../../domain/command.ts';
import type { PlanId } from '../../domain/ids.ts';
import { type Result, refuse } from '../../domain/refusal.ts';
import type { InboxCommand, Store } from '../ports.ts';
import { findPlan } from './find-plan.ts';

/** `cancel PLAN`. */
export async function cancelPlan(
  { store }: { store: Store },
  _command: CancelCommand,
  id: PlanId,
  _typed: InboxCommand,
): Promise<Result<'settled'>> {
  const found = await findPlan(store, id);
  return found.ok ? refuse({ code: 'plan-settled', plan: id, how: 'kept' }) : found;
}
