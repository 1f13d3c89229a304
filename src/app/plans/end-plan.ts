import type { Instant } from '../../domain/ids.ts';
import type { Plan, PlanEnd } from '../../domain/plan.ts';
import { applyMachines } from '../maintenance/apply-machines.ts';
import type { NewId, Tx } from '../ports.ts';
import { applyAgentsPlan } from './apply-agents-plan.ts';
import { applyRolling } from './rolling/apply-rolling.ts';

/** Ends a plan of either kind, by its own rules of what is told and filed. Nothing more of it is begun; what has begun has
 * records of its own, and goes on. Throws VersionConflict where the plan moved on. */
export async function endPlan(tx: Tx, plan: Plan, end: PlanEnd, at: Instant, newId: NewId): Promise<void> {
  const event = { type: 'ended' as const, at, end };
  switch (plan.of) {
    case 'agents':
      await applyAgentsPlan(tx, plan, [event], newId);
      return;
    case 'rolling':
      await applyRolling(tx, plan, [event], newId);
      return;
    case 'machines':
      await applyMachines(tx, plan, [event], newId);
  }
}
