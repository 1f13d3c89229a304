import type { Machine } from '../agent.ts';

/** A machine as Mesos tells it from others: both parts, never one alone. */
export interface WholeMachine {
  hostname: string;
  ip: string;
}

/** What makes two names one machine: the hostname without regard to case, the IP as it is written, and which of the two
 * are set (mesos include/mesos/type_utils.hpp, operator== of MachineID). */
export function machineKey({ hostname, ip }: Machine): string {
  return JSON.stringify([hostname?.toLowerCase() ?? null, ip]);
}

/** Whether `machine` is one of `all`. */
export function isAmong(machine: Machine, all: readonly Machine[]): boolean {
  const key = machineKey(machine);
  return all.some((each) => machineKey(each) === key);
}
