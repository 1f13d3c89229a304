import type { AuditCommand } from '../../domain/command.ts';
import { type ClusterName, type Instant, noticeId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import { ok, type Result } from '../../domain/refusal.ts';
import type { InboxCommand, NewId, Store, Tx } from '../ports.ts';
import { auditFilterOf } from './audit-filter.ts';

type Exporting = Extract<Notice, { kind: 'audit-exporting' }>;

/** The answer to `audit … --export`: which entries go into the file. What is appended later does not. */
export async function exportAudit(
  deps: Parameters<typeof auditFilterOf>[0] & { store: Store },
  command: AuditCommand,
  only: ClusterName | null,
  format: Exporting['format'],
  now: Instant,
): Promise<Result<Notice>> {
  const found = await auditFilterOf(deps, command, only, now);
  if (!found.ok) return found;
  const filter = found.value;
  const upTo = (await deps.store.auditHead())?.seq ?? 0;
  const [newest] = await deps.store.auditBefore(filter, upTo + 1, 1);
  return ok({ kind: 'audit-exporting', format, filter, upTo, found: newest !== undefined });
}

/** Sends the file to who asked. Only what goes into it is kept: it is made when it is delivered. */
export async function queueExport(
  tx: Tx,
  { format, filter, upTo, found }: Exporting,
  typed: InboxCommand,
  at: Instant,
  { newId }: { newId: NewId },
): Promise<void> {
  if (!found) return;
  await tx.queue({
    id: noticeId(newId()),
    to: { kind: 'person', user: typed.user },
    notice: { kind: 'audit-export', format, filter, upTo },
    createdAt: at,
  });
}
