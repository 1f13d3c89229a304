import type { Entry } from '../entry.ts';
import { flag, read } from './parts.ts';

/** Who did what, and who one is. */
export const log: readonly Entry[] = [
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
