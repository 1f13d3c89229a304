import { z } from 'zod';
import { instant } from '../../domain/ids.ts';
import type { ScheduledMachine } from '../../domain/outside/machines.ts';
import { nanoseconds, repeated, text } from './fields.ts';

const machineId = z.object({ hostname: text.optional(), ip: text.optional() });
type MachineId = z.output<typeof machineId>;

const schedule = z
  .object({
    get_maintenance_schedule: z.object({
      schedule: z.object({
        windows: repeated(
          z.object({
            machine_ids: repeated(machineId),
            unavailability: z.object({ start: nanoseconds, duration: nanoseconds.optional() }),
          }),
        ),
      }),
    }),
  })
  .transform(({ get_maintenance_schedule: { schedule: found } }) => found.windows);

/** GET_MAINTENANCE_SCHEDULE, looked through for one machine: its entry as text, or null. Mesos matches a machine
 * only where both parts are set and equal, the hostname without regard to case (mesos include/mesos/type_utils.hpp,
 * operator== of MachineID). */
export function scheduledMachine(wanted: { hostname: string; ip: string }) {
  return schedule.transform((windows): string | null => {
    const found = windows.flatMap((window) => window.machine_ids).find((each) => isSame(each, wanted));
    return found === undefined ? null : `${found.hostname} (${found.ip})`;
  });
}

/** GET_MAINTENANCE_SCHEDULE. Which of its machines are down, only the status tells. */
export const scheduledMachines = schedule.transform((windows): Omit<ScheduledMachine, 'down'>[] =>
  windows.flatMap(({ machine_ids, unavailability: { start, duration } }) =>
    machine_ids.map(({ hostname, ip }) => ({
      machine: { hostname: hostname ?? null, ip: ip ?? null },
      start: instant(start / 1e6),
      durationMs: duration === undefined ? null : duration / 1e6,
    })),
  ),
);

/** GET_MAINTENANCE_STATUS: the machines that are down. */
export const machinesDown = z
  .object({
    get_maintenance_status: z.object({ status: z.object({ down_machines: repeated(machineId) }) }),
  })
  .transform(({ get_maintenance_status: { status } }) => status.down_machines);

/** Both answers together. */
export function withDown(
  machines: z.output<typeof scheduledMachines>,
  down: z.output<typeof machinesDown>,
): ScheduledMachine[] {
  return machines.map((each) => ({ ...each, down: down.some((one) => isSame(one, each.machine)) }));
}

/** Parts that are not set count too. */
function isSame({ hostname, ip }: MachineId, other: { hostname: string | null; ip: string | null }): boolean {
  return hostname?.toLowerCase() === other.hostname?.toLowerCase() && (ip ?? null) === other.ip;
}
