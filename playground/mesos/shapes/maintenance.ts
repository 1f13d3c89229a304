import type { JsonObject } from '../json/write.ts';
import { machineOf, sameMachine } from '../machines.ts';
import type { Leader, MachineId, Registry, Window } from '../state.ts';
import { id, timeInfo } from './common.ts';

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

const statuses = (leader: Leader, machine: MachineId): JsonObject[] =>
  [...leader.agents.values()]
    .filter(({ host }) => sameMachine(machineOf(host), machine))
    .flatMap(({ id: agent }) => [...(leader.inverseOffers.get(agent) ?? [])])
    .map(([framework, answer]) => ({
      status: answer.status,
      framework_id: id(framework),
      timestamp: timeInfo(answer.at),
    }));

/** Which machines are to go down, and which are. */
export const status = (leader: Leader, { machines }: Registry): JsonObject => {
  const draining = machines
    .filter(({ mode }) => mode === 'DRAINING')
    .map((machine) => {
      const answers = statuses(leader, machine.id);
      return { id: { ...machine.id }, statuses: answers.length === 0 ? undefined : answers };
    });
  const down = machines.filter(({ mode }) => mode === 'DOWN').map(({ id }) => ({ ...id }));
  return {
    draining_machines: draining.length === 0 ? undefined : draining,
    down_machines: down.length === 0 ? undefined : down,
  };
};
