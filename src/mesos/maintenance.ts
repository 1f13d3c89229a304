import type { MaintenanceSeen } from '../domain/maintenance/seen.ts';
import { leadershipDoubt } from './look-at.ts';
import { ReadFault } from './read-fault.ts';
import type { Reads } from './reads.ts';
import { apiQuery } from './requests.ts';
import { maintenanceStatus, scheduleWindows } from './shapes/maintenance.ts';

/** The schedule, then its status, at one address between two GET_MASTER of the same id. Throws a ReadFault where
 * either can't be had, or the leader changed. */
export async function readMaintenance(reads: Reads): Promise<MaintenanceSeen> {
  const before = await reads.leader();
  const windows = await reads.askAt(before.base, apiQuery('GET_MAINTENANCE_SCHEDULE', scheduleWindows));
  const status = await reads.askAt(before.base, apiQuery('GET_MAINTENANCE_STATUS', maintenanceStatus));
  const doubt = await leadershipDoubt(reads, before);
  if (doubt !== null) throw new ReadFault(doubt, true);
  return { leader: before.leader.id, windows, ...status };
}
