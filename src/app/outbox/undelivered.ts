import type { AuditDraft } from '../../domain/audit.ts';
import { correlationId, type Instant } from '../../domain/ids.ts';
import { auditOfApproval } from '../approvals/apply-approval.ts';
import { auditOf } from '../drains/apply-events.ts';
import type { OutboxRow, ThreadRow, Tx } from '../ports.ts';

/** The log's entry for messages that people will never get, tied to the work that they tell of. `thread` null: they belong to
 * none. `notices`: their kinds. */
export async function undelivered(
  tx: Tx,
  { id, to }: Pick<OutboxRow, 'id' | 'to'>,
  thread: ThreadRow | null,
  { notices, why, at }: { notices: string; why: string; at: Instant },
): Promise<AuditDraft> {
  return {
    correlation: correlationId(id),
    ...('channel' in to ? { place: { channel: to.channel } } : {}),
    ...(thread === null ? {} : await workIn(tx, thread)),
    at,
    event: 'notice.undeliverable',
    actor: { kind: 'bot' },
    outcome: why,
    facts: { notices, to: to.kind },
  };
}

/** What a thread is about; of one about nothing that is known, its place. */
async function workIn(tx: Tx, thread: ThreadRow): Promise<Partial<AuditDraft>> {
  const drain = thread.drain === null ? null : await tx.drain(thread.drain);
  if (drain !== null) return auditOf(tx, drain);
  const approval = thread.approval === null ? null : await tx.approval(thread.approval);
  if (approval !== null) return auditOfApproval(tx, approval);
  return { place: { channel: thread.channel } };
}
