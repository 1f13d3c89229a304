import type { AuditDraft } from '../../domain/audit.ts';
import { isUsualReturn } from '../../domain/drain/usual.ts';
import { givesWay } from '../../domain/drain.ts';
import { type MasterId, noticeId } from '../../domain/ids.ts';
import { evolveReactivation } from '../../domain/reactivation/evolve.ts';
import { narrateReactivation } from '../../domain/reactivation/narrate.ts';
import type { Reactivation, ReactivationEvent } from '../../domain/reactivation.ts';
import { applyEvents } from '../drains/apply-events.ts';
import { placeInLog } from '../place-in-log.ts';
import type { NewId, Tx } from '../ports.ts';

/** Writes events of one reactivation, in order: its new state, the log's entries, the thread's messages, and the end
 * of the drain that it undoes, all in the transaction at hand. `master`: the leader whose word they rest on; null: nobody's. Throws
 * VersionConflict where it has moved on. */
export async function applyReactivation(
  tx: Tx,
  reactivation: Reactivation,
  events: ReactivationEvent[],
  newId: NewId,
  master: MasterId | null = null,
): Promise<void> {
  let now = reactivation;
  for (const event of events) {
    now = evolveReactivation(now, event);
    await tx.saveReactivation(now);
    const { audit, say } = narrateReactivation(now, event);
    if (audit !== null)
      await tx.append({
        ...(await auditOfReactivation(tx, now)),
        actor: { kind: 'bot' },
        ...(master === null ? {} : { master }),
        ...audit,
        at: event.at,
      });
    if (say !== null && !(now.quiet && isUsualReturn(event)))
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'reply', thread: now.thread, broadcast: say.broadcast },
        notice: say.notice,
        createdAt: event.at,
      });
    if (event.type === 'call-accepted' || event.type === 'effect-seen')
      await endDrain(tx, now, event.at, newId);
  }
}

/** From here on the agent is no longer out of service at the master, and the sweep has nothing more to follow. */
async function endDrain(tx: Tx, reactivation: Reactivation, at: ReactivationEvent['at'], newId: NewId) {
  const drain = reactivation.drain === null ? null : await tx.drain(reactivation.drain);
  // Somebody may have closed it meanwhile.
  if (drain === null || (drain.state.status !== 'drained' && !givesWay(drain))) return;
  const end = { kind: 'reactivated', by: reactivation.requester } as const;
  // Told in the drain's own thread by the reactivation itself, unless that is a line of a plan elsewhere.
  const told = drain.thread === reactivation.thread ? { told: true as const } : {};
  await applyEvents(tx, drain, [{ type: 'ended', at, end, ...told }], newId);
}

/** The fields by which the log ties an entry to its reactivation. */
export async function auditOfReactivation(
  tx: Tx,
  reactivation: Reactivation,
): Promise<Pick<AuditDraft, 'correlation' | 'cluster' | 'agent' | 'drain' | 'plan' | 'place' | 'reason'>> {
  return {
    correlation: reactivation.correlation,
    cluster: reactivation.cluster,
    agent: { id: reactivation.agentId, hostname: reactivation.hostname },
    ...(reactivation.drain === null ? {} : { drain: reactivation.drain }),
    ...(reactivation.plan === null ? {} : { plan: reactivation.plan }),
    place: await placeInLog(tx, reactivation),
    ...(reactivation.reason === null ? {} : { reason: reactivation.reason }),
  };
}
