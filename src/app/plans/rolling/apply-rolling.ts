import { noticeId } from '../../../domain/ids.ts';
import type { RollingEvent } from '../../../domain/rolling/events.ts';
import { evolveRolling } from '../../../domain/rolling/evolve.ts';
import { narrateRolling } from '../../../domain/rolling/narrate.ts';
import type { RollingPlan } from '../../../domain/rolling.ts';
import type { NewId, Tx } from '../../ports.ts';
import { auditOfPlan } from '../apply-agents-plan.ts';

/** Writes events of a rolling plan, in order: its new state, the log's entries and the thread's messages, all in the
 * transaction at hand. Throws VersionConflict where it moved on, and AgentHeld where another plan took an agent of it. */
export async function applyRolling(
  tx: Tx,
  plan: RollingPlan,
  events: readonly RollingEvent[],
  newId: NewId,
): Promise<RollingPlan> {
  let now = plan;
  for (const event of events) {
    const before = now;
    now = evolveRolling(before, event);
    await tx.savePlan(now);
    const { audit, say } = narrateRolling(before, now, event);
    if (audit !== null)
      await tx.append({ ...(await auditOfPlan(tx, now)), actor: { kind: 'bot' }, ...audit, at: event.at });
    if (say !== null)
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'reply', thread: now.thread, broadcast: say.broadcast },
        notice: say.notice,
        createdAt: event.at,
      });
    if (now.state.status === 'running' || before.state.status === 'running')
      await tx.cardStale(now.thread, event.at);
  }
  return now;
}
