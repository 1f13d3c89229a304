import type { AuditDraft } from '../../domain/audit.ts';
import { evolve } from '../../domain/drain/evolve.ts';
import { narrate } from '../../domain/drain/narrate.ts';
import type { Drain, DrainEvent } from '../../domain/drain.ts';
import { noticeId } from '../../domain/ids.ts';
import type { NewId, Tx } from '../ports.ts';

/** Writes events of one drain, in order: its new state, the log's entries and the thread's messages, all in the
 * transaction at hand. Throws VersionConflict where the drain has moved on since it was read. */
export async function applyEvents(tx: Tx, drain: Drain, events: DrainEvent[], newId: NewId): Promise<Drain> {
  let now = drain;
  for (const event of events) {
    const before = now;
    now = evolve(before, event);
    await tx.saveDrain(now);
    const { audit, say } = narrate(before, now, event);
    if (audit !== null) {
      const thread = await tx.permalinkOf(now.thread);
      const place = { channel: now.channel, ...(thread === null ? {} : { thread }) };
      await tx.append({ ...auditOf(now), place, actor: { kind: 'bot' }, ...audit, at: event.at });
    }
    if (say !== null)
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'reply', thread: now.thread, broadcast: say.broadcast },
        notice: say.notice,
        createdAt: event.at,
      });
    await tx.cardStale(now.thread, event.at);
  }
  return now;
}

/** The fields by which the log ties an entry to its drain. */
export function auditOf(
  drain: Drain,
): Pick<AuditDraft, 'correlation' | 'cluster' | 'agent' | 'drain' | 'place'> {
  return {
    correlation: drain.correlation,
    cluster: drain.cluster,
    agent: { id: drain.agentId, hostname: drain.hostname },
    drain: drain.id,
    place: { channel: drain.channel },
  };
}
