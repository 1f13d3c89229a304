import type { Asked } from '../domain/command.ts';
import type { Instant } from '../domain/ids.ts';
import { nearest } from '../domain/nearest.ts';
import type { Problem, Result } from '../domain/refusal.ts';
import { ok, refuse } from '../domain/refusal.ts';
import { build, type Said } from './build.ts';
import { disagreements } from './disagreements.ts';
import type { Argument, Entry } from './entry.ts';
import { clusterFlag } from './everywhere.ts';
import { gather, problem } from './gather.ts';
import { grammar, slash } from './grammar.ts';
import { groupIn, noSuchSecondWord, withGroups } from './groups.ts';
import { machineObjections } from './machine-words.ts';
import type { Objection } from './objection.ts';
import { pick } from './pick.ts';
import type { Token, Word } from './tokenize.ts';
import { tokenize } from './tokenize.ts';
import type { Value } from './values.ts';
import { entryNamed, readValue } from './values.ts';

/** The longest text that is looked at, in UTF-16 units; Slack's own limit for a message is above it. */
export const longestCommand = 3000;

const mostProblems = 10;

/** What the text after `/mesos` means, or all that is wrong with it (`bad-command`). No text is a plea for help.
 * `now` is what `--since` is judged by. Never throws, whatever the text. */
export function parseCommand(text: string, { now }: { now: Instant }): Result<Asked> {
  if (text.length > longestCommand) {
    const place = { at: longestCommand, length: text.length - longestCommand };
    const typed = text.slice(0, longestCommand);
    return wrong(typed, null, [problem(place, `the command is longer than ${longestCommand} characters`)]);
  }
  const { tokens: cut, problems } = tokenize(text);
  const tokens = withGroups(commandFirst(cut));
  const [first, ...rest] = tokens;
  if (first === undefined) return ok({ command: { verb: 'help', topic: null }, cluster: null });
  const named = first.kind === 'word' && first.person === null ? entryNamed(first.text) : null;
  if (problems.length === 0 && (named !== null || first.kind === 'flag') && tokens.some(asksForHelp))
    return ok({ command: { verb: 'help', topic: named?.verb ?? null }, cluster: null });
  const group = first.kind === 'word' && named === null ? groupIn(first) : null;
  if (group !== null && problems.length === 0 && rest.every(asksForHelp))
    return ok({ command: { verb: 'help', topic: group }, cluster: null });
  if (group !== null) problems.push(noSuchSecondWord(group, rest[0] ?? first));
  else if (named === null) problems.push(noSuchCommand(first));
  // The rest is judged as the nearest command's, so that every objection is said at once.
  const entry = named ?? grammar.find(({ verb }) => verb === problems.at(-1)?.nearest);
  if (entry === undefined) return wrong(text, null, problems);

  const words = group === null || rest[0]?.kind !== 'word' ? rest : rest.slice(1);
  const gathered = gather(entry, words, text.trimEnd().length);
  problems.push(...gathered.problems);
  const said: Said = { argument: [], flags: new Map() };
  const { argument, led } = gathered;
  for (const word of argument)
    if (entry.argument !== null) take(word, readArgument(entry.argument, led, word, now), said.argument);
  for (const [name, { flag, words }] of gathered.flags) {
    const values: Value[] = [];
    if (flag.takes === null) values.push({ kind: 'set' });
    else for (const word of words) take(word, readValue(flag.takes.kind, word, now), values);
    if (values.length > 0) said.flags.set(name, values);
  }
  problems.push(...disagreements(entry, gathered, said, now), ...machineObjections(entry, gathered));
  if (problems.length > 0) return wrong(text, entry, problems);
  const cluster = pick(said.flags.get(clusterFlag.name), 'cluster')?.name ?? null;
  return ok({ command: build(entry.verb, said), cluster });

  function take(word: Word, value: Value | Objection, into: Value[]): void {
    if (value.kind !== 'objection') into.push(value);
    else problems.push(problem(word, value.what, value.allowed, value.nearest));
  }
}

/** `--cluster NAME` may stand before the command too: there it is moved behind all else. */
function commandFirst(tokens: Token[]): Token[] {
  const [first, second, ...rest] = tokens;
  if (first?.kind !== 'flag' || first.name !== clusterFlag.name || second === undefined) return tokens;
  return first.value === null && second.kind === 'word' ? [...rest, first, second] : [second, ...rest, first];
}

/** After its lead it is what the lead takes; without it, what could have stood after the lead is told how. */
function readArgument({ takes, lead }: Argument, led: Word | null, word: Word, now: Instant) {
  const value = readValue(led === null || lead === undefined ? takes : lead.takes, word, now);
  if (value.kind !== 'objection' || value.nearest !== null || led !== null || lead === undefined)
    return value;
  const isLeads = readValue(lead.takes, word, now).kind !== 'objection';
  return isLeads ? { ...value, nearest: `${lead.word} ${word.text}` } : value;
}

function asksForHelp(token: Token): boolean {
  return token.kind === 'flag' && (token.name === 'help' || token.name === 'h') && token.value === null;
}

function noSuchCommand(first: Token): Problem {
  const verbs = grammar.map(({ verb }) => verb);
  if (first.kind === 'flag') return problem(first, 'a command comes first, its flags after it', verbs);
  return problem(first, 'there is no such command', verbs, nearest(first.text, verbs)[0] ?? null);
}

function wrong(typed: string, entry: Entry | null, all: Problem[]): Result<never> {
  const problems = all.toSorted((a, b) => a.at - b.at);
  const dropped = problems.splice(mostProblems);
  if (dropped[0] !== undefined) problems.push(problem(dropped[0], `and ${dropped.length} more like these`));
  return refuse({ code: 'bad-command', problems, typed, example: `${slash} ${entry?.example ?? 'help'}` });
}
