import type { KnownAgent, Machine } from './agent.ts';
import type { Drain } from './drain.ts';
import type { AgentId } from './ids.ts';
import { isAmong } from './maintenance/machine.ts';
import { isTakenDownBy } from './maintenance/may-maintain.ts';
import type { MarkGone } from './mark-gone.ts';
import type { Plan } from './plan.ts';
import { isRegistered } from './target.ts';

/** The agents of a cluster as one fresh look shows them. */
export interface ClusterLook {
  /** With all that are remembered. */
  agents: readonly KnownAgent[];
  /** Not listed any more, and nobody could say why. */
  unexplained: readonly AgentId[];
  /** The machines that are DOWN for maintenance. */
  down: readonly Machine[];
}

/** Our own records, whose calls the look may not show yet. */
export interface OwnRecords {
  /** Open, or proven and still out of service. */
  drains: readonly Pick<Drain, 'agentId'>[];
  /** That have not ended. */
  markings: readonly Pick<MarkGone, 'agentId'>[];
  plans: readonly Plan[];
}

/** Why an agent of the cluster takes no work: as the master has it, its machine is down, nobody can say, or a call of ours
 * for it is under way. */
export type OutBy =
  | Exclude<KnownAgent['state'], 'active' | 'gone' | 'unlisted'>
  | 'down'
  | 'not-known'
  | 'ours';

/** Every agent of the cluster once, and those of them that take no work. */
export interface InService {
  all: ReadonlySet<AgentId>;
  out: ReadonlyMap<AgentId, OutBy>;
}

/** How far a brake is from being on, or by how much it is. */
export interface BrakeReading {
  out: number;
  of: number;
  /** How many of those out are so because nobody can say. */
  notKnown: number;
  /** More than this of them out, and nothing more is taken out. */
  percent: number;
  /** As it would be with a list that is taken out; absent: as it is. */
  ofList?: true;
}

/** Who is in service. Gone agents are not of the cluster any more, nor is one whose place another id has taken. What nobody
 * can say counts as out (promise 10). */
export function inService({ agents, unexplained, down }: ClusterLook, own: OwnRecords): InService {
  const registered = new Set(agents.filter(isRegistered).flatMap(placeOf));
  const latest = latestOnMachines(agents);
  const all = new Set<AgentId>();
  const out = new Map<AgentId, OutBy>();
  for (const agent of agents) {
    const by = standingOf(agent);
    if (by === null) continue;
    all.add(agent.agentId);
    if (by !== 'active') out.set(agent.agentId, by);
  }
  for (const agentId of ours(own, all)) if (!out.has(agentId)) out.set(agentId, 'ours');
  return { all, out };

  /** Null: not of the cluster. */
  function standingOf(agent: KnownAgent): 'active' | OutBy | null {
    const { agentId, state } = agent;
    if (state === 'gone') return null;
    if (isRegistered(agent)) return state as 'active' | OutBy;
    if (placeOf(agent).some((place) => registered.has(place))) return null;
    if (unexplained.includes(agentId)) return 'not-known';
    if (state !== 'unlisted') return state as OutBy;
    const { hostname, address } = agent;
    const isDown = isAmong({ hostname, ip: address?.ip ?? null }, down);
    return isDown && latest.get(placeOf(agent)[0] ?? '') === agentId ? 'down' : null;
  }
}

/** The same, with these out too. */
export function withOut({ all, out }: InService, agents: readonly AgentId[]): InService {
  const more = new Map(out);
  for (const agentId of agents) if (all.has(agentId) && !more.has(agentId)) more.set(agentId, 'ours');
  return { all, out: more };
}

/** How many are out. `besides`: the agent that is about to be worked on, which does not count against itself; null: all of
 * them count. */
export function readBrake(
  { all, out }: InService,
  percent: number,
  besides: AgentId | null = null,
): BrakeReading {
  const counted = [...out].filter(([agentId]) => agentId !== besides);
  return {
    out: counted.length,
    of: all.size,
    notKnown: counted.filter(([, by]) => by === 'not-known').length,
    percent,
  };
}

/** The brake where it is on: nothing more may be taken out of service then. Null: it is off. A cluster without any known agent
 * has it on (promise 10), unless it is set to never be. */
export function brakeOn(
  service: InService,
  percent: number,
  besides: AgentId | null = null,
): BrakeReading | null {
  const reading = readBrake(service, percent, besides);
  return isOn(reading) ? reading : null;
}

/** Whether more are out than may be. */
export function isOn({ out, of, percent }: BrakeReading): boolean {
  return percent < 100 && (of === 0 || out * 100 > of * percent);
}

/** The agents for which a call of ours may have left that the look does not show. */
function ours({ drains, markings, plans }: OwnRecords, all: ReadonlySet<AgentId>): AgentId[] {
  const called = [...drains, ...markings].map(({ agentId }) => agentId);
  return [...all].filter(
    (agentId) =>
      called.includes(agentId) ||
      plans.some((plan) => isTakenDownBy(plan, agentId) || isKeptAwayBy(plan, agentId)),
  );
}

/** Whether a rolling plan keeps new tasks away from it, or is about to. What it drains has a record of its own. */
function isKeptAwayBy(plan: Plan, agentId: AgentId): boolean {
  return (
    plan.of === 'rolling' &&
    plan.lines.some(
      (line) =>
        line.agentId === agentId && (line.state.is === 'deactivating' || line.state.is === 'kept-away'),
    )
  );
}

/** Where it runs, so that a second id of the same place shows; empty: not known. */
function placeOf({ hostname, address }: KnownAgent): string[] {
  return address === null ? [] : [JSON.stringify([hostname.toLowerCase(), address.ip, address.port])];
}

/** Of each place, the agent that was seen there last. */
function latestOnMachines(agents: readonly KnownAgent[]): Map<string, AgentId> {
  const latest = new Map<string, KnownAgent>();
  for (const agent of agents.filter(({ state }) => state !== 'gone'))
    for (const place of placeOf(agent)) {
      const before = latest.get(place);
      if (before === undefined || before.lastSeenAt < agent.lastSeenAt) latest.set(place, agent);
    }
  return new Map([...latest].map(([place, { agentId }]) => [place, agentId]));
}
