import type { Group } from '../domain/command.ts';
import type { Argument, Entry } from './entry.ts';
import { maintenance } from './grammar/maintenance.ts';
import {
  flag,
  host,
  listed,
  maxGrace,
  overrideFreeze,
  read,
  reason,
  reversible,
  several,
  severalTargets,
  target,
  targets,
} from './grammar/parts.ts';

const drain: Argument = { name: 'DRAIN', takes: 'drain', required: true };

/** The whole language, in the order in which help shows it. */
export const grammar: readonly Entry[] = [
  {
    verb: 'help',
    aliases: ['?'],
    argument: { name: 'COMMAND', takes: 'topic', required: false },
    flags: [],
    risk: read,
    summary: 'what can be typed, and what one command does',
    details: ['`--help` after any command does the same.'],
    example: 'help drain',
  },
  {
    verb: 'agents',
    aliases: [],
    argument: { name: 'SELECTOR…', takes: 'selector', required: false, several: true },
    flags: [
      flag('state', 'only agents in this state', { takes: { kind: 'state', shown: 'STATE' } }),
      flag('attribute', 'only agents with this attribute; the same as a SELECTOR', {
        aliases: ['attr'],
        takes: { kind: 'selector', shown: 'NAME=VALUE' },
        several: true,
      }),
      host,
      flag('after', 'the list from the agent after this one on, as the button sends it', {
        takes: { kind: 'agent', shown: 'TARGET' },
      }),
    ],
    risk: read,
    summary:
      'the agents of the cluster: state, since when and by whom, tasks, what is open on each, attributes',
    details: [
      'SELECTOR is an attribute: `rack=r12`, `rack=r12,r13` (one of them), `zone!=z1` (not z1, or no zone at all).',
      'Several narrow the list together, but for several `--host`: one of those is enough.',
    ],
    example: 'agents rack=r12 --state draining',
  },
  {
    verb: 'status',
    aliases: [],
    argument: { name: 'TARGET | DRAIN | APPROVAL | PLAN', takes: 'work-or-agent', required: false },
    flags: [],
    risk: read,
    summary: 'open drains, questions, plans and the master, or one agent, drain, approval or plan',
    details: [
      targets,
      'DRAIN, APPROVAL and PLAN are what the thread calls them, like `d17`, `a9` and `p3`; they win over an agent of that name.',
    ],
    example: 'status d17',
  },
  {
    verb: 'preview',
    aliases: [],
    argument: severalTargets,
    flags: [host, maxGrace, flag('mark-gone', 'show also what marking the agent gone would destroy')],
    risk: read,
    summary: 'what draining agents would cost; changes nothing',
    details: [targets, several, 'Of several, the list with its totals.'],
    example: 'preview agent3',
  },
  {
    verb: 'drain',
    aliases: [],
    argument: severalTargets,
    flags: [
      host,
      maxGrace,
      flag('mark-gone', 'once it is drained, mark the agent gone for ever; needs a reason and an approval'),
      flag('unattended', 'let the master mark it gone by itself: tasks may lose their grace', {
        only: 'mark-gone',
      }),
      reason(false),
      flag('dry-run', 'show what it would do, and send nothing'),
      overrideFreeze,
    ],
    risk: [
      { when: 'dry-run', risk: 'read' },
      { when: 'mark-gone', risk: 'irreversible' },
      { when: null, risk: 'reversible' },
    ],
    summary: 'end all tasks on an agent and keep new ones away, for work on the machine',
    details: [
      targets,
      several,
      listed,
      'A drain kills tasks and can’t be cancelled; the agent comes back with a reactivation.',
      'Without `--max-grace-period` each task keeps its own grace period. A task that has none gets the one you give.',
      'Less than 5 s of grace needs a reason and an approval.',
      'With `--mark-gone` two calls are made: a plain drain, and once the agent is proven empty, the one that marks it gone. On an agent that drains already, the first step is done.',
      'An approval is the reaction of a second person on the message that the bot posts. The call then waits in sight for a while, and can still be stopped.',
    ],
    example: 'drain agent3 --max-grace-period 10m --reason "kernel upgrade"',
  },
  {
    verb: 'deactivate',
    aliases: [],
    argument: severalTargets,
    flags: [host, reason(false), overrideFreeze],
    risk: reversible,
    summary: 'keep new tasks away from an agent, and tell until its frameworks have emptied it',
    details: [
      targets,
      several,
      listed,
      'Nothing is killed: the frameworks move or end their tasks by themselves, or nobody does.',
      'The thread tells what is left and whose it is, and when the agent holds nothing any more.',
      'It can be undone at any time with `reactivate`; `drain` goes on from it, and ends what is left.',
    ],
    example: 'deactivate agent3 --reason "frameworks drain themselves"',
  },
  {
    verb: 'reactivate',
    aliases: [],
    argument: severalTargets,
    flags: [host, reason(false), overrideFreeze],
    risk: reversible,
    summary: 'take a drained or deactivated agent back into service',
    details: [
      targets,
      several,
      listed,
      'Refused while it is DRAINING, and while the agent itself still drains: it would drop new tasks.',
      'An agent that is away is reactivated too: it takes tasks when it returns, and the thread says so.',
    ],
    example: 'reactivate agent3 --reason "new kernel runs"',
  },
  {
    verb: 'mark-gone',
    aliases: ['markgone'],
    argument: target,
    flags: [flag('now', 'even if the agent is alive and runs tasks'), reason(true), overrideFreeze],
    risk: [{ when: null, risk: 'irreversible' }],
    summary: 'mark the agent of a dead machine gone for ever',
    details: [
      targets,
      'If the machine is not powered off, its tasks go on and run twice. Needs an approval.',
      'A hostname that has had several agents is refused: name the id of the dead one.',
    ],
    example: 'mark-gone agent3 --reason "mainboard dead, powered off"',
  },
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
  ...maintenance,
  {
    verb: 'audit',
    aliases: [],
    argument: {
      name: 'who TARGET | DRAIN | APPROVAL | PLAN | anchor',
      takes: 'audit-topic',
      required: false,
      lead: { word: 'who', name: 'TARGET', takes: 'agent' },
    },
    flags: [
      flag('agent', 'only what concerns this agent', { takes: { kind: 'agent', shown: 'TARGET' } }),
      flag('by', 'only what this person asked for or voted on', {
        takes: { kind: 'person', shown: '@user' },
      }),
      flag('command', 'only this command; also shows those that only read', {
        aliases: ['verb'],
        takes: { kind: 'verb', shown: 'COMMAND' },
      }),
      flag('since', 'from then on: `7d`, `2h`, `2026-11-22`, `2026-11-22T14:00`; UTC', {
        takes: { kind: 'when', shown: 'WHEN' },
      }),
      flag('until', 'up to then, in the same forms; a day is taken to its end', {
        takes: { kind: 'until', shown: 'WHEN' },
      }),
      flag('before', 'only what is older than this entry, as the button sends it', {
        takes: { kind: 'entry', shown: 'ENTRY' },
      }),
      flag('after', 'the story of a DRAIN, APPROVAL or PLAN from there on, as the button sends it', {
        takes: { kind: 'entry', shown: 'ENTRY' },
      }),
      flag(
        'export',
        'the entries as a file, to you alone: `csv` for spreadsheets, `jsonl` to check or to work on',
        {
          aliases: ['format'],
          takes: { kind: 'export-format', shown: 'csv|jsonl' },
        },
      ),
    ],
    risk: read,
    summary: 'who did what, when, why, on whose approval, and what came of it',
    details: [
      'Several flags narrow the list together. Newest first, a page at a time.',
      '`audit who agent3` tells who did what to that agent, and what is under way on it.',
      '`audit d17`, `audit a9` and `audit p3` tell what happened in that drain, question or plan, from its beginning.',
      '`audit anchor` posts the head of the log in the anchor channel now, and shows it to you: keep it, and the log can be held against it. For operators and approvers.',
    ],
    example: 'audit --agent agent3 --since 7d',
  },
  {
    verb: 'whoami',
    aliases: ['who-am-i'],
    argument: null,
    flags: [],
    risk: read,
    summary: 'who the bot takes you for, and what you may do here',
    details: [],
    example: 'whoami',
  },
];

/** First words that make a command only with a second one, like `maintenance` of `maintenance start`. */
export const groups: readonly Group[] = ['maintenance'];

/** The slash command itself. */
export const slash = '/mesos';
