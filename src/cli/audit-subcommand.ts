import { parseArgs } from 'node:util';
import type { AcceptPorts } from './audit-accept.ts';
import type { Progress } from './progress.ts';

/** What a subcommand needs of the world. `print` resolves when the line is out, so that a slow reader holds it back. */
export interface AuditCommandPorts extends AcceptPorts {
  defaultFile: string;
  progress: Progress;
  complain(line: string): void;
}

/** One word after `npm run audit --`. */
export interface Subcommand {
  /** What follows its name, like `[FILE] [--json]`. */
  usage: string;
  /** What it does, then a line for each option. */
  help: string[];
  /** By name, without the dashes. `text` takes a value, `texts` may be given several times, `flag` takes none. */
  options: Readonly<Record<string, 'text' | 'texts' | 'flag'>>;
  /** At most so many files are taken. */
  files: number;
  /** Reads the arguments without doing anything yet: either what to do, or everything that is wrong with them. */
  prepare(given: Given, ports: AuditCommandPorts): Prepared;
}

/** What a subcommand was given; names and numbers of options and files are checked already. */
export interface Given {
  files: string[];
  /** Null: not given. */
  text(option: string): string | null;
  texts(option: string): string[];
  flag(option: string): boolean;
}

/** `run` answers whether all is well, which is exit status 0, else 1. It throws a StoreFault where it can't be known: 2. */
export type Prepared = { run: () => Promise<boolean> } | { objections: string[] };

/** The arguments after a subcommand's name, held against what it takes. `takers`: who else takes an option. */
export function readGiven(
  name: string,
  { options, files }: Subcommand,
  args: string[],
  takers: (option: string) => string[],
): { given: Given; objections: string[] } {
  const { tokens } = parseArgs({
    args,
    options: Object.fromEntries(
      Object.entries(options).map(([option, takes]) => [
        option,
        { type: takes === 'flag' ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const objections: string[] = [];
  const values = new Map<string, string[]>();
  const named: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') named.push(token.value);
    if (token.kind !== 'option') continue;
    const takes = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    const already = values.get(token.name) ?? [];
    if (takes === undefined)
      objections.push(`${token.rawName}: ${whoTakes(name, options, takers(token.name))}.`);
    else if (takes === 'flag' && token.value !== undefined)
      objections.push(`${token.rawName} takes no value.`);
    // `--agent --json` is a forgotten value; one that begins with a dash is written `--agent=-x`.
    else if (takes !== 'flag' && (token.value ?? '') === '')
      objections.push(`${token.rawName} wants a value.`);
    else if (takes !== 'flag' && token.value?.startsWith('-') && !token.inlineValue)
      objections.push(`${token.rawName} wants a value, and ${token.value} follows it.`);
    else if (takes !== 'texts' && already.length > 0) objections.push(`${token.rawName}: only once.`);
    else values.set(token.name, [...already, token.value ?? '']);
  }
  const tooMany = named.slice(files);
  if (tooMany.length > 0)
    objections.push(
      `${files === 1 ? 'One file at a time' : `At most ${files} files`}: ${tooMany.join(' ')} is too much.`,
    );
  return {
    given: {
      files: named.slice(0, files),
      text: (option) => values.get(option)?.[0] ?? null,
      texts: (option) => values.get(option) ?? [],
      flag: (option) => values.has(option),
    },
    objections,
  };
}

function whoTakes(name: string, options: Subcommand['options'], takers: string[]): string {
  if (takers.length > 0) return `only ${takers.join(' and ')} takes that`;
  const own = Object.keys(options).map((option) => `--${option}`);
  return own.length === 0 ? `${name} takes no options` : `${name} takes ${own.join(', ')}`;
}
