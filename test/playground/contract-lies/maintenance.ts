import { type Lies, says, text } from './lies.ts';

/** Nanoseconds as a double would have them. */
const ROUNDED = text('4102444800123456789', '4102444800123456800');
const OURS = says(
  200,
  '{"get_maintenance_schedule":{"schedule":{"windows":[{"machine_ids":[{"hostname":"agent1.example","ip":"127.0.0.1"}]}]}}}',
);
const NOT_DOWN = text('"down_machines"', '"d"');

/** About an agent whose machine is scheduled. */
export const MAINTENANCE_LIES: Lies = {
  'starts from a machine that is in no maintenance schedule': [
    ['has it there', 'GET_MAINTENANCE_SCHEDULE', OURS, /it is scheduled/],
  ],
  'refuses a schedule that it can not keep, and keeps the one it has': [
    ['takes one', 'UPDATE_MAINTENANCE_SCHEDULE', says(200), /wanted 400/, { nth: 3 }],
    [
      'loses its own',
      'GET_MAINTENANCE_SCHEDULE',
      text('"schedule":{', '"schedule":{"windows":[{}]'),
      /schedule/,
      { nth: 1 },
    ],
  ],
  'keeps a schedule to the nanosecond, in its order, half of a machine too': [
    ['rounds it', 'GET_MAINTENANCE_SCHEDULE', ROUNDED, /the schedule: wanted/],
    [
      'drops the half',
      'GET_MAINTENANCE_SCHEDULE',
      text(/,\{"hostname":"half[^}]*\}/g, ''),
      /the schedule: wanted/,
    ],
  ],
  'has a scheduled machine to go down, and refuses to drain its agent': [
    ['does not show it', 'GET_MAINTENANCE_STATUS', text('"draining_machines"', '"d"'), /is not to go down/],
    ['drains it', 'DRAIN_AGENT', says(200), /wanted 400/],
  ],
  'deactivates and reactivates the agent of a scheduled machine': [
    ['refuses', 'DEACTIVATE_AGENT', says(400), /answer/],
  ],
  'refuses to bring up a machine that is not down': [['does', 'STOP_MAINTENANCE', says(200), /wanted 400/]],
};

/** About the third agent, whose machine is taken down. */
export const MACHINE_DOWN_LIES: Lies = {
  'refuses to bring down a machine that is not scheduled': [
    ['does', 'START_MAINTENANCE', says(200), /wanted 400/],
  ],
  'brings a scheduled machine down, and removes its agent': [
    ['says 202, as its documents do', 'START_MAINTENANCE', says(202), /answer/],
    ['does not show it', 'GET_MAINTENANCE_STATUS', NOT_DOWN, /down, listed/],
  ],
  'has a machine that is down in the registry': [
    ['has it not', '/registrar(1)/registry', text('"machines"', '"m"'), /mode/],
  ],
  'refuses to bring it down again, and to leave it out of the schedule': [
    ['brings it down', 'START_MAINTENANCE', says(200), /^$/],
    ['leaves it out', 'UPDATE_MAINTENANCE_SCHEDULE', says(200), /wanted 400/],
  ],
  'brings it up again, out of the schedule': [
    ['refuses', 'STOP_MAINTENANCE', says(400), /answer/],
    [
      'keeps it down',
      'GET_MAINTENANCE_STATUS',
      text('"status":{', '"status":{"down_machines":[{"hostname":"agent3.example","ip":"127.0.0.1"}]'),
      /down, scheduled/,
    ],
  ],
};
