import { after, type Instant, instant, threadId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Hour } from '../../domain/time/hour.ts';
import type { InboxCommand, Master, NewId } from '../ports.ts';

/** How long its asker may take to confirm what was shown. */
const confirmableMs = 15 * 60_000;

/** That only its asker has seen it, who can confirm it for a while, and not after its hour. */
export function proposedUntil(at: Instant, hour?: Hour): Extract<Plan['state'], { status: 'proposed' }> {
  const expiresAt = after(at, confirmableMs);
  if (hour === undefined) return { status: 'proposed', expiresAt };
  return { status: 'proposed', expiresAt: instant(Math.min(expiresAt, hour.at)), hour };
}

/** What every plan has while only its asker has seen it; it can be confirmed for a while from `at`. */
export function newPlan(
  { master, newId }: { master: Pick<Master, 'cluster'>; newId: NewId },
  { channel, correlation, text }: InboxCommand,
  asked: Pick<Plan, 'requester' | 'reason' | 'because' | 'beside'>,
  at: Instant,
  hour?: Hour,
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
    state: proposedUntil(at, hour),
  };
}
