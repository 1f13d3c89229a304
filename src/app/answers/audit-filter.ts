import { instantOf } from '../../commands/audit-words.ts';
import type { KnownAgent } from '../../domain/agent.ts';
import type { AuditFilter } from '../../domain/audit/filter.ts';
import type { AuditCommand } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import { resolveTarget } from '../../domain/target.ts';
import type { Master, Store } from '../ports.ts';

/** Which entries an `audit` with these flags is about. */
export async function auditFilterOf(
  { store, master }: { store: Pick<Store, 'directory'>; master: Pick<Master, 'cluster'> },
  { agent, by, command, since, until }: AuditCommand,
  now: Instant,
): Promise<AuditFilter> {
  return {
    agent: agent === null ? null : inTheLog(agent, await store.directory(master.cluster)),
    by,
    command,
    since: since && instantOf(since, now),
    until: until && instantOf(until, now),
  };
}

/** How the log names what a person typed: a hostname stands for every id that the machine ever had, anything else
 * for one agent. A name that nobody knows any more is looked for as it was typed. */
function inTheLog(typed: string, agents: KnownAgent[]): string {
  const found = resolveTarget(typed, agents, 'read');
  if (!found.ok) return typed;
  const { agentId, hostname } = found.value.chosen;
  const wanted = typed.toLowerCase();
  return hostname.toLowerCase() === wanted || hostname.toLowerCase().startsWith(`${wanted}.`)
    ? hostname
    : agentId;
}
