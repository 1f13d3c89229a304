import { isIPv4 } from 'node:net';
import { shutDown } from './agent-process.ts';
import { askAnew } from './inverse-offers.ts';
import { removeAgent } from './leaving.ts';
import { machineOf, sameMachine } from './machines.ts';
import { type Cluster, type Leader, type MachineId, processOf, type Window } from './state.ts';

const text = (id: MachineId): string => JSON.stringify({ hostname: id.hostname, ip: id.ip });

const idError = (id: MachineId): string | null => {
  if (!id.hostname && !id.ip) return "Both 'hostname' and 'ip' for a machine are empty";
  return id.ip && !isIPv4(id.ip) ? `Failed to parse IPv4: ${id.ip}` : null;
};

const listError = (ids: readonly MachineId[]): string | null => {
  const seen: MachineId[] = [];
  for (const id of ids) {
    const wrong = idError(id);
    if (wrong !== null) return wrong;
    if (seen.some((other) => sameMachine(other, id))) {
      return `Machine '${text(id)}' appears more than once in the schedule`;
    }
    seen.push(id);
  }
  return null;
};

/** Why a schedule is refused (mesos src/master/maintenance.cpp), or null. */
export function scheduleError(cluster: Cluster, windows: readonly Window[]): string | null {
  for (const { machineIds, durationNs } of windows) {
    if (machineIds.length === 0) return 'List of machines in the maintenance window is empty';
    if (durationNs !== null && durationNs < 0n) return "Unavailability 'duration' is negative";
  }
  const ids = windows.flatMap(({ machineIds }) => machineIds);
  const wrong = listError(ids);
  if (wrong !== null) return wrong;
  const down = cluster.registry.machines.find(
    ({ id, mode }) => mode === 'DOWN' && !ids.some((other) => sameMachine(other, id)),
  );
  return down === undefined
    ? null
    : `Machine '${text(down.id)}' is deactivated and cannot be removed from the schedule`;
}

/** Replaces the whole schedule: machines in it become DRAINING unless they are DOWN, the others UP. */
export function updateSchedule(cluster: Cluster, windows: readonly Window[]): void {
  const { registry } = cluster;
  const before = registry.machines;
  registry.windows = [...windows];
  registry.machines = windows.flatMap(({ machineIds }) =>
    machineIds.map((id) => before.find((machine) => sameMachine(machine.id, id)) ?? { id, mode: 'DRAINING' }),
  );
  askAnew(cluster);
}

/** Why START or STOP is refused, or null. */
export function modeError(
  cluster: Cluster,
  ids: readonly MachineId[],
  mode: 'DRAINING' | 'DOWN',
): string | null {
  if (ids.length === 0) return 'List of machines is empty';
  const wrong = listError(ids);
  if (wrong !== null) return wrong;
  for (const id of ids) {
    const machine = cluster.registry.machines.find((each) => sameMachine(each.id, id));
    const known = cluster.processes.some(({ host }) => sameMachine(machineOf(host), id));
    if (machine === undefined && !known) return `Machine '${text(id)}' is not part of a maintenance schedule`;
    if (machine?.mode === mode) continue;
    return mode === 'DRAINING'
      ? `Machine '${text(id)}' is not in DRAINING mode and cannot be brought down`
      : `Machine '${text(id)}' is not in DOWN mode and cannot be brought up`;
  }
  return null;
}

/** Brings machines DOWN: their registered agents are shut down, which costs them their ids, and removed, and with them
 * their drains are forgotten. */
export function startMaintenance(cluster: Cluster, leader: Leader, ids: readonly MachineId[]): void {
  for (const machine of cluster.registry.machines) {
    if (ids.some((id) => sameMachine(id, machine.id))) machine.mode = 'DOWN';
  }
  for (const agent of [...leader.agents.values()]) {
    if (!ids.some((id) => sameMachine(id, machineOf(agent.host)))) continue;
    const process = processOf(cluster, agent.id);
    removeAgent(cluster, leader, agent.id);
    if (process?.running === true && agent.connected) shutDown(cluster, process, 'forgets');
  }
}

/** Brings machines UP again and takes them out of the schedule. */
export function stopMaintenance(cluster: Cluster, ids: readonly MachineId[]): void {
  const stays = (id: MachineId) => !ids.some((other) => sameMachine(other, id));
  const { registry } = cluster;
  registry.machines = registry.machines.filter(({ id }) => stays(id));
  registry.windows = registry.windows
    .map((window) => ({ ...window, machineIds: window.machineIds.filter(stays) }))
    .filter(({ machineIds }) => machineIds.length > 0);
}
