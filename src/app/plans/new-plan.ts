import { after, type Instant, threadId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan.ts';
import type { InboxCommand, Master, NewId } from '../ports.ts';

/** How long its asker may take to confirm what was shown. */
export const confirmableMs = 15 * 60_000;

/** What every plan has while only its asker has seen it; it can be confirmed for a while from `at`. */
export function newPlan(
  { master, newId }: { master: Pick<Master, 'cluster'>; newId: NewId },
  { channel, correlation, text }: InboxCommand,
  asked: Pick<Plan, 'requester' | 'reason' | 'because'>,
  at: Instant,
) {
  return {
    version: 0,
    cluster: master.cluster,
    channel,
    thread: threadId(newId()),
    correlation,
    typed: text,
    ...asked,
    approved: null,
    proposedAt: at,
    state: { status: 'proposed' as const, expiresAt: after(at, confirmableMs) },
  };
}
