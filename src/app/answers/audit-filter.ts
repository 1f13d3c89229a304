import { instantOf } from '../../commands/audit-words.ts';
import type { KnownAgent } from '../../domain/agent.ts';
import type { AuditFilter } from '../../domain/audit/filter.ts';
import type { AuditCommand } from '../../domain/command.ts';
import type { ClusterName, Instant } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/refusal.ts';
import { nameInLog } from '../../domain/target.ts';
import type { Store } from '../ports.ts';

/** Which entries an `audit` with these flags, or about that agent, is about; `only`: of that cluster. Refuses a name that several agents have. */
export async function auditFilterOf(
  { store, clusters }: { store: Pick<Store, 'directory'>; clusters: readonly ClusterName[] },
  { about, agent, by, command, since, until }: AuditCommand,
  only: ClusterName | null,
  now: Instant,
): Promise<Result<AuditFilter>> {
  const typed = about !== null && 'who' in about ? about.who.typed : agent;
  const named = typed === null ? ok(null) : nameInLog(typed, await remembered());
  if (!named.ok) return named;
  return ok({
    agent: named.value,
    cluster: only,
    by,
    command,
    since: since && instantOf(since, now),
    until: until && instantOf(until, now),
  });

  async function remembered(): Promise<KnownAgent[]> {
    return (await Promise.all(clusters.map((cluster) => store.directory(cluster)))).flat();
  }
}
