import { z } from 'zod';
import type { Machine } from '../../domain/agent.ts';
import { frameworkId, instant } from '../../domain/ids.ts';
import type { MaintenanceSeen } from '../../domain/maintenance/seen.ts';
import type { Window } from '../../domain/maintenance/window.ts';
import type { ScheduledMachine } from '../../domain/outside/machines.ts';
import { exactly, int64 } from './exact.ts';
import { cleaned, repeated, timeInfo, wrapped } from './fields.ts';

// As it came, for it is sent back: a part that is not set differs from an empty one (mesos include/mesos/type_utils.hpp,
// operator== of MachineID).
const machineId = z
  .object({ hostname: z.string().optional(), ip: z.string().optional() })
  .transform(({ hostname = null, ip = null }): Machine => ({ hostname, ip }));
const exactNanoseconds = z.object({ nanoseconds: int64 }).transform((message) => message.nanoseconds);

const windows = z
  .object({
    get_maintenance_schedule: z.object({
      schedule: z.object({
        windows: repeated(
          z
            .object({
              machine_ids: repeated(machineId),
              unavailability: z.object({ start: exactNanoseconds, duration: exactNanoseconds.optional() }),
            })
            .transform(
              ({ machine_ids, unavailability: { start, duration } }): Window => ({
                machines: machine_ids,
                startNs: start,
                durationNs: duration ?? null,
              }),
            ),
        ),
      }),
    }),
  })
  .transform(({ get_maintenance_schedule: { schedule } }) => schedule.windows);

/** GET_MAINTENANCE_SCHEDULE, exact: what was read can be written back. */
export const scheduleWindows = exactly(windows);

/** GET_MAINTENANCE_SCHEDULE, looked through for one machine: its entry as text, or null. Mesos matches a machine
 * only where both parts are set and equal, the hostname without regard to case. */
export function scheduledMachine(wanted: { hostname: string; ip: string }) {
  return exactly(
    windows.transform((all): string | null => {
      const found = all.flatMap(({ machines }) => machines).find((each) => isSame(each, wanted));
      return found === undefined ? null : cleaned(`${found.hostname} (${found.ip})`);
    }),
  );
}

/** GET_MAINTENANCE_STATUS. */
export const maintenanceStatus = z
  .object({
    get_maintenance_status: z.object({
      status: z.object({
        draining_machines: repeated(
          z.object({
            id: machineId,
            statuses: repeated(
              z
                .object({
                  status: z.enum(['ACCEPT', 'DECLINE', 'UNKNOWN']),
                  framework_id: wrapped(frameworkId),
                  timestamp: timeInfo,
                })
                .transform(({ status, framework_id: framework, timestamp: at }) => ({
                  framework,
                  answer: status,
                  at,
                })),
            ),
          }),
        ),
        down_machines: repeated(machineId),
      }),
    }),
  })
  .transform(
    ({ get_maintenance_status: { status } }): Pick<MaintenanceSeen, 'draining' | 'down'> => ({
      draining: status.draining_machines.map(({ id, statuses }) => ({ machine: id, answers: statuses })),
      down: status.down_machines,
    }),
  );

/** The machines of a schedule one by one, to the millisecond. */
export function scheduledMachines({
  windows: all,
  down,
}: Pick<MaintenanceSeen, 'windows' | 'down'>): ScheduledMachine[] {
  return all.flatMap(({ machines, startNs, durationNs }) =>
    machines.map((machine) => ({
      machine: {
        hostname: machine.hostname && cleaned(machine.hostname),
        ip: machine.ip && cleaned(machine.ip),
      },
      start: instant(Number(startNs / 1_000_000n)),
      durationMs: durationNs === null ? null : Number(durationNs) / 1e6,
      down: down.some((one) => isSame(one, machine)),
    })),
  );
}

/** Parts that are not set count too. */
function isSame(a: Machine, b: Machine): boolean {
  return a.hostname?.toLowerCase() === b.hostname?.toLowerCase() && a.ip === b.ip;
}
