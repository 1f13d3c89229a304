import type { Cluster, Host, MachineId } from './state.ts';

/** The only address there is; every agent lives on it, as in the recordings. */
export const IP = '127.0.0.1';

/** Equality of MachineIDs (mesos type_utils.hpp): hostnames without regard to case, and a missing part only equals a
 * missing part; an entry with a hostname alone matches no agent (recording maint_27_DRAIN). */
export const sameMachine = (a: MachineId, b: MachineId): boolean =>
  a.hostname?.toLowerCase() === b.hostname?.toLowerCase() && a.ip === b.ip;

/** The MachineID of an agent's host. */
export const machineOf = (host: Host): MachineId => ({ hostname: host.spec.hostname, ip: IP });

/** Whether the host's machine is DOWN for maintenance. */
export const isDown = (cluster: Cluster, host: Host): boolean =>
  cluster.registry.machines.some(({ id, mode }) => mode === 'DOWN' && sameMachine(id, machineOf(host)));
