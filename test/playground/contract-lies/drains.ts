import { inactive, type Lies, nobody, says, text, undrained } from './lies.ts';

const OTHER_GRACE = text('"nanoseconds":10000000000}', '"nanoseconds":0}');
const STILL_DRAINS = text('{"agent_info"', '{"drain_config":{},"agent_info"');
const NEVER_DRAINED = text('DRAINED', 'DRAINING');

/** About an agent in service. */
export const IN_SERVICE_LIES: Lies = {
  'starts from an agent in service': [
    ['has it disconnected', 'GET_AGENTS', inactive, /active/],
    ['does not have it', 'GET_AGENTS', nobody, /not registered/],
  ],
  'the agent answers for itself under the address in its pid': [
    ['is another', 'agent GET_AGENT', text(/"id":\{[^}]+\}/g, '"id":{"value":"S9"}'), /GET_AGENT/],
    ['drains', 'agent GET_AGENT', STILL_DRAINS, /GET_AGENT/],
  ],
  'the agent tells of its tasks, executors and operations, none of them left out for being none': [
    ['leaves tasks out', 'agent GET_TASKS', text('queued_tasks', 'q'), /queued_tasks/],
    ['leaves executors out', 'agent GET_EXECUTORS', text('"executors"', '"e"'), /executors/],
  ],
  'does not know an agent that never was': [
    ['drains it', 'DRAIN_AGENT', says(200), /wanted 400/],
    ['deactivates it', 'DEACTIVATE_AGENT', says(200), /wanted 400/],
    ['says 404', 'REACTIVATE_AGENT', says(404), /wanted 400/],
  ],
  'refuses the documented "10mins", and changes nothing': [
    ['takes it', 'DRAIN_AGENT', says(200), /wanted 400/],
    ['drains all the same', 'GET_AGENTS', text('"deactivated":false', '"deactivated":true'), /deactivated/],
  ],
  'refuses to reactivate an active agent': [
    ['accepts', 'REACTIVATE_AGENT', says(200), /wanted 400/],
    ['words it otherwise', 'REACTIVATE_AGENT', says(400, 'No'), /body/],
  ],
  'deactivates, as often as asked': [
    ['objects the second time', 'DEACTIVATE_AGENT', says(400), /answer/, { nth: 1 }],
    ['does nothing', 'GET_AGENTS', text('"deactivated":true', '"deactivated":false'), /deactivated/],
  ],
  'reactivates a deactivated agent': [
    ['answers with a body', 'REACTIVATE_AGENT', says(200, '{}'), /answer/],
    ['does nothing', 'GET_AGENTS', inactive, /active/],
  ],
};

/** About a drain that lasts. */
export const DRAINING_LIES: Lies = {
  'drains: takes seconds, and reads them back in nanoseconds': [
    ['refuses', 'DRAIN_AGENT', says(403), /answer/],
    ['has another grace', 'GET_AGENTS', OTHER_GRACE, /config/],
    ['has a third state', 'GET_AGENTS', text(/DRAIN(ED|ING)"/g, 'AWAY"'), /state AWAY/],
  ],
  'refuses to reactivate while DRAINING, and goes on draining': [
    ['accepts, as 1.9 does', 'REACTIVATE_AGENT', says(200), /wanted 400/, { needsTask: true }],
    ['words it otherwise', 'REACTIVATE_AGENT', says(400, 'No'), /body/, { needsTask: true }],
    ['stops the drain', 'GET_AGENTS', undrained, /no drain/, { nth: 1, needsTask: true }],
  ],
  'takes the very same drain again while DRAINING, and a shorter grace in place of the first': [
    ['refuses the same', 'DRAIN_AGENT', says(400), /answer/, { nth: 0, needsTask: true }],
    ['refuses the shorter', 'DRAIN_AGENT', says(400), /answer/, { nth: 1, needsTask: true }],
    [
      'keeps the first grace',
      'GET_AGENTS',
      text('"nanoseconds":5000000000}', '"nanoseconds":10000000000}'),
      /of the shorter/,
      { nth: 2, needsTask: true },
    ],
  ],
  'takes a mark gone back, while the drain lasts, by a drain without it': [
    ['refuses the order', 'DRAIN_AGENT', says(403), /answer/, { nth: 0, needsTask: true }],
    ['refuses to take it back', 'DRAIN_AGENT', says(403), /answer/, { nth: 1, needsTask: true }],
    [
      'takes no order',
      'GET_AGENTS',
      text('"mark_gone":true', '"mark_gone":false'),
      /after the first/,
      { needsTask: true },
    ],
    [
      'keeps the order',
      'GET_AGENTS',
      text(/("mark_gone"):(true|false)/g, '$1:true'),
      /mark_gone, max/,
      { needsTask: true },
    ],
    ['drops the grace', 'GET_AGENTS', OTHER_GRACE, /mark_gone, max/, { needsTask: true }],
  ],
};

/** About the end of a drain. */
export const DRAINED_LIES: Lies = {
  'ends DRAINED': [
    ['never says so', 'GET_AGENTS', NEVER_DRAINED, /DRAINED: not within/],
    ['lost the drain', 'GET_AGENTS', undrained, /no drain/],
  ],
  'the agent itself ends its drain, with nothing launched': [
    ['never does', 'agent GET_AGENT', STILL_DRAINS, /no drain_config: not within/],
    [
      'keeps a task',
      'agent GET_TASKS',
      text('"launched_tasks":[]', '"launched_tasks":[{"state":"TASK_RUNNING"}]'),
      /launched_tasks/,
    ],
  ],
  'takes a second drain, and its grace replaces the first': [
    ['refuses', 'DRAIN_AGENT', says(409), /answer/],
    ['keeps the first', 'GET_AGENTS', text('"nanoseconds":2000000000}', '"nanoseconds":1}'), /max_grace/],
  ],
  'takes the form it answers with for a grace of zero': [
    ['understands it', 'GET_AGENTS', text('"nanoseconds":0}', '"nanoseconds":60000000000}'), /max_grace/],
  ],
  'takes a deactivation of a drained agent, and leaves the drain as it is': [
    ['refuses', 'DEACTIVATE_AGENT', says(400), /answer/],
    ['drops the drain', 'GET_AGENTS', undrained, /deactivated, state/, { nth: 1 }],
  ],
  'takes a DRAINED agent back into service, without a trace of the drain': [
    ['refuses', 'REACTIVATE_AGENT', says(400), /answer/],
    ['keeps it out', 'GET_AGENTS', inactive, /active/, { nth: 1 }],
    ['never says DRAINED', 'GET_AGENTS', NEVER_DRAINED, /DRAINED: not within/],
  ],
};
