import type { AgentId, MasterId, Seconds } from './ids.ts';
import type { WholeMachine } from './maintenance/machine.ts';
import type { Window } from './maintenance/window.ts';

/** The calls that change a cluster: those on one agent, and those on machines. */
export type Call = AgentCall | MachineCall;

/** `maxGrace` null: the field is left out. */
export type AgentCall =
  | { type: 'DRAIN_AGENT'; agentId: AgentId; maxGrace: Seconds | null; markGone: boolean }
  | { type: 'DEACTIVATE_AGENT'; agentId: AgentId }
  | { type: 'REACTIVATE_AGENT'; agentId: AgentId }
  | { type: 'MARK_AGENT_GONE'; agentId: AgentId };

/** Each is taken as a whole or not at all (mesos-api 6). */
export type MachineCall =
  /** Replaces the whole schedule: a machine that `windows` leave out is no longer scheduled. */
  | { type: 'UPDATE_MAINTENANCE_SCHEDULE'; windows: Window[] }
  /** Their agents are shut down and removed, with their tasks. */
  | { type: 'START_MAINTENANCE'; machines: WholeMachine[] }
  | { type: 'STOP_MAINTENANCE'; machines: WholeMachine[] };

/** The outcome of a mutating call. *unknown* is resolved by looking, never by sending again (promise 3). `httpStatus` null: no
 * answer came. `master` null: nobody knows who it was that answered at `url`. */
export type CallOutcome = { body: string; master: MasterId | null; url: string } & (
  | { kind: 'accepted'; httpStatus: number }
  | { kind: 'rejected'; httpStatus: number | null }
  | { kind: 'unknown'; httpStatus: number | null; why: string }
);

/** A call for the bot's own log: what, and of what. */
export function nameOfCall(call: Call): string {
  switch (call.type) {
    case 'DRAIN_AGENT':
    case 'DEACTIVATE_AGENT':
    case 'REACTIVATE_AGENT':
    case 'MARK_AGENT_GONE':
      return `${call.type} of ${call.agentId}`;
    case 'START_MAINTENANCE':
    case 'STOP_MAINTENANCE':
      return `${call.type} of ${call.machines.map(({ hostname, ip }) => `${hostname} (${ip})`).join(', ')}`;
    case 'UPDATE_MAINTENANCE_SCHEDULE':
      return call.type;
  }
}
