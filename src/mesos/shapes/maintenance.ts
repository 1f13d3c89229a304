import { z } from 'zod';
import { repeated, text } from './fields.ts';

const machineId = z.object({ hostname: text.optional(), ip: text.optional() });

/** GET_MAINTENANCE_SCHEDULE, looked through for one machine: its entry as text, or null. Mesos matches a machine
 * only where both parts are set and equal, the hostname without regard to case (mesos include/mesos/type_utils.hpp,
 * operator== of MachineID). */
export function scheduledMachine(wanted: { hostname: string; ip: string }) {
  return z
    .object({
      get_maintenance_schedule: z.object({
        schedule: z.object({ windows: repeated(z.object({ machine_ids: repeated(machineId) })) }),
      }),
    })
    .transform(({ get_maintenance_schedule: { schedule } }): string | null => {
      const found = schedule.windows
        .flatMap((window) => window.machine_ids)
        .find(
          ({ hostname, ip }) => hostname?.toLowerCase() === wanted.hostname.toLowerCase() && ip === wanted.ip,
        );
      return found === undefined ? null : `${found.hostname} (${found.ip})`;
    });
}
