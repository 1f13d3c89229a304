import type { KnownAgent, RegisteredAgent } from '../../domain/agent.ts';
import { stateOf } from '../../domain/agent.ts';
import type { Risk } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Result } from '../../domain/refusal.ts';
import { selectAgents } from '../../domain/select-agents.ts';
import { isRegistered, type ResolvedTarget, resolveTarget } from '../../domain/target.ts';
import { areNamed, type Target, type Targets } from '../../domain/targets.ts';
import type { Master, Store, Sweep } from '../ports.ts';

interface FindDeps {
  store: Pick<Store, 'directory'>;
  master: Master;
  now: Instant;
}

/** Finds the agent that a person named: in the directory first, and by a fresh sweep where that knows none, or where
 * something is to be changed by any name but the id: since the last sweep the machine may have come back as a new agent.
 * `others`: more ids of the same hostname. Throws what the store and the master throw. */
export async function findAgent(
  deps: FindDeps,
  target: Target,
  risk: Risk,
): Promise<Result<{ chosen: KnownAgent; others: KnownAgent[] }>> {
  const remembered = await deps.store.directory(deps.master.cluster);
  const found = resolveTarget(target.typed, remembered, risk);
  const certain = found.ok && (risk === 'read' || found.value.chosen.agentId === target.typed);
  if (certain || (!found.ok && found.refusal.code !== 'no-such-agent')) return found;
  return resolveTarget(target.typed, await afresh(deps, remembered), risk);
}

/** Finds all agents that a command is about, in the same way: what is selected is selected out of what is there now,
 * where anything is to be changed. */
export async function findAgents(
  deps: FindDeps,
  targets: Targets,
  risk: Risk,
): Promise<Result<ResolvedTarget[]>> {
  const remembered = await deps.store.directory(deps.master.cluster);
  const found = selectAgents(targets, remembered, risk);
  const byId =
    areNamed(targets) &&
    targets.names.every(({ typed }) => remembered.some((agent) => agent.agentId === typed));
  if (found.ok && (risk === 'read' || byId)) return found;
  return selectAgents(targets, await afresh(deps, remembered), risk);
}

/** What is there now, and what else is remembered. */
async function afresh({ master, now }: FindDeps, remembered: KnownAgent[]): Promise<KnownAgent[]> {
  const swept = knownFrom(await master.sweep(), now, remembered);
  const fresh = new Set(swept.map((agent) => agent.agentId));
  const left = remembered
    .filter(({ agentId }) => !fresh.has(agentId))
    // What the master lists no more must not pass for registered: it would make a re-imaged machine ambiguous.
    .map((agent) => (isRegistered(agent) ? { ...agent, state: 'unlisted' as const } : agent));
  return [...swept, ...left];
}

/** The agent of work that was begun before, as it is remembered; what it is now, only a look can tell. */
export async function sameAgain(
  { store, master }: { store: Pick<Store, 'directory'>; master: Pick<Master, 'cluster'> },
  work: Pick<KnownAgent, 'agentId' | 'hostname' | 'address'> & { askedAt: Instant },
): Promise<{ chosen: KnownAgent; others: KnownAgent[] }> {
  const { agentId, hostname, address, askedAt } = work;
  const remembered = (await store.directory(master.cluster)).find((agent) => agent.agentId === agentId);
  const chosen = remembered ?? {
    agentId,
    hostname,
    address,
    attributes: {},
    held: null,
    room: null,
    state: 'unlisted' as const,
    lastSeenAt: askedAt,
  };
  return { chosen, others: [] };
}

/** A sweep in the directory's form. `remembered`: what is known of agents that nobody sees now. */
export function knownFrom(sweep: Sweep, now: Instant, remembered: readonly KnownAgent[]): KnownAgent[] {
  const before = new Map(remembered.map((agent) => [agent.agentId, agent]));
  return [
    ...sweep.registered.map((agent) => knownAgent(agent, now)),
    // The master knows them from its registry: where they are and what they hold, it does not tell.
    ...sweep.recovered.map((agent) => {
      const { address, held, room, lastSeenAt } = before.get(agent.agentId) ?? {
        address: null,
        held: null,
        room: null,
        lastSeenAt: now,
      };
      return { ...agent, address, held, room, state: 'recovered' as const, lastSeenAt };
    }),
  ];
}

/** A registered agent in the directory's form. */
export function knownAgent(agent: RegisteredAgent, now: Instant): KnownAgent {
  const { agentId, hostname, address, attributes, held, total, used } = agent;
  const room = { total, used };
  return { agentId, hostname, address, attributes, held, room, state: stateOf(agent), lastSeenAt: now };
}
