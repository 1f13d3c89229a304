/** One entry of `/slaves` as recorded (slaves_filter_01_registered), with `changes`. */
export function slave(id: string, changes: object = {}): object {
  return {
    id,
    hostname: 'agent3.example',
    port: 5053,
    attributes: { rack: 'r3', zone: 'z0', floor: 4 },
    pid: 'slave(1)@127.0.0.1:5053',
    registered_time: 1795389519.305939,
    resources: { disk: 4096.0, mem: 2048.0, gpus: 0.0, cpus: 4.0, ports: '[31000-32000]' },
    used_resources: { disk: 0.0, mem: 64.0, gpus: 0.0, cpus: 0.5 },
    offered_resources: { disk: 0.0, mem: 0.0, gpus: 0.0, cpus: 0.0 },
    reserved_resources: {},
    unreserved_resources: { disk: 4096.0, mem: 2048.0, gpus: 0.0, cpus: 4.0, ports: '[31000-32000]' },
    active: true,
    deactivated: false,
    version: '1.12.0',
    capabilities: ['MULTI_ROLE', 'AGENT_DRAINING'],
    reserved_resources_full: {},
    unreserved_resources_full: [],
    used_resources_full: [],
    offered_resources_full: [],
    ...changes,
  };
}

/** One entry of GET_AGENTS as recorded (master_GET_AGENTS), with `changes`. */
export function agentEntry(id: string, changes: object = {}): object {
  return {
    agent_info: {
      hostname: 'agent3.example',
      port: 5053,
      resources: [],
      attributes: [
        { name: 'rack', type: 'TEXT', text: { value: 'r3' } },
        { name: 'floor', type: 'SCALAR', scalar: { value: 4 } },
        { name: 'slots', type: 'RANGES', ranges: { range: [{ begin: 1, end: 3 }] } },
      ],
      id: { value: id },
      checkpoint: true,
    },
    active: true,
    deactivated: false,
    version: '1.12.0',
    pid: 'slave(1)@127.0.0.1:5053',
    registered_time: { nanoseconds: 1795385297427687000 },
    total_resources: [
      { name: 'cpus', type: 'SCALAR', scalar: { value: 3 }, role: '*' },
      {
        name: 'cpus',
        type: 'SCALAR',
        scalar: { value: 1 },
        role: 'ops',
        reservations: [{ type: 'DYNAMIC', role: 'ops', principal: 'op' }],
      },
      { name: 'mem', type: 'SCALAR', scalar: { value: 2048 }, role: '*' },
      ...reservedDisk,
    ],
    allocated_resources: [{ name: 'cpus', type: 'SCALAR', scalar: { value: 0.5 }, role: '*' }],
    capabilities: [{ type: 'MULTI_ROLE' }, { type: 'AGENT_DRAINING' }],
    ...changes,
  };
}

/** A persistent volume, and two reserved ports beside it. */
export const reservedDisk = [
  {
    name: 'disk',
    type: 'SCALAR',
    scalar: { value: 1024 },
    role: 'eng/db',
    reservation: { principal: 'db-fw' },
    reservations: [{ type: 'DYNAMIC', role: 'eng/db', principal: 'db-fw' }],
    disk: {
      persistence: { id: 'vol-1', principal: 'db-fw' },
      volume: { mode: 'RW', container_path: 'data' },
    },
  },
  {
    name: 'ports',
    type: 'RANGES',
    ranges: { range: [{ begin: 31000, end: 31001 }] },
    reservations: [
      { type: 'STATIC', role: 'eng' },
      { type: 'DYNAMIC', role: 'eng/db', principal: 'db-fw' },
    ],
  },
  {
    name: 'disk',
    type: 'SCALAR',
    scalar: { value: 100 },
    role: 'eng',
    reservations: [{ type: 'STATIC', role: 'eng' }],
  },
];

/** One task as agents and masters write it (recording draining_06_agent_GET_TASKS). */
export function task(id: string, agent: string, changes: object = {}): object {
  return {
    name: id,
    task_id: { value: id },
    framework_id: { value: 'f1' },
    agent_id: { value: agent },
    state: 'TASK_RUNNING',
    resources: [],
    status_update_state: 'TASK_RUNNING',
    kill_policy: { grace_period: { nanoseconds: 120000000000 } },
    ...changes,
  };
}
