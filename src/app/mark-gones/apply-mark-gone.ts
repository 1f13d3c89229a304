import { approvalInLog } from '../../domain/audit/approval-in-log.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import type { DrainEvent } from '../../domain/drain.ts';
import { type MasterId, noticeId } from '../../domain/ids.ts';
import { evolveMarkGone } from '../../domain/mark-gone/evolve.ts';
import { narrateMarkGone } from '../../domain/mark-gone/narrate.ts';
import type { MarkGone, MarkGoneEnd, MarkGoneEvent } from '../../domain/mark-gone.ts';
import { applyEvents } from '../drains/apply-events.ts';
import { placeInLog } from '../place-in-log.ts';
import type { NewId, Tx } from '../ports.ts';

/** Writes events of one mark gone, in order: its new state, the log's entries, the thread's messages, and what they mean
 * for the drain that it completes, all in the transaction at hand. `master`: the leader whose word they rest on; null: nobody's. Throws VersionConflict where it has
 * moved on. */
export async function applyMarkGone(
  tx: Tx,
  marking: MarkGone,
  events: MarkGoneEvent[],
  newId: NewId,
  master: MasterId | null = null,
): Promise<void> {
  let now = marking;
  for (const event of events) {
    now = evolveMarkGone(now, event);
    await tx.saveMarkGone(now);
    const { audit, say } = narrateMarkGone(now, event);
    if (audit !== null)
      await tx.append({
        ...(await auditOfMarkGone(tx, now)),
        actor: { kind: 'bot' },
        ...(master === null ? {} : { master }),
        ...audit,
        at: event.at,
      });
    // Of many, only the ends are told, and what is unusual.
    const isUsual = event.type === 'call-accepted' || event.type === 'effect-seen';
    if (say !== null && !(isUsual && now.plan !== undefined))
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'reply', thread: now.thread, broadcast: say.broadcast },
        notice: say.notice,
        createdAt: event.at,
      });
    if (now.state.status === 'ended') await completeDrain(tx, now, event.at, newId);
    const approval = await tx.approval(now.approval);
    const threads = new Set([now.thread, ...(approval === null ? [] : [approval.thread])]);
    // A question that was asked beside a drain under way has a message of its own.
    for (const thread of threads) await tx.cardStale(thread, event.at);
  }
}

/** Gone ends the drain with it; any other end leaves a plain drain, proven and out of service. */
async function completeDrain(tx: Tx, marking: MarkGone, at: MarkGoneEvent['at'], newId: NewId) {
  const { call, state, requester } = marking;
  if (state.status !== 'ended') return;
  if (call.by === 'mark-agent-gone') return endWithIt(tx, marking, state.end, at, newId);
  const drain = await tx.drain(call.drain);
  // Somebody may have closed it meanwhile.
  if (drain?.state.status !== 'drained') return;
  const { end } = state;
  const event: DrainEvent =
    end.kind === 'gone'
      ? { type: 'ended', at, end: { ...end, by: requester }, told: true }
      : { type: 'gone-dropped', at };
  await applyEvents(tx, drain, [event], newId);
}

/** MARK_AGENT_GONE is asked in a thread of its own, perhaps of an agent whose drain goes on in another: that one is told
 * there, with by whom. */
async function endWithIt(
  tx: Tx,
  { cluster, agentId, requester, thread }: MarkGone,
  end: MarkGoneEnd,
  at: MarkGoneEvent['at'],
  newId: NewId,
) {
  if (end.kind !== 'gone') return;
  const drains = [...(await tx.openDrains(cluster)), ...(await tx.outOfService(cluster))];
  const drain = drains.find((each) => each.agentId === agentId && each.state.status !== 'calling');
  if (drain === undefined) return;
  const gone: DrainEvent = { type: 'ended', at, end: { ...end, by: requester } };
  await applyEvents(tx, drain, [drain.thread === thread ? { ...gone, told: true } : gone], newId);
}

/** The fields by which the log ties an entry to its mark gone. */
export async function auditOfMarkGone(
  tx: Tx,
  marking: MarkGone,
): Promise<
  Pick<AuditDraft, 'correlation' | 'cluster' | 'agent' | 'drain' | 'plan' | 'approval' | 'place' | 'reason'>
> {
  const { correlation, cluster, agentId, hostname, call, plan } = marking;
  const { approval, approvedBy, channel, thread, reason } = marking;
  return {
    correlation,
    cluster,
    agent: { id: agentId, hostname },
    ...(call.by === 'second-drain' ? { drain: call.drain } : {}),
    ...(plan === undefined ? {} : { plan }),
    approval: approvalInLog({ approval, by: approvedBy }),
    place: await placeInLog(tx, { channel, thread }),
    reason,
  };
}
