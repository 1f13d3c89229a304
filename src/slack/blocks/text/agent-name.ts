import type { AgentId } from '../../../domain/ids.ts';
import { code, nameLimit, plain } from './escape.ts';

type Named = { agentId: string; hostname: string };

/** The part of an agent id that people say and type: the final `S12`; else its last twelve characters. */
export function shortId(agentId: string): string {
  return /-(S\d{1,10})$/.exec(agentId)?.[1] ?? agentId.slice(-12);
}

/** `agent3.example (S12)`, raw: for headings. */
export function rawAgent(agent: Named): string {
  return `${agent.hostname.slice(0, nameLimit)} (${shortId(agent.agentId)})`;
}

/** `agent3.example (S12)` as mrkdwn. */
export function agentName(agent: Named): string {
  return `${plain(agent.hostname)} (${plain(shortId(agent.agentId), 20)})`;
}

/** The whole id, to copy. */
export function fullId(agentId: string): string {
  return code(agentId, 200);
}

/** What to type for an agent: its whole id, which means one agent for ever. Null where it can't be typed. */
export function typable(agentId: AgentId): string | null {
  return /^[\w.:-]{1,200}$/.test(agentId) ? agentId : null;
}

/** What to type for it in a command that can be undone: its hostname, or its id where that can't be typed. */
export function targetOf({ agentId, hostname }: { agentId: AgentId; hostname: string }): string {
  const name = /^[A-Za-z0-9][\w.-]{0,200}$/.test(hostname) ? hostname : typable(agentId);
  return name ?? 'AGENT_ID';
}

/** The command that puts an agent back into service. */
export function reactivateLine(agent: { agentId: AgentId; hostname: string }): string {
  return `/mesos reactivate ${targetOf(agent)}`;
}
