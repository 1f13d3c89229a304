import { header, type Lies, says, text } from './lies.ts';

const scheduled = (window: string) =>
  says(200, `{"get_maintenance_schedule":{"schedule":{"windows":[${window}]}}}`);
const status = (of: string) => says(200, `{"get_maintenance_status":{"status":${of}}}`);

/** About requests. */
export const REQUEST_LIES: Lies = {
  'refuses a Content-Type with a charset': [['takes it', 'GET_HEALTH', says(200), /wanted 415/]],
  'refuses a request without Content-Type': [['takes it', 'GET_HEALTH', says(200), /wanted 400/]],
  'refuses GET, and names POST': [
    ['does not name it', '/api/v1', header('allow', 'GET'), /Allow/],
    ['answers', '/api/v1', says(200), /wanted 405/],
  ],
  'refuses what is not JSON, in plain text': [
    ['answers in HTML', '/api/v1', header('content-type', 'text/html'), /Content-Type/],
  ],
  'takes an unknown call for a missing type': [['has it', 'NO_SUCH_CALL', says(200), /wanted 400/]],
  'ignores keys it does not know': [['is strict', 'GET_HEALTH', says(400), /wanted 200/]],
  'refuses an Accept that allows neither JSON nor protobuf': [
    ['answers all the same', 'GET_HEALTH', says(200), /wanted 406/],
  ],
};

/** About reads. */
export const READ_LIES: Lies = {
  'redirects to the leader by a protocol-relative Location': [
    ['names a scheme', '/redirect', header('location', 'http://a:1'), /Location/],
    ['leads itself', '/redirect', says(200), /wanted 307/],
  ],
  'has a version that can drain': [['is old', 'GET_VERSION', text('1.12.0', '1.8.2'), /version 1\.8\.2/]],
  'says who leads, and that it can drain': [
    ['cannot drain', 'GET_MASTER', text('AGENT_DRAINING', 'OTHER'), /no AGENT_DRAINING/],
    ['has no id', 'GET_MASTER', text(/"id":"[^"]+"/g, '"id":""'), /no master id/],
  ],
  'lists agents and recovered agents, empty lists too': [
    ['leaves one out', 'GET_AGENTS', text('recovered_agents', 'r'), /recovered_agents/],
  ],
  'describes an agent by id, hostname, pid and both flags': [
    ['lacks a flag', 'GET_AGENTS', text('"deactivated"', '"d"'), /undefined/],
    ['writes pids otherwise', 'GET_AGENTS', text('slave(1)', 'agent'), /pid agent@/],
  ],
  'writes int64 as bare numbers and double with a point': [
    ['quotes int64', 'GET_AGENTS', text(/"nanoseconds":(\d+)/g, '"nanoseconds":"$1"'), /registered_time/],
    ['drops the point', 'GET_AGENTS', text(/(\d)\.0/g, '$1'), /scalar/],
  ],
  'lists tasks and frameworks, empty lists too': [
    ['leaves tasks out', 'GET_TASKS', text('unreachable_tasks', 'u'), /unreachable_tasks/],
    ['leaves frameworks out', 'GET_FRAMEWORKS', text('completed_frameworks', 'c'), /completed_frameworks/],
  ],
  'has a maintenance schedule, possibly empty, each window with machines and a start': [
    ['has windows without machines', 'GET_MAINTENANCE_SCHEDULE', scheduled('{}'), /machine_ids/],
  ],
  'has each machine of the schedule in its maintenance status, to go down or DOWN, and no other': [
    [
      'shows another',
      'GET_MAINTENANCE_STATUS',
      status('{"down_machines":[{"ip":"1.1.1.1"}]}'),
      /machines of the status/,
    ],
  ],
  '/maintenance/schedule and /maintenance/status say what their calls say': [
    ['schedules otherwise', '/maintenance/schedule', says(200, '{"windows":[{}]}'), /schedule/],
    ['stands otherwise', '/maintenance/status', says(200, '{"down_machines":[{}]}'), /down_machines/],
  ],
  'lists the operations of agents that have not ended': [
    ['lacks a state', 'GET_OPERATIONS', says(200, '{"get_operations":{"operations":[{}]}}'), /state/],
  ],
  '/slaves?slave_id= of an unknown id is two empty lists': [
    ['does not filter', '/slaves', says(200, '{"slaves":[1]}'), /answer/],
  ],
  '/slaves?slave_id= of a registered agent is that one': [
    ['does not filter', '/slaves', says(200, '{"slaves":[{"id":"S0"},{"id":"S1"}]}'), /ids/],
  ],
  'the registry holds the agents that are registered': [
    ['is a standby', '/registrar(1)/registry', says(200, '{}'), /agent1/],
  ],
};

const task = { needsTask: true } as const;
const noTasks = says(200, '{"tasks":[]}');

/** About the tasks of a framework. */
export const FRAMEWORK_TASKS_LIES: Lies = {
  'a task says what it takes': [
    ['names no amount', 'GET_TASKS', text(/"scalar":\{[^}]*\}/g, '"scalar":{}'), /scalar/, task],
  ],
  '/tasks?framework_id= is that framework alone, each task with id, name, agent and state': [
    [
      'does not filter',
      '/tasks',
      text(/"framework_id":"[^"]+"/g, '"framework_id":"f"'),
      /framework_id/,
      task,
    ],
    ['leaves the agent out', '/tasks', text('"slave_id"', '"s"'), /slave_id/, task],
    ['has none', '/tasks', noTasks, /no task/, task],
  ],
  '/tasks?framework_id= of an unknown framework is an empty list': [
    ['does not filter', '/tasks', says(200, '{"tasks":[{"id":"a"}]}'), /tasks/],
  ],
  '/tasks comes in pages by limit and offset, the newest first, and ends with an empty one': [
    ['has none', '/tasks', noTasks, /tasks of a page of 2/, { ...task, nth: 0 }],
    ['ignores the offset', '/tasks', noTasks, /ids of two pages of 1/, { ...task, nth: 2 }],
    ['never ends', '/tasks', says(200, '{"tasks":[{"id":"a","statuses":[]}]}'), /tasks/, { ...task, nth: 3 }],
  ],
};
