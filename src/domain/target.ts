import type { KnownAgent } from './agent.ts';
import type { Risk } from './command.ts';
import { nearest } from './nearest.ts';
import type { AgentLabel, Result, UnclearName } from './refusal.ts';
import { ok, refuse } from './refusal.ts';

/** The agent that was meant. `others`: further ids that the typed hostname or IP belongs to, not chosen. */
export interface ResolvedTarget {
  chosen: KnownAgent;
  others: KnownAgent[];
}

/** Finds the agent that a person named: by its id, by `S4` (the final component, never `S42`), by 8 or more letters
 * of its beginning plus `-S4`, by hostname, by the hostname's first label, or by IP. Never guesses between two agents.
 * A machine that was re-imaged has several ids: what can be undone takes the only registered one, what can't wants
 * the id typed. The one agent found may well not be registered: the caller judges that. */
export function resolveTarget(
  typed: string,
  agents: readonly KnownAgent[],
  risk: Risk,
): Result<ResolvedTarget, UnclearName> {
  const exact = agents.find((agent) => agent.agentId === typed);
  if (exact !== undefined) return ok({ chosen: exact, others: [] });

  const byId = agents.filter((agent) => isPartOfId(typed, agent.agentId));
  const byMachine = machinesNamed(typed, agents);
  const all = [...new Set([...byId, ...byMachine])];
  const [only, ...more] = all;
  if (only === undefined) return refuse({ code: 'no-such-agent', typed, near: nearAgents(typed, agents) });
  if (more.length === 0 && byId.length === 1) return ok({ chosen: only, others: [] });
  if (byId.length > 0) return ambiguous(typed, all);

  const hostname = only.hostname.toLowerCase();
  if (more.some((agent) => agent.hostname.toLowerCase() !== hostname)) return ambiguous(typed, all);
  if (risk === 'irreversible') {
    // Also the ids that the IP didn't match: the dead machine is the old id, the healthy one the new.
    const ofHostname = agents.filter((agent) => agent.hostname.toLowerCase() === hostname);
    return ofHostname.length > 1 ? ambiguous(typed, ofHostname) : ok({ chosen: only, others: [] });
  }
  if (more.length === 0) return ok({ chosen: only, others: [] });
  const [registered, second] = all.filter(isRegistered);
  if (registered === undefined || second !== undefined) return ambiguous(typed, all);
  return ok({ chosen: registered, others: all.filter((agent) => agent !== registered) });
}

/** Whether the leading master has the agent registered now, as far as the directory remembers. */
export function isRegistered({ state }: Pick<KnownAgent, 'state'>): boolean {
  return state !== 'unreachable' && state !== 'gone' && state !== 'unlisted' && state !== 'recovered';
}

/** Enough of a remembered agent to tell it from the others. */
export function labelOf({ agentId, hostname, state }: KnownAgent): AgentLabel {
  return { agentId, hostname, state };
}

function isPartOfId(typed: string, id: string): boolean {
  const [, prefix = '', last] = /^(?:(.{8,})-)?(S\d+)$/i.exec(typed) ?? [];
  const [, whole = '', final] = /^(.*)-(S\d+)$/i.exec(id) ?? [];
  if (last === undefined || last.toLowerCase() !== final?.toLowerCase()) return false;
  return whole.toLowerCase().startsWith(prefix.toLowerCase());
}

function machinesNamed(typed: string, agents: readonly KnownAgent[]): KnownAgent[] {
  const name = typed.toLowerCase();
  const whole = agents.filter((agent) => agent.hostname.toLowerCase() === name || agent.address?.ip === name);
  // A full name beats a first label, or a host called `agent3` could not be named beside `agent3.example`.
  if (whole.length > 0) return whole;
  return agents.filter(({ hostname }) => !isIp(hostname) && hostname.toLowerCase().split('.')[0] === name);
}

function isIp(hostname: string): boolean {
  return /^[\d.]+$/.test(hostname) || hostname.includes(':');
}

function ambiguous(typed: string, candidates: KnownAgent[]): Result<never, UnclearName> {
  const registeredFirst = candidates.toSorted(
    (a, b) => Number(isRegistered(b)) - Number(isRegistered(a)) || b.lastSeenAt - a.lastSeenAt,
  );
  return refuse({ code: 'ambiguous-agent', typed, candidates: registeredFirst.map(labelOf) });
}

function nearAgents(typed: string, agents: readonly KnownAgent[]): AgentLabel[] {
  const named = new Map<string, KnownAgent>();
  for (const agent of agents.toSorted((a, b) => Number(isRegistered(a)) - Number(isRegistered(b)))) {
    const names = [agent.hostname, agent.agentId, agent.agentId.split('-').at(-1) ?? ''];
    if (!isIp(agent.hostname)) names.push(agent.hostname.split('.')[0] ?? '');
    // A later one takes the name over: the registered ones come last.
    for (const name of names) named.set(name, agent);
  }
  const near = nearest(typed, [...named.keys()]).flatMap((name) => named.get(name) ?? []);
  return [...new Set(near)].slice(0, 3).map(labelOf);
}

/** How the log names what a person typed: a hostname stands for every id that the machine ever had, anything else for one
 * agent. A name that nobody knows any more is looked for as it was typed. */
export function nameInLog(typed: string, agents: readonly KnownAgent[]): Result<string> {
  const hostnames = new Set(machinesNamed(typed, agents).map(({ hostname }) => hostname.toLowerCase()));
  const [hostname, another] = hostnames;
  if (hostname !== undefined && another === undefined) return ok(hostname);
  const found = resolveTarget(typed, agents, 'read');
  if (found.ok) return ok(found.value.chosen.agentId);
  return found.refusal.code === 'no-such-agent' ? ok(typed) : found;
}
