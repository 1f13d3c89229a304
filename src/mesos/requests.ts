import type { z } from 'zod';
import type { Machine } from '../domain/agent.ts';
import type { Call } from '../domain/call.ts';
import type { AgentId, FrameworkId } from '../domain/ids.ts';
import type { ListedTask } from '../domain/preview/spread.ts';
import { listedTasks } from './shapes/listed-tasks.ts';
import { type RegistryLook, registry } from './shapes/registry.ts';
import { slaves } from './shapes/slaves.ts';

/** The operator API's one endpoint, of masters and agents alike. */
export const apiPath = '/api/v1';

/** Sent with each POST. Mesos compares the Content-Type as a whole: with a charset it is a 415
 * (recording err_ctype_charset). */
export const apiHeaders = { 'content-type': 'application/json', accept: 'application/json' };

/** A read, and the projection of its answer. */
export interface Query<T> {
  /** For messages. */
  name: string;
  method: 'GET' | 'POST';
  pathAndQuery: string;
  body: string | null;
  shape: z.ZodType<T>;
}

type ReadType =
  | 'GET_MASTER'
  | 'GET_AGENTS'
  | 'GET_TASKS'
  | 'GET_FRAMEWORKS'
  | 'GET_OPERATIONS'
  | 'GET_MAINTENANCE_SCHEDULE'
  | 'GET_MAINTENANCE_STATUS'
  | 'GET_AGENT'
  | 'GET_EXECUTORS';

/** A read of the operator API; none of them takes a parameter. */
export function apiQuery<T>(type: ReadType, shape: z.ZodType<T>): Query<T> {
  return { name: type, method: 'POST', pathAndQuery: apiPath, body: JSON.stringify({ type }), shape };
}

/** One agent through the v0 endpoint, which alone can filter. It skips the check whether the master has
 * recovered (mesos src/master/http.cpp, Http::slaves): both lists empty proves nothing by itself. */
export function slavesQuery(agent: AgentId) {
  const pathAndQuery = `/slaves?slave_id=${encodeURIComponent(agent)}`;
  return { name: '/slaves', method: 'GET', pathAndQuery, body: null, shape: slaves(agent) } as const;
}

/** One framework's tasks through the v0 endpoint, which alone can filter by framework and page. `des`: by when they
 * began, the newest first, so that one that begins between two pages is read twice, and none is missed
 * (mesos src/master/readonly_handler.cpp, tasks). */
export function tasksQuery(
  framework: FrameworkId,
  { offset, limit }: { offset: number; limit: number },
): Query<ListedTask[]> {
  const pathAndQuery = `/tasks?framework_id=${encodeURIComponent(framework)}&limit=${limit}&offset=${offset}&order=des`;
  return { name: '/tasks', method: 'GET', pathAndQuery, body: null, shape: listedTasks };
}

/** The registry. Never redirects: to be sent to the leader's own address. */
export const registryQuery: Query<RegistryLook> = {
  name: 'the registry',
  method: 'GET',
  pathAndQuery: '/registrar(1)/registry',
  body: null,
  shape: registry,
};

/** A mutating call as the master reads it. Mesos ignores keys that it doesn't know and takes a grace in any other
 * form than whole `seconds` as zero or an error (mesos-api 0), so the form is fixed by this type. */
interface DrainAgentMessage {
  type: 'DRAIN_AGENT';
  drain_agent: {
    agent_id: { value: string };
    max_grace_period?: { seconds: number };
    mark_gone: boolean;
  };
}

interface DeactivateAgentMessage {
  type: 'DEACTIVATE_AGENT';
  deactivate_agent: { agent_id: { value: string } };
}

interface ReactivateAgentMessage {
  type: 'REACTIVATE_AGENT';
  reactivate_agent: { agent_id: { value: string } };
}

interface MarkAgentGoneMessage {
  type: 'MARK_AGENT_GONE';
  mark_agent_gone: { agent_id: { value: string } };
}

interface ScheduleMessage {
  type: 'UPDATE_MAINTENANCE_SCHEDULE';
  update_maintenance_schedule: {
    schedule: {
      windows: {
        machine_ids: MachineIdMessage[];
        unavailability: { start: NanosecondsMessage; duration?: NanosecondsMessage };
      }[];
    };
  };
}

interface StartMaintenanceMessage {
  type: 'START_MAINTENANCE';
  start_maintenance: { machines: MachineIdMessage[] };
}

interface StopMaintenanceMessage {
  type: 'STOP_MAINTENANCE';
  stop_maintenance: { machines: MachineIdMessage[] };
}

interface MachineIdMessage {
  hostname?: string;
  ip?: string;
}

/** An int64 as text: a number of JSON would be read as a double (mesos-api 6). */
interface NanosecondsMessage {
  nanoseconds: string;
}

function machineIdOf({ hostname, ip }: Machine): MachineIdMessage {
  return { ...(hostname === null ? {} : { hostname }), ...(ip === null ? {} : { ip }) };
}

function nanosecondsOf(ns: bigint): NanosecondsMessage {
  return { nanoseconds: ns.toString() };
}

/** The body of a call, byte for byte. */
export function callBody(call: Call): string {
  switch (call.type) {
    case 'DRAIN_AGENT': {
      const message: DrainAgentMessage = {
        type: 'DRAIN_AGENT',
        drain_agent: {
          agent_id: { value: call.agentId },
          ...(call.maxGrace === null ? {} : { max_grace_period: { seconds: call.maxGrace } }),
          // Written even when false: what is meant is never left to a default.
          mark_gone: call.markGone,
        },
      };
      return JSON.stringify(message);
    }
    case 'DEACTIVATE_AGENT': {
      const message: DeactivateAgentMessage = {
        type: 'DEACTIVATE_AGENT',
        deactivate_agent: { agent_id: { value: call.agentId } },
      };
      return JSON.stringify(message);
    }
    case 'REACTIVATE_AGENT': {
      const message: ReactivateAgentMessage = {
        type: 'REACTIVATE_AGENT',
        reactivate_agent: { agent_id: { value: call.agentId } },
      };
      return JSON.stringify(message);
    }
    case 'MARK_AGENT_GONE': {
      const message: MarkAgentGoneMessage = {
        type: 'MARK_AGENT_GONE',
        mark_agent_gone: { agent_id: { value: call.agentId } },
      };
      return JSON.stringify(message);
    }
    case 'UPDATE_MAINTENANCE_SCHEDULE': {
      const message: ScheduleMessage = {
        type: 'UPDATE_MAINTENANCE_SCHEDULE',
        update_maintenance_schedule: {
          schedule: {
            windows: call.windows.map(({ machines, startNs, durationNs }) => ({
              machine_ids: machines.map(machineIdOf),
              unavailability: {
                start: nanosecondsOf(startNs),
                ...(durationNs === null ? {} : { duration: nanosecondsOf(durationNs) }),
              },
            })),
          },
        },
      };
      return JSON.stringify(message);
    }
    case 'START_MAINTENANCE': {
      const message: StartMaintenanceMessage = {
        type: 'START_MAINTENANCE',
        start_maintenance: { machines: call.machines.map(machineIdOf) },
      };
      return JSON.stringify(message);
    }
    case 'STOP_MAINTENANCE': {
      const message: StopMaintenanceMessage = {
        type: 'STOP_MAINTENANCE',
        stop_maintenance: { machines: call.machines.map(machineIdOf) },
      };
      return JSON.stringify(message);
    }
  }
}
