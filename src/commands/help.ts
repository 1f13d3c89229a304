import type { Verb } from '../domain/command.ts';
import type { Entry } from './entry.ts';
import { grammar, slash } from './grammar.ts';
import { riskInWords, shortSynopsis, showFlag, synopsis } from './synopsis.ts';

/** What help says, in pieces for the renderer. Back-ticks mark what is typed. */
export type HelpText =
  | { kind: 'overview'; lines: { synopsis: string; summary: string }[]; examples: string[]; more: string }
  | {
      kind: 'command';
      synopsis: string;
      summary: string;
      flags: { flag: string; help: string; required: boolean }[];
      details: string[];
      risk: string;
      example: string;
    };

/** Help on one command, or on all of them when null. */
export function helpFor(topic: Verb | null): HelpText {
  const entry = grammar.find(({ verb }) => verb === topic);
  return entry === undefined ? overview() : helpOn(entry);
}

function overview(): HelpText {
  return {
    kind: 'overview',
    lines: grammar.map((entry) => ({ synopsis: `${slash} ${shortSynopsis(entry)}`, summary: entry.summary })),
    examples: grammar.filter(({ verb }) => verb === 'drain').map(({ example }) => `${slash} ${example}`),
    more: `${slash} help drain`,
  };
}

function helpOn(entry: Entry): HelpText {
  return {
    kind: 'command',
    synopsis: `${slash} ${synopsis(entry)}`,
    summary: entry.summary,
    flags: entry.flags.map((flag) => ({
      flag: showFlag(flag),
      help: flag.help,
      required: flag.required,
    })),
    details: [...entry.details],
    risk: riskInWords(entry),
    example: `${slash} ${entry.example}`,
  };
}
