import type { AuditDraft } from '../../domain/audit.ts';
import type { Instant } from '../../domain/ids.ts';
import type { OutboxRow } from '../ports.ts';

/** The log's entry for messages that people will never get. `notices`: their kinds. */
export function undelivered(
  row: OutboxRow | undefined,
  notices: string,
  why: string,
  at: Instant,
): AuditDraft {
  return {
    at,
    event: 'notice.undeliverable',
    actor: { kind: 'bot' },
    correlation: row?.id ?? '',
    outcome: why,
    facts: { notices },
  };
}
