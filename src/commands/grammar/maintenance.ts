import type { Argument, Entry, Flag } from '../entry.ts';
import {
  anyway,
  flag,
  host,
  maxGrace,
  overrideBrake,
  overrideFreeze,
  read,
  reason,
  reversible,
  several,
  severalTargets,
  target,
  targets,
} from './parts.ts';

/** Left out where the machine is named by both its parts. */
const machine: Argument = { ...target, required: false };

/** Machines of agents, by the agents; left out where one is named by both its parts. */
const machines: Argument = { ...severalTargets, required: false };

const byParts: readonly Flag[] = [
  { ...host, aliases: [] },
  flag('hostname', 'of a machine that never had an agent, as the agent will report it', {
    takes: { kind: 'hostname', shown: 'HOSTNAME' },
  }),
  flag('ip', 'its IP address; both belong together, for half of a machine’s name matches no agent', {
    takes: { kind: 'ip', shown: 'IP' },
    only: 'hostname',
  }),
];

const lasts = flag('for', 'for how long', {
  aliases: ['duration'],
  takes: { kind: 'duration', shown: 'DUR' },
});

const whichMachines = `${targets} ${several} Its machine is taken from the master: the hostname and the IP of the agent.`;

/** The maintenance schedule and the machines in it. */
export const maintenance: readonly Entry[] = [
  {
    verb: 'maintenance status',
    aliases: ['maintenance-status'],
    argument: machine,
    flags: [],
    risk: read,
    summary: 'the machines to go down and those that are, what runs there, and what frameworks say to it',
    details: [
      targets,
      'TARGET also names a machine of the schedule that has no agent, by its hostname or IP.',
      'ACCEPT and DECLINE are what a framework says to being asked to leave; neither binds anybody.',
    ],
    example: 'maintenance status agent3',
  },
  {
    verb: 'maintenance schedule',
    aliases: ['maintenance-schedule'],
    argument: machines,
    flags: [
      ...byParts,
      flag('start', 'from when: `2h`, `22:00`, `2026-11-27T22:00`, `now`; by your clock', {
        takes: { kind: 'hour', shown: 'WHEN' },
        required: true,
      }),
      { ...lasts, required: true },
      reason(false),
      overrideFreeze,
    ],
    risk: reversible,
    summary: 'put a machine into the cluster’s maintenance schedule; nothing is killed',
    details: [
      whichMachines,
      'Its frameworks are asked to leave, and may not. While it is scheduled, no drain is taken for its agent.',
      'There is one schedule, and others write it too: yours is merged into it, what it changes is shown first, and the thread says so where somebody wrote at the same time.',
      'A machine that is in another window moves out of it.',
    ],
    example: 'maintenance schedule agent3 --start 22:00 --for 2h --reason "new disks"',
  },
  {
    verb: 'maintenance clear',
    aliases: ['maintenance-clear'],
    argument: machines,
    flags: [...byParts, reason(false), overrideFreeze],
    risk: reversible,
    summary: 'take a machine out of the maintenance schedule',
    details: [whichMachines, 'A machine that is DOWN can’t be taken out: `maintenance stop` brings it up.'],
    example: 'maintenance clear agent3',
  },
  {
    verb: 'maintenance start',
    aliases: ['maintenance-start', 'maintenance down', 'maintenance-down'],
    argument: machines,
    flags: [
      ...byParts,
      flag('drain-first', 'drain its agent, and go on once that is proven: tasks keep their grace'),
      { ...maxGrace, only: 'drain-first' },
      { ...lasts, help: 'how long it will be away, for the schedule; else without an end' },
      reason(true),
      overrideFreeze,
      overrideBrake,
      anyway,
    ],
    risk: [{ when: null, risk: 'irreversible' }],
    summary: 'take a machine down: its agent is shut down at once, with all its tasks',
    details: [
      whichMachines,
      'Tasks get no grace. What the master knows of a drain or deactivation of the agent is erased. Needs an approval.',
      'A machine that is not in the schedule is put there first, by the same command.',
      'With `--drain-first` the agent is drained before the machine is scheduled: a scheduled one can’t be.',
    ],
    example: 'maintenance start agent3 --reason "new disks"',
  },
  {
    verb: 'maintenance stop',
    aliases: ['maintenance-stop', 'maintenance up', 'maintenance-up'],
    argument: machines,
    flags: [...byParts, reason(false), overrideFreeze],
    risk: reversible,
    summary: 'bring a machine up again: its agent may register, and takes tasks at once',
    details: [
      whichMachines,
      'It is taken out of the schedule. No `reactivate` is needed: the agent comes back active, sometimes under a new id, and the thread says which.',
    ],
    example: 'maintenance stop agent3 --reason "new disks are in"',
  },
];
