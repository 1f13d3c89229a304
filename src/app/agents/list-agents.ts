import type { KnownAgent } from '../../domain/agent.ts';
import type { Command } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import type { AgentLine, Notice } from '../../domain/notice.ts';
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
    .filter((agent) => matches(agent, command))
    .map((agent) => ({
      agentId: agent.agentId,
      hostname: agent.hostname,
      state: agent.state,
      attributes: agent.attributes,
      drain: drains.find(({ drain }) => drain.agentId === agent.agentId)?.drain.id ?? null,
    }))
    .sort((a, b) => a.hostname.localeCompare(b.hostname, 'en', { numeric: true }));
  const seen = agents.map((agent) => agent.lastSeenAt);
  const asOf = seen.reduce((newest, at) => (at > newest ? at : newest), seen[0] ?? now);
  const filtered = command.state !== null || command.attribute !== null || command.host !== null;
  return { kind: 'agents', cluster: master.cluster, agents: lines, asOf, filtered };
}

function matches(agent: KnownAgent, { state, attribute, host }: Asked): boolean {
  if (state !== null && agent.state !== state) return false;
  if (attribute !== null && agent.attributes[attribute.name] !== attribute.value) return false;
  return host === null || globMatches(host.toLowerCase(), agent.hostname.toLowerCase());
}

/** `*` is any run of characters. No regular expression: the pattern is typed by people. */
export function globMatches(glob: string, text: string): boolean {
  const [head = '', ...parts] = glob.split('*');
  const tail = parts.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}
