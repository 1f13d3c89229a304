import type { ConfirmCommand } from '../../domain/command.ts';
import type { Notice } from '../../domain/notice.ts';
import { type Result, refuse } from '../../domain/refusal.ts';
import type { InboxCommand, Store } from '../ports.ts';
import { findPlan } from './find-plan.ts';

/** `confirm PLAN`. */
export async function confirmPlan(
  { store }: { store: Store },
  { plan }: ConfirmCommand,
  _typed: InboxCommand,
): Promise<Result<'settled' | Notice>> {
  const found = await findPlan(store, plan);
  return found.ok ? refuse({ code: 'plan-settled', plan, how: 'kept' }) : found;
}
