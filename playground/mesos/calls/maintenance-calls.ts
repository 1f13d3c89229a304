import { EMPTY, FORBIDDEN, type Reply, textReply } from '../http/reply.ts';
import type { Proto } from '../json/to-proto.ts';
import {
  modeError,
  scheduleError,
  startMaintenance,
  stopMaintenance,
  updateSchedule,
} from '../maintenance.ts';
import type { MachineId, Window } from '../state.ts';
import { type Caller, may } from './context.ts';

interface WindowProto {
  machine_ids?: MachineId[];
  unavailability: { start: { nanoseconds: bigint }; duration?: { nanoseconds: bigint } };
}

const windowsOf = (body: Proto): Window[] => {
  const schedule = body['schedule'] as { windows?: WindowProto[] };
  return (schedule.windows ?? []).map(({ machine_ids, unavailability: { start, duration } }) => ({
    machineIds: machine_ids ?? [],
    startNs: start.nanoseconds,
    durationNs: duration?.nanoseconds ?? null,
  }));
};

const machinesOf = (body: Proto): MachineId[] => (body['machines'] as MachineId[] | undefined) ?? [];

/** UPDATE_MAINTENANCE_SCHEDULE: replaces everything; checked before the ACLs. */
export function updateScheduleCall(caller: Caller, body: Proto): Reply {
  const windows = windowsOf(body);
  const wrong = scheduleError(caller.cluster, windows);
  if (wrong !== null) return textReply(400, wrong);
  if (!may(caller, 'update_maintenance_schedules')) return FORBIDDEN;
  updateSchedule(caller.cluster, windows);
  return EMPTY;
}

/** START_MAINTENANCE: the agents on the machines are shut down and removed. */
export function startMaintenanceCall(caller: Caller, body: Proto): Reply {
  const ids = machinesOf(body);
  const wrong = modeError(caller.cluster, ids, 'DRAINING');
  if (wrong !== null) return textReply(400, wrong);
  if (!may(caller, 'start_maintenances')) return FORBIDDEN;
  startMaintenance(caller.cluster, caller.leader, ids);
  return EMPTY;
}

/** STOP_MAINTENANCE. */
export function stopMaintenanceCall(caller: Caller, body: Proto): Reply {
  const ids = machinesOf(body);
  const wrong = modeError(caller.cluster, ids, 'DOWN');
  if (wrong !== null) return textReply(400, wrong);
  if (!may(caller, 'stop_maintenances')) return FORBIDDEN;
  stopMaintenance(caller.cluster, ids);
  return EMPTY;
}
