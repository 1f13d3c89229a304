import type { JsonObject } from '../json/write.ts';
import type { Registry, Window } from '../state.ts';

/** The windows of a schedule; undefined (the key is left out) when there are none. */
export const windows = (all: readonly Window[]): JsonObject[] | undefined =>
  all.length === 0
    ? undefined
    : all.map(({ machineIds, startNs, durationNs }) => ({
        machine_ids: machineIds.map((machine) => ({ ...machine })),
        unavailability: {
          start: { nanoseconds: startNs },
          duration: durationNs === null ? undefined : { nanoseconds: durationNs },
        },
      }));

/** `get_maintenance_status`: no framework here answers inverse offers, so there are never any `statuses`. */
export const maintenanceStatus = ({ machines }: Registry): JsonObject => {
  const draining = machines.filter(({ mode }) => mode === 'DRAINING').map(({ id }) => ({ id: { ...id } }));
  const down = machines.filter(({ mode }) => mode === 'DOWN').map(({ id }) => ({ ...id }));
  return {
    status: {
      draining_machines: draining.length === 0 ? undefined : draining,
      down_machines: down.length === 0 ? undefined : down,
    },
  };
};
