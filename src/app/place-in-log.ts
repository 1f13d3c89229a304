import type { AuditDraft } from '../domain/audit.ts';
import type { ChannelId, ThreadId } from '../domain/ids.ts';
import type { Tx } from './ports.ts';

/** Where something is told, as the log has it: the link to the thread is known once Slack has told it. */
export async function placeInLog(
  tx: Pick<Tx, 'permalinkOf'>,
  { channel, thread }: { channel: ChannelId; thread: ThreadId },
): Promise<NonNullable<AuditDraft['place']>> {
  const link = await tx.permalinkOf(thread);
  return { channel, ...(link === null ? {} : { thread: link }) };
}
