import type { KnownAgent, Machine } from '../../domain/agent.ts';
import type { MachinesMeant, MaintenanceCommand } from '../../domain/command.ts';
import { isAmong, machineKey, type WholeMachine } from '../../domain/maintenance/machine.ts';
import type { MaintenanceSeen } from '../../domain/maintenance/seen.ts';
import type { MachineLine } from '../../domain/plan.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { isRegistered, labelOf } from '../../domain/target.ts';
import { areNamed, isSelected, type Targets } from '../../domain/targets.ts';
import { findAgents } from '../agents/find-agent.ts';
import type { Clock, Master, Store } from '../ports.ts';

export interface MeantDeps {
  store: Store;
  master: Master;
  clock: Clock;
}

/** The machines that a command is about, each once, with the agents that are there: registered ones, or those that were last.
 * `directory`: with a fresh sweep in it. Throws what the store and the master throw. */
export async function machinesMeant(
  deps: MeantDeps,
  { verb, machines: meant }: Pick<MaintenanceCommand, 'verb' | 'machines'>,
  seen: MaintenanceSeen,
  directory: readonly KnownAgent[],
): Promise<Result<MachineLine[]>> {
  const found = await machinesOf(deps, verb, meant, seen, directory);
  if (!found.ok) return found;
  const each = new Map(found.value.map((machine) => [machineKey(machine), machine]));
  return ok(
    [...each.values()].map((machine) => ({
      machine,
      agents: agentsThere(machine, directory).map(({ agentId }) => ({ agentId, drain: null })),
    })),
  );
}

/** The agents that are on a machine; where none is registered, the one that was seen last. */
export function agentsThere(machine: WholeMachine, directory: readonly KnownAgent[]): KnownAgent[] {
  const all = directory.filter(({ hostname, address }) =>
    isAmong(machine, [{ hostname, ip: address?.ip ?? null }]),
  );
  const registered = all.filter(isRegistered);
  if (registered.length > 0) return registered;
  const last = all.filter(({ state }) => state !== 'gone').sort((a, b) => b.lastSeenAt - a.lastSeenAt);
  return last.slice(0, 1);
}

async function machinesOf(
  deps: MeantDeps,
  verb: MaintenanceCommand['verb'],
  meant: MachinesMeant,
  seen: MaintenanceSeen,
  directory: readonly KnownAgent[],
): Promise<Result<WholeMachine[]>> {
  if ('machine' in meant) return ok([meant.machine]);
  // Whoever is DOWN has no registered agent, and under its hostname there may have been several ids.
  const there = verb === 'maintenance stop' ? seen.down : seen.windows.flatMap(({ machines }) => machines);
  const known = verb === 'maintenance stop' || verb === 'maintenance clear' ? there.flatMap(whole) : [];
  const scheduled = named(meant.targets, known, directory);
  if (scheduled !== null) return ok(scheduled);
  const found = await findAgents({ ...deps, now: deps.clock.now() }, meant.targets, 'reversible');
  if (!found.ok) return found;
  const machines: WholeMachine[] = [];
  for (const { chosen } of found.value) {
    if (chosen.address === null) return refuse({ code: 'machine-unknown', agent: labelOf(chosen) });
    machines.push({ hostname: chosen.hostname, ip: chosen.address.ip });
  }
  return ok(machines);
}

/** The machines of the schedule that these words mean; null: not all of them mean exactly one there. */
function named(
  targets: Targets,
  known: WholeMachine[],
  directory: readonly KnownAgent[],
): WholeMachine[] | null {
  if (!areNamed(targets)) {
    const chosen = known.filter((machine) =>
      agentsThere(machine, directory).some((agent) => isSelected(agent, targets)),
    );
    return chosen.length === 0 ? null : chosen;
  }
  const chosen = targets.names.map(({ typed }) => {
    const word = typed.toLowerCase();
    const fit = known.filter(
      ({ hostname, ip }) =>
        hostname.toLowerCase() === word || hostname.toLowerCase().split('.')[0] === word || ip === word,
    );
    return fit.length === 1 ? fit[0] : undefined;
  });
  return chosen.every((machine) => machine !== undefined) ? chosen : null;
}

function whole({ hostname, ip }: Machine): WholeMachine[] {
  return hostname === null || ip === null ? [] : [{ hostname, ip }];
}
