import type { Settlement } from '../../../domain/approval.ts';
import type { ApprovalId, Instant } from '../../../domain/ids.ts';
import type { RollingEvent } from '../../../domain/rolling/events.ts';
import { mayHalt } from '../../../domain/rolling/halt.ts';
import type { RollingPlan } from '../../../domain/rolling.ts';
import { applyEvents } from '../../drains/apply-events.ts';
import type { NewId, Tx } from '../../ports.ts';
import { applyRolling } from './apply-rolling.ts';

/** Nobody's votes stand for marking its agents gone any more: from here on they stay out of service as plain drains, the safe
 * direction, and the next wave waits until somebody has it go on like that. */
export async function dropMarking(
  tx: Tx,
  plan: RollingPlan,
  approval: ApprovalId,
  how: Settlement,
  at: Instant,
  newId: NewId,
): Promise<void> {
  if (plan.work.afterwards.do !== 'mark-gone') return;
  const why = { code: 'votes' as const, approval, why: how.how.replaceAll('-', ' ') };
  const events: RollingEvent[] = [
    { type: 'marking-dropped', at },
    ...(mayHalt(plan) ? [{ type: 'halted' as const, at, why }] : []),
  ];
  await applyRolling(tx, plan, events, newId);
  const begun = [...(await tx.openDrains(plan.cluster)), ...(await tx.outOfService(plan.cluster))];
  const marking = await tx.openMarkGones(plan.cluster);
  // What is being marked gone has its order, and tells what becomes of it.
  for (const drain of begun)
    if (drain.plan === plan.id && drain.goneNext && !marking.some(({ agentId }) => agentId === drain.agentId))
      await applyEvents(tx, drain, [{ type: 'gone-dropped', at }], newId);
}
