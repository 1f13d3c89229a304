import { type AgentSubject, entryOf } from './agent-subject.ts';
import { accepted } from './assertion.ts';
import type { Answer, OperatorApi } from './operator-api.ts';

/** A machine as Mesos names it. */
export interface MachineId {
  readonly hostname?: string;
  readonly ip?: string;
}

/** A window with its nanoseconds in decimal: as numbers they would be rounded here, and then written back so. */
export interface Window {
  readonly machine_ids: readonly MachineId[];
  readonly unavailability: {
    readonly start: { readonly nanoseconds: string };
    readonly duration?: { readonly nanoseconds: string };
  };
}

/** Far from now, and no whole number of anything. */
export const START = '4102444800123456789';

/** A machine of no cluster, named by half. */
export const HALF: MachineId = { hostname: 'half.contract.invalid' };

/** JSON with its nanoseconds as text. */
export const exactly = (text: string): unknown =>
  JSON.parse(text.replaceAll(/"nanoseconds":(-?\d+)/g, '"nanoseconds":"$1"'));

/** The windows of the schedule, in their order. */
export async function windowsOf(leader: OperatorApi): Promise<readonly Window[]> {
  const { status, text } = await leader.call('GET_MAINTENANCE_SCHEDULE');
  if (status !== 200) throw new Error(`GET_MAINTENANCE_SCHEDULE: ${status} ${text.slice(0, 100)}`);
  const answer = exactly(text) as { get_maintenance_schedule: { schedule: { windows?: Window[] } } };
  return answer.get_maintenance_schedule.schedule.windows ?? [];
}

/** Writes the whole schedule. */
export const writeWindows = (leader: OperatorApi, windows: readonly unknown[]): Promise<Answer> =>
  leader.call('UPDATE_MAINTENANCE_SCHEDULE', { schedule: { windows } });

/** Machines by what the status has of them. */
export interface MaintenanceStatus {
  readonly draining_machines?: readonly { readonly id: MachineId }[];
  readonly down_machines?: readonly MachineId[];
}

export const statusOf = async (leader: OperatorApi): Promise<MaintenanceStatus> =>
  (await leader.read<{ status: MaintenanceStatus }>('GET_MAINTENANCE_STATUS')).status;

/** Whether two names are of one machine, as far as this contract writes them. */
export const isSame = (a: MachineId, b: MachineId): boolean => a.hostname === b.hostname && a.ip === b.ip;

/** The agent's machine: its hostname, and the IP in its pid. */
export async function machineOf(subject: AgentSubject): Promise<MachineId> {
  const { agent_info, pid } = await entryOf(subject);
  return { hostname: agent_info.hostname, ip: (pid.split('@')[1] ?? '').replace(/:\d+$/, '') };
}

/** What the machines would be in, beside what is there. */
export const windowOf = (...machine_ids: MachineId[]): Window => ({
  machine_ids,
  unavailability: { start: { nanoseconds: START }, duration: { nanoseconds: '3600000000001' } },
});

const ours = (machine: MachineId, windows: readonly Window[]): Window[] =>
  windows.flatMap((window) => {
    const machine_ids = window.machine_ids.filter((each) => !isSame(each, machine) && !isSame(each, HALF));
    return machine_ids.length === 0 ? [] : [{ ...window, machine_ids }];
  });

/** Puts a machine, and half of one, into the schedule beside what is there; whatever happens then, takes them out again,
 * with the rest as it is by that time. */
export async function scheduled<T>(
  leader: OperatorApi,
  machine: MachineId,
  then: (wrote: readonly Window[]) => Promise<T>,
): Promise<T> {
  const wrote = [...(await windowsOf(leader)), windowOf(machine, HALF)];
  accepted(await writeWindows(leader, wrote));
  try {
    return await then(wrote);
  } finally {
    await writeWindows(leader, ours(machine, await windowsOf(leader)));
  }
}
