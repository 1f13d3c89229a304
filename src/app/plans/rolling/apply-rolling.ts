import { noticeId } from '../../../domain/ids.ts';
import type { RollingEvent } from '../../../domain/rolling/events.ts';
import { evolveRolling } from '../../../domain/rolling/evolve.ts';
import { narrateRolling } from '../../../domain/rolling/narrate.ts';
import type { RollingPlan } from '../../../domain/rolling.ts';
import type { NewId, Tx } from '../../ports.ts';
import { auditOfPlan } from '../apply-agents-plan.ts';

/** Writes events of a rolling plan as one step: its new state, the log's entries and the thread's messages, all in the
 * transaction at hand. Throws VersionConflict where it moved on, and AgentHeld where another plan took an agent of it. */
export async function applyRolling(
  tx: Tx,
  plan: RollingPlan,
  events: readonly RollingEvent[],
  newId: NewId,
): Promise<RollingPlan> {
  const [last] = events.slice(-1);
  if (last === undefined) return plan;
  const steps: { before: RollingPlan; after: RollingPlan; event: RollingEvent }[] = [];
  let now: RollingPlan = { ...plan, version: plan.version + 1 };
  for (const event of events) {
    const before = now;
    now = evolveRolling(before, event);
    steps.push({ before, after: now, event });
  }
  await tx.savePlan(now);
  for (const { before, after, event } of steps) {
    const { audit, say } = narrateRolling(before, after, event);
    if (audit !== null)
      await tx.append({ ...(await auditOfPlan(tx, after)), actor: { kind: 'bot' }, ...audit, at: event.at });
    if (say !== null)
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'reply', thread: after.thread, broadcast: say.broadcast },
        notice: say.notice,
        createdAt: event.at,
      });
  }
  if ([now, plan].some(({ state }) => state.status === 'running' || state.status === 'scheduled'))
    await tx.cardStale(now.thread, last.at);
  return now;
}
