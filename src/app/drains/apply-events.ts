import { approvalInLog } from '../../domain/audit/approval-in-log.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import type { Command } from '../../domain/command.ts';
import { evolve } from '../../domain/drain/evolve.ts';
import { narrate } from '../../domain/drain/narrate.ts';
import { isUsualStep } from '../../domain/drain/usual.ts';
import type { Drain, DrainEvent } from '../../domain/drain.ts';
import { type MasterId, noticeId, type PlanId } from '../../domain/ids.ts';
import { auditOfCommand } from '../commands/record.ts';
import { placeInLog } from '../place-in-log.ts';
import type { InboxCommand, NewId, Tx } from '../ports.ts';

/** Writes events of one drain, in order: its new state, the log's entries and the thread's messages, all in the
 * transaction at hand. `master`: the leader whose word they rest on; null: nobody's. Throws VersionConflict where the drain has
 * moved on since it was read. */
export async function applyEvents(
  tx: Tx,
  drain: Drain,
  events: DrainEvent[],
  newId: NewId,
  master: MasterId | null = null,
): Promise<Drain> {
  let now = drain;
  for (const event of events) {
    const before = now;
    now = evolve(before, event);
    await tx.saveDrain(now);
    const { audit, say } = narrate(before, now, event);
    if (audit !== null) {
      const { approval, ...about } = await auditOf(tx, now);
      await tx.append({
        ...about,
        // What others did, they did on nobody's approval.
        ...(approval === undefined || audit.actor?.kind === 'outside' ? {} : { approval }),
        actor: { kind: 'bot' },
        ...(master === null ? {} : { master }),
        ...audit,
        at: event.at,
      });
    }
    if (say !== null && !(now.quiet && isUsualStep(event)))
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'reply', thread: now.thread, broadcast: say.broadcast },
        notice: say.notice.kind === 'drained' ? { ...say.notice, ...(await thenDown(tx, now)) } : say.notice,
        createdAt: event.at,
      });
    await tx.cardStale(now.thread, event.at);
  }
  return now;
}

/** Which plan it was drained for, so that nobody goes to work on a machine that is still up. */
async function thenDown(tx: Tx, { plan: id }: Drain): Promise<{ thenDown?: PlanId }> {
  const plan = id === null ? null : await tx.plan(id);
  return plan?.of === 'machines' && plan.state.status === 'running' ? { thenDown: plan.id } : {};
}

/** The fields by which the log ties an entry to its drain, with on whose approval it goes and why. */
export async function auditOf(
  tx: Tx,
  drain: Drain,
): Promise<Tied & Pick<AuditDraft, 'correlation' | 'approval' | 'place' | 'reason'>> {
  return {
    ...tied(drain),
    correlation: drain.correlation,
    ...(drain.approved === null ? {} : { approval: approvalInLog(drain.approved) }),
    place: await placeInLog(tx, drain),
    ...(drain.reason === null ? {} : { reason: drain.reason }),
  };
}

/** The fields of an entry about a command to a drain that is there already: its asker, reason and approval are the command's. */
export async function auditOfCommandTo(
  tx: Tx,
  drain: Drain,
  typed: InboxCommand,
  parsed: Command,
): Promise<Tied & ReturnType<typeof auditOfCommand>> {
  const place = { ...(await placeInLog(tx, drain)), channel: typed.channel };
  return { ...tied(drain), ...auditOfCommand(typed, parsed), place };
}

type Tied = Pick<AuditDraft, 'cluster' | 'agent' | 'drain' | 'plan'>;

function tied({ cluster, agentId, hostname, id, plan }: Drain): Tied {
  return { cluster, agent: { id: agentId, hostname }, drain: id, ...(plan === null ? {} : { plan }) };
}
