import type { Argument, Entry } from '../entry.ts';
import { flag, maxGrace, reason, reversible } from './parts.ts';

const drain: Argument = { name: 'DRAIN', takes: 'drain', required: true };

/** What is said about work that is there already: a drain, a question, a plan. */
export const work: readonly Entry[] = [
  {
    verb: 'cancel',
    aliases: [],
    argument: { name: 'DRAIN | APPROVAL | PLAN', takes: 'work', required: true },
    flags: [],
    risk: reversible,
    summary:
      'take back a question, a plan as far as it has not begun, or the mark gone that is to follow a drain',
    details: [
      'Open to operators and to approvers.',
      'Of a plan that runs, what has begun goes on; the rest is dropped. One over machines stops between its calls only: a call that has left can’t be taken back.',
      'A plain drain can’t be cancelled: Mesos has no call for it. The mark gone of an unattended one can, while the agent is still there.',
    ],
    example: 'cancel a9',
  },
  {
    verb: 'confirm',
    aliases: [],
    argument: { name: 'PLAN', takes: 'plan', required: true },
    flags: [],
    risk: reversible,
    summary: 'have a plan done that was shown to you, as its button does',
    details: [
      'For whoever asked for it, within 15 minutes. Everything is looked at again: where anything is not as it was shown, nothing is done and the plan is shown anew.',
    ],
    example: 'confirm p3',
  },
  {
    verb: 'pause',
    aliases: [],
    argument: { name: 'PLAN', takes: 'plan', required: true },
    flags: [],
    risk: reversible,
    summary: 'let a rolling drain begin no further wave until somebody resumes it',
    details: [
      'Open to operators and to approvers.',
      'What drains by then goes on to its end: Mesos has no way to stop a drain. The agents of later waves stay deactivated.',
      'To give it up instead: `cancel`.',
    ],
    example: 'pause p3',
  },
  {
    verb: 'resume',
    aliases: [],
    argument: { name: 'PLAN', takes: 'plan', required: true },
    flags: [],
    risk: reversible,
    summary: 'let a rolling drain go on that was paused, or that halted by itself',
    details: [
      'Everything is judged anew before its next wave: limits, freezes, the gate, room, what runs nowhere else. What still speaks against it halts it again.',
      'What failed or was refused is left as it is, and the rest goes on.',
    ],
    example: 'resume p3',
  },
  {
    verb: 'hasten',
    aliases: [],
    argument: drain,
    flags: [
      { ...maxGrace, required: true, help: 'the shorter grace, 5 s or more' },
      flag('instead-of', 'only if this is its grace now, as the button sends it', {
        takes: { kind: 'duration', shown: 'DUR' },
      }),
    ],
    risk: reversible,
    summary: 'shorten the grace of a drain that is under way',
    details: [
      'It stays the same drain, in its thread: the call goes to the master again with the shorter grace.',
      'Tasks already in their grace are cut short only by executors that take a second kill; the others keep what they were given.',
      '`drain` on an agent that is being drained offers this with a button.',
      'A drain under an approval keeps the grace that was approved.',
    ],
    example: 'hasten d17 --max-grace-period 1m',
  },
  {
    verb: 'close',
    aliases: [],
    argument: drain,
    flags: [reason(true)],
    risk: reversible,
    summary: 'stop watching a drain and end its thread; the cluster is left as it is',
    details: ['The agent goes on draining, if it was.'],
    example: 'close d17 --reason "agent replaced by hand"',
  },
];
