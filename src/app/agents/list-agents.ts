import type { Command } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import type { AgentLine, Notice } from '../../domain/notice.ts';
import { byHostname } from '../../domain/select-agents.ts';
import { isSelected } from '../../domain/targets.ts';
import type { Master, Store } from '../ports.ts';
import { knownFrom } from './find-agent.ts';

type Asked = Extract<Command, { verb: 'agents' }>;

/** The agents that the directory knows, filtered; a fresh sweep where it knows none yet. */
export async function listAgents(
  { store, master }: { store: Store; master: Master },
  command: Asked,
  now: Instant,
): Promise<Notice> {
  const remembered = await store.directory(master.cluster);
  const agents = remembered.length > 0 ? remembered : knownFrom(await master.sweep(), now, remembered);
  const drains = await store.openDrains(master.cluster);
  const lines: AgentLine[] = agents
    .filter((agent) => command.state === null || agent.state === command.state)
    .filter((agent) => isSelected(agent, command.selection))
    .map((agent) => ({
      agentId: agent.agentId,
      hostname: agent.hostname,
      state: agent.state,
      attributes: agent.attributes,
      drain: drains.find(({ drain }) => drain.agentId === agent.agentId)?.drain.id ?? null,
    }))
    .sort(byHostname);
  const seen = agents.map((agent) => agent.lastSeenAt);
  const asOf = seen.reduce((newest, at) => (at > newest ? at : newest), seen[0] ?? now);
  const { where, hosts } = command.selection;
  const filtered = command.state !== null || where.length + hosts.length > 0;
  return { kind: 'agents', cluster: master.cluster, agents: lines, asOf, filtered };
}
