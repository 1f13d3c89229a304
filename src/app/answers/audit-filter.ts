import { instantOf } from '../../commands/audit-words.ts';
import type { AuditFilter } from '../../domain/audit/filter.ts';
import type { AuditCommand } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/refusal.ts';
import { nameInLog } from '../../domain/target.ts';
import type { Master, Store } from '../ports.ts';

/** Which entries an `audit` with these flags, or about that agent, is about. Refuses a name that several agents have. */
export async function auditFilterOf(
  { store, master }: { store: Pick<Store, 'directory'>; master: Pick<Master, 'cluster'> },
  { about, agent, by, command, since, until }: AuditCommand,
  now: Instant,
): Promise<Result<AuditFilter>> {
  const typed = about !== null && 'who' in about ? about.who.typed : agent;
  const named = typed === null ? ok(null) : nameInLog(typed, await store.directory(master.cluster));
  if (!named.ok) return named;
  return ok({
    agent: named.value,
    by,
    command,
    since: since && instantOf(since, now),
    until: until && instantOf(until, now),
  });
}
