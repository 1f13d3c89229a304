import type { Group, Verb } from '../domain/command.ts';
import type { Entry } from './entry.ts';
import { clusterFlag } from './everywhere.ts';
import { grammar, groups, slash } from './grammar.ts';
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

/** Help on one command, on those with one first word, or on all of them when null. Which cluster is meant can be said
 * where there are several. */
export function helpFor(
  topic: Verb | Group | null,
  { severalClusters }: { severalClusters: boolean } = { severalClusters: false },
): HelpText {
  const entry = grammar.find(({ verb }) => verb === topic);
  if (entry !== undefined)
    return helpOn(severalClusters ? { ...entry, flags: [...entry.flags, clusterFlag] } : entry);
  const group = groups.find((each) => each === topic);
  return group === undefined
    ? overview(grammar, 'drain')
    : overview(
        grammar.filter(({ verb }) => verb.startsWith(`${group} `)),
        `${group} start`,
      );
}

function overview(entries: readonly Entry[], best: Verb): HelpText {
  return {
    kind: 'overview',
    lines: entries.map((entry) => ({ synopsis: `${slash} ${shortSynopsis(entry)}`, summary: entry.summary })),
    examples: entries.filter(({ verb }) => verb === best).map(({ example }) => `${slash} ${example}`),
    more: `${slash} help ${best}`,
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
