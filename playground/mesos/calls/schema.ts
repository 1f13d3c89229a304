import type { Message, Proto } from '../json/to-proto.ts';

const message = (fields: Message['fields']): Message => ({ fields });

const AGENT_ID = message({ value: { type: 'string', required: true } });
const OF_AGENT = message({ agent_id: { type: AGENT_ID, required: true } });
const DURATION = message({ seconds: { type: 'int64' }, nanos: { type: 'int32' } });
const NANOSECONDS = message({ nanoseconds: { type: 'int64', required: true } });
const MACHINE_ID = message({ hostname: { type: 'string' }, ip: { type: 'string' } });
const WINDOW = message({
  machine_ids: { type: MACHINE_ID, repeated: true },
  unavailability: {
    type: message({ start: { type: NANOSECONDS, required: true }, duration: { type: NANOSECONDS } }),
    required: true,
  },
});
const MACHINES = message({ machines: { type: MACHINE_ID, repeated: true } });

/** Master calls that are answered, each with the sub-message it cannot do without (null: none). */
export const MASTER_CALLS: Readonly<Record<string, string | null>> = {
  GET_HEALTH: null,
  GET_VERSION: null,
  GET_MASTER: null,
  GET_AGENTS: null,
  GET_TASKS: null,
  GET_FRAMEWORKS: null,
  GET_EXECUTORS: null,
  GET_OPERATIONS: null,
  GET_STATE: null,
  GET_MAINTENANCE_SCHEDULE: null,
  GET_MAINTENANCE_STATUS: null,
  DRAIN_AGENT: 'drain_agent',
  DEACTIVATE_AGENT: 'deactivate_agent',
  REACTIVATE_AGENT: 'reactivate_agent',
  MARK_AGENT_GONE: 'mark_agent_gone',
  UPDATE_MAINTENANCE_SCHEDULE: 'update_maintenance_schedule',
  START_MAINTENANCE: 'start_maintenance',
  STOP_MAINTENANCE: 'stop_maintenance',
};

/** Agent calls that are answered. */
export const AGENT_CALLS: Readonly<Record<string, string | null>> = {
  GET_HEALTH: null,
  GET_VERSION: null,
  GET_AGENT: null,
  GET_TASKS: null,
  GET_STATE: null,
  GET_EXECUTORS: null,
  GET_FRAMEWORKS: null,
  GET_CONTAINERS: null,
  GET_OPERATIONS: null,
};

/** Calls a real master knows and nothing here needs: 501 instead of a wrong answer. */
export const NOT_SIMULATED: readonly string[] = [
  'GET_FLAGS',
  'GET_METRICS',
  'GET_LOGGING_LEVEL',
  'GET_ROLES',
  'GET_WEIGHTS',
  'GET_QUOTA',
  'GET_RESOURCE_PROVIDERS',
  'RESERVE_RESOURCES',
  'SUBSCRIBE',
  'TEARDOWN',
];

/** mesos include/mesos/v1/master/master.proto, Call: what the bot could send. `max_grace_period` is a
 * google.protobuf.Duration, not the DurationInfo that answers carry. */
export const MASTER_CALL: Message = message({
  type: { type: ['UNKNOWN', ...Object.keys(MASTER_CALLS), ...NOT_SIMULATED] },
  drain_agent: {
    type: message({
      agent_id: { type: AGENT_ID, required: true },
      max_grace_period: { type: DURATION },
      mark_gone: { type: 'bool' },
    }),
  },
  deactivate_agent: { type: OF_AGENT },
  reactivate_agent: { type: OF_AGENT },
  mark_agent_gone: { type: OF_AGENT },
  update_maintenance_schedule: {
    type: message({
      schedule: { type: message({ windows: { type: WINDOW, repeated: true } }), required: true },
    }),
  },
  start_maintenance: { type: MACHINES },
  stop_maintenance: { type: MACHINES },
});

/** mesos include/mesos/v1/agent/agent.proto, Call. */
export const AGENT_CALL: Message = message({
  type: { type: ['UNKNOWN', ...Object.keys(AGENT_CALLS), ...NOT_SIMULATED] },
});

/** The agent a call is about; the conversion has made sure that it is there. */
export const agentIdOf = (body: Proto): string => (body['agent_id'] as { value: string }).value;
