import { instantOf } from '../commands/audit-words.ts';
import { readValue } from '../commands/values.ts';
import type { AuditFilter } from '../domain/audit/filter.ts';
import type { Verb } from '../domain/command.ts';
import { type ClusterName, clusterName, type Instant, type UserId } from '../domain/ids.ts';
import type { Given, Subcommand } from './audit-subcommand.ts';

/** The options by which entries are picked, for each subcommand that takes them. */
export const filterOptions = {
  agent: 'text',
  cluster: 'text',
  by: 'text',
  command: 'text',
  since: 'text',
  until: 'text',
} as const satisfies Subcommand['options'];

/** How usage shows them. */
export const filterUsage =
  '[--agent T] [--cluster NAME] [--by U…] [--command C] [--since WHEN] [--until WHEN]';

/** What they mean, a line each. */
export const filterHelp = [
  "--agent   an agent's id, or its whole hostname",
  '--cluster its name, as the configuration had it',
  '--by      a Slack user id',
  '--command drain, mark-gone, …: only entries that hold that command',
  '--since   7d, 2h, 2026-11-22, 2026-11-22T14:00Z',
  '--until   the same; a day is taken to its end',
];

/** The options --agent, --cluster, --by, --command, --since and --until, or what is wrong with them. */
export function readAuditFilter(
  given: Given,
  now: Instant,
): { filter: AuditFilter } | { objections: string[] } {
  const by = readOption(given, 'by', (text) => readUser(text, now));
  const command = readOption(given, 'command', (text) => readCommand(text, now));
  const since = readOption(given, 'since', (text) => readInstant('since', text, now));
  const until = readOption(given, 'until', (text) => readInstant('until', text, now));
  const cluster = readOption(given, 'cluster', readCluster);
  const objections = [by, cluster, command, since, until].filter((each) => typeof each === 'string');
  if (
    typeof by === 'string' ||
    typeof cluster === 'string' ||
    typeof command === 'string' ||
    typeof since === 'string' ||
    typeof until === 'string'
  )
    return { objections };
  if (since.value !== null && until.value !== null && until.value <= since.value)
    return { objections: ['--until is not after --since, so nothing can be between them.'] };
  return {
    filter: {
      agent: given.text('agent'),
      cluster: cluster.value,
      by: by.value,
      command: command.value,
      since: since.value,
      until: until.value,
    },
  };
}

/** A string is an objection. */
type Read<T> = { value: T } | string;

function readOption<T>(given: Given, option: string, read: (text: string) => Read<T>): Read<T | null> {
  const text = given.text(option);
  return text === null ? { value: null } : read(text);
}

function readUser(text: string, now: Instant): Read<UserId> {
  const value = readValue('person', wordOf(text.replace(/^<@(\w+)(?:\|.*)?>$/, '$1')), now);
  return value.kind === 'person'
    ? { value: value.user }
    : `--by ${text}: it is a Slack user id, like U0123ABCD.`;
}

function readCluster(text: string): Read<ClusterName> {
  try {
    return { value: clusterName(text) };
  } catch {
    return `--cluster ${text}: it is not the name of a cluster.`;
  }
}

function readCommand(text: string, now: Instant): Read<Verb> {
  const value = readValue('verb', wordOf(text), now);
  if (value.kind === 'verb') return { value: value.verb };
  const near =
    value.kind === 'objection' && value.nearest !== null ? `; did you mean ${value.nearest}?` : '.';
  return `--command ${text}: it is not a command${near}`;
}

function readInstant(option: 'since' | 'until', text: string, now: Instant): Read<Instant> {
  const value = readValue(option === 'since' ? 'when' : 'until', wordOf(text), now);
  if (value.kind === 'objection') return `--${option} ${text}: ${value.what}.`;
  if (value.kind !== 'when') return `--${option} ${text}: not a time.`;
  return { value: instantOf(value.when, now) };
}

/** An argument as the language of the slash command knows words. */
function wordOf(text: string) {
  return { kind: 'word' as const, text, quoted: false, person: null, at: 0, length: text.length };
}

/** Told beside an empty answer, which looks like a log without such an entry. */
export const nonePasses =
  'No entry passes. --agent takes a whole agent id or a whole hostname, as the log has it; --by a Slack user id.';
