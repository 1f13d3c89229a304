import type { Entry } from '../entry.ts';
import { flag, host, maxGrace, read, several, severalTargets, targets } from './parts.ts';

/** What looks, and changes nothing. */
export const reads: readonly Entry[] = [
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
];
