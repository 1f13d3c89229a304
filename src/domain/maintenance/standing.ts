import type { KnownAgent, Machine } from '../agent.ts';
import { type Instant, instant, type PlanId } from '../ids.ts';
import type { WorkKind } from '../preview/open-work.ts';
import { ok, type Result } from '../refusal.ts';
import { isRegistered, resolveTarget } from '../target.ts';
import { isAmong, machineKey } from './machine.ts';
import type { InverseOfferAnswer, MaintenanceSeen } from './seen.ts';
import type { Window } from './window.ts';

/** How one machine stands with the maintenance schedule. */
export interface Standing {
  machine: Machine;
  /** `scheduled`: the schedule has it, and the status does not show it; `up`: neither has it. */
  is: 'draining' | 'down' | 'scheduled' | 'up';
  /** `durationMs` null: without an end. Null: only the status shows it. */
  window: { start: Instant; durationMs: number | null } | null;
  /** Those that Mesos takes to be on this machine, by both parts; where none is registered, those that were. */
  agents: KnownAgent[];
  /** Registered agents that only half of its name fits; none where one fits wholly. */
  alike: KnownAgent[];
  answers: InverseOfferAnswer[];
}

/** The same with what was looked up for it. */
export interface MachineTold extends Standing {
  /** Those that have tasks there, or have answered. */
  frameworks: FrameworkThere[];
  /** Why it is not known what runs there; null: it is, or nothing can, for no agent of it is registered. */
  runsNotKnown: string | null;
  work: WorkThere[];
}

/** What a framework has on a machine, and what it said to its inverse offer; null: nothing, as far as the master knows. */
export interface FrameworkThere {
  id: string;
  name: string | null;
  /** Null: not known. */
  tasks: number | null;
  answer: Omit<InverseOfferAnswer, 'framework'> | null;
}

/** Work of ours on a machine or its agent. */
export interface WorkThere {
  on: WorkKind | { what: 'plan'; plan: PlanId };
  permalink: string | null;
}

/** The machines of the schedule and its status: those to go down, the soonest first, then those that are; last what fits no
 * agent. */
export function standingsOf(seen: MaintenanceSeen, agents: readonly KnownAgent[]): Standing[] {
  const machines = new Map<string, Machine>();
  for (const machine of [
    ...seen.windows.flatMap((window) => window.machines),
    ...seen.draining.map((each) => each.machine),
    ...seen.down,
  ])
    machines.set(machineKey(machine), machines.get(machineKey(machine)) ?? machine);
  return [...machines.values()].map(standingIn(seen, agents)).sort(byUrgency);
}

/** The machines that a person named: those that the schedule has by this hostname, its first part or this IP, and that of
 * the agent that was meant, whether or not the schedule has it. */
export function machinesNamed(
  typed: string,
  all: readonly Standing[],
  seen: MaintenanceSeen,
  agents: readonly KnownAgent[],
): Result<Standing[]> {
  const name = typed.toLowerCase();
  const named = all.filter(
    ({ machine: { hostname, ip } }) =>
      ip === name || [hostname?.toLowerCase(), hostname?.toLowerCase().split('.')[0]].includes(name),
  );
  const found = resolveTarget(typed, agents, 'read');
  if (!found.ok) return named.length > 0 ? ok(named) : found;
  const { chosen } = found.value;
  const own = { hostname: chosen.hostname, ip: chosen.address?.ip ?? null };
  const standing = all.find(({ machine }) => chosen.address !== null && isAmong(own, [machine])) ?? {
    ...standingIn(seen, agents)(own),
    agents: [chosen],
    alike: [],
  };
  return ok(named.includes(standing) ? named : [...named, standing]);
}

/** How one machine stands, by what is put in order once: a schedule may have thousands. */
function standingIn(seen: MaintenanceSeen, agents: readonly KnownAgent[]): (machine: Machine) => Standing {
  const windows = new Map(
    seen.windows.flatMap((window) => window.machines.map((machine) => [machineKey(machine), window])),
  );
  const draining = new Map(seen.draining.map((each) => [machineKey(each.machine), each]));
  const down = new Set(seen.down.map(machineKey));
  const present = agents.filter(({ state }) => state !== 'gone');
  const byMachine = groupedBy(present, ({ hostname, address }) =>
    machineKey({ hostname, ip: address?.ip ?? null }),
  );
  const registered = present.filter(isRegistered);
  const byHostname = groupedBy(registered, ({ hostname }) => hostname.toLowerCase());
  const byIp = groupedBy(registered, ({ address }) => address?.ip ?? '');
  return (machine) => {
    const { hostname, ip } = machine;
    const key = machineKey(machine);
    const isWhole = hostname !== null && ip !== null;
    const there = isWhole ? (byMachine.get(key) ?? []) : [];
    const now = there.filter(isRegistered);
    const alike = [
      ...((hostname && byHostname.get(hostname.toLowerCase())) || []),
      ...((ip && byIp.get(ip)) || []),
    ];
    return {
      machine,
      is: isIn(key, { windows, draining, down }),
      window: spanOf(windows.get(key)),
      agents: now.length > 0 ? now : there,
      alike: there.length > 0 ? [] : [...new Set(alike)],
      answers: draining.get(key)?.answers ?? [],
    };
  };
}

function groupedBy(agents: readonly KnownAgent[], by: (agent: KnownAgent) => string) {
  const groups = new Map<string, KnownAgent[]>();
  for (const agent of agents) {
    const group = groups.get(by(agent));
    if (group === undefined) groups.set(by(agent), [agent]);
    else group.push(agent);
  }
  return groups;
}

function isIn(
  key: string,
  by: Record<'windows' | 'draining' | 'down', { has(key: string): boolean }>,
): Standing['is'] {
  if (by.down.has(key)) return 'down';
  if (by.draining.has(key)) return 'draining';
  return by.windows.has(key) ? 'scheduled' : 'up';
}

/** To the millisecond. */
function spanOf(window: Window | undefined): Standing['window'] {
  return window === undefined
    ? null
    : {
        start: instant(Number(window.startNs / 1_000_000n)),
        durationMs: window.durationNs === null ? null : Number(window.durationNs) / 1e6,
      };
}

function byUrgency(a: Standing, b: Standing): number {
  const rank = ({ is, agents }: Standing) => (is === 'down' ? 1 : agents.length === 0 ? 2 : 0);
  return rank(a) - rank(b) || (a.window?.start ?? 0) - (b.window?.start ?? 0);
}
