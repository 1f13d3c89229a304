import type { AuditCommand, Command, Target, Verb, Work } from '../domain/command.ts';
import type { Instant } from '../domain/ids.ts';
import { nearest } from '../domain/nearest.ts';
import type { Problem, Result } from '../domain/refusal.ts';
import { ok, refuse } from '../domain/refusal.ts';
import { disagreements } from './audit-words.ts';
import type { Argument, Entry } from './entry.ts';
import type { Gathered } from './gather.ts';
import { gather, problem } from './gather.ts';
import { grammar, slash } from './grammar.ts';
import { groupIn, noSuchSecondWord, withGroups } from './groups.ts';
import { machineObjections, maintenanceCommand } from './machine-words.ts';
import { must, pick } from './pick.ts';
import type { Token } from './tokenize.ts';
import { tokenize } from './tokenize.ts';
import type { Value } from './values.ts';
import { entryNamed, readValue } from './values.ts';

/** The longest text that is looked at, in UTF-16 units; Slack's own limit for a message is above it. */
export const longestCommand = 3000;

const mostProblems = 10;

/** What the text after `/mesos` means, or all that is wrong with it (`bad-command`). No text is a plea for help.
 * `now` is what `--since` is judged by. Never throws, whatever the text. */
export function parseCommand(text: string, { now }: { now: Instant }): Result<Command> {
  if (text.length > longestCommand) {
    const place = { at: longestCommand, length: text.length - longestCommand };
    const typed = text.slice(0, longestCommand);
    return wrong(typed, null, [problem(place, `the command is longer than ${longestCommand} characters`)]);
  }
  const { tokens: cut, problems } = tokenize(text);
  const tokens = withGroups(cut);
  const [first, ...rest] = tokens;
  if (first === undefined) return ok({ verb: 'help', topic: null });
  const named = first.kind === 'word' && first.person === null ? entryNamed(first.text) : null;
  if (problems.length === 0 && (named !== null || first.kind === 'flag') && tokens.some(asksForHelp))
    return ok({ verb: 'help', topic: named?.verb ?? null });
  const group = first.kind === 'word' && named === null ? groupIn(first) : null;
  if (group !== null && problems.length === 0 && rest.every(asksForHelp))
    return ok({ verb: 'help', topic: group });
  if (group !== null) problems.push(noSuchSecondWord(group, rest[0] ?? first));
  else if (named === null) problems.push(noSuchCommand(first));
  // The rest is judged as the nearest command's, so that every objection is said at once.
  const entry = named ?? grammar.find(({ verb }) => verb === problems.at(-1)?.nearest);
  if (entry === undefined) return wrong(text, null, problems);

  const words = group === null || rest[0]?.kind !== 'word' ? rest : rest.slice(1);
  const gathered = gather(entry, words, text.trimEnd().length);
  problems.push(...gathered.problems);
  let argument: Value | null = null;
  const flags = new Map<string, Value>();
  if (entry.argument !== null && gathered.argument !== null) {
    const value = readArgument(entry.argument, gathered, now);
    if (value.kind !== 'objection') argument = value;
    else problems.push(problem(gathered.argument, value.what, value.allowed, value.nearest));
  }
  for (const [name, { flag, word }] of gathered.flags) {
    if (flag.takes === null) flags.set(name, { kind: 'set' });
    else if (word !== null) {
      const value = readValue(flag.takes.kind, word, now);
      if (value.kind !== 'objection') flags.set(name, value);
      else problems.push(problem(word, value.what, value.allowed, value.nearest));
    }
  }
  problems.push(...disagreements(entry, gathered, flags, now), ...machineObjections(entry, gathered));
  return problems.length > 0 ? wrong(text, entry, problems) : ok(build(entry.verb, argument, flags));
}

/** After its lead it is what the lead takes; without it, what could have stood after the lead is told how. */
function readArgument({ takes, lead }: Argument, { argument, led }: Gathered, now: Instant) {
  const word = must(argument);
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

function build(verb: Verb, argument: Value | null, flags: ReadonlyMap<string, Value>): Command {
  const target = (): Target => ({ typed: must(pick(argument, 'agent')).typed });
  const maxGrace = () => pick(flags.get('max-grace-period'), 'duration')?.seconds ?? null;
  const reason = () => pick(flags.get('reason'), 'text')?.text ?? null;
  switch (verb) {
    case 'help':
      return { verb, topic: pick(argument, 'verb')?.verb ?? pick(argument, 'group')?.group ?? null };
    case 'agents': {
      const attribute = pick(flags.get('attribute'), 'attribute');
      return {
        verb,
        state: pick(flags.get('state'), 'state')?.state ?? null,
        attribute: attribute && { name: attribute.name, value: attribute.value },
        host: pick(flags.get('host'), 'glob')?.glob ?? null,
      };
    }
    case 'status': {
      const work = workIn(argument);
      if (work !== null) return { verb, about: work };
      return { verb, about: argument === null ? null : { target: target() } };
    }
    case 'preview':
      return { verb, target: target(), maxGrace: maxGrace(), markGone: flags.has('mark-gone') };
    case 'drain':
      return {
        verb,
        target: target(),
        maxGrace: maxGrace(),
        markGone: flags.has('mark-gone'),
        unattended: flags.has('unattended'),
        reason: reason(),
        dryRun: flags.has('dry-run'),
      };
    case 'deactivate':
    case 'reactivate':
      return { verb, target: target(), reason: reason() };
    case 'mark-gone':
      return { verb, target: target(), now: flags.has('now'), reason: must(reason()) };
    case 'cancel':
      return { verb, work: must(workIn(argument)) };
    case 'hasten':
      return {
        verb,
        drain: must(pick(argument, 'drain')).drain,
        maxGrace: must(maxGrace()),
        insteadOf: pick(flags.get('instead-of'), 'duration')?.seconds ?? null,
      };
    case 'close':
      return { verb, drain: must(pick(argument, 'drain')).drain, reason: must(reason()) };
    case 'audit':
      return {
        verb,
        about: auditTopic(argument),
        agent: pick(flags.get('agent'), 'agent')?.typed ?? null,
        by: pick(flags.get('by'), 'person')?.user ?? null,
        command: pick(flags.get('command'), 'verb')?.verb ?? null,
        since: pick(flags.get('since'), 'when')?.when ?? null,
        until: pick(flags.get('until'), 'when')?.when ?? null,
        before: pick(flags.get('before'), 'entry')?.seq ?? null,
        after: pick(flags.get('after'), 'entry')?.seq ?? null,
        exportAs: pick(flags.get('export'), 'export-format')?.format ?? null,
      };
    case 'maintenance schedule':
    case 'maintenance clear':
    case 'maintenance start':
    case 'maintenance stop':
      return maintenanceCommand(verb, argument, flags);
    case 'whoami':
      return { verb };
  }
}

function auditTopic(argument: Value | null): AuditCommand['about'] {
  if (pick(argument, 'anchor') !== null) return { anchor: 'now' };
  const agent = pick(argument, 'agent');
  return agent === null ? workIn(argument) : { who: { typed: agent.typed } };
}

/** Work of ours, named by its short id. */
function workIn(argument: Value | null): Work | null {
  const drain = pick(argument, 'drain');
  if (drain !== null) return { drain: drain.drain };
  const approval = pick(argument, 'approval');
  return approval && { approval: approval.approval };
}
