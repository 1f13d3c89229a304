import type { AuditFilter } from '../app/ports.ts';
import { instantOf } from '../commands/audit-words.ts';
import { readValue } from '../commands/values.ts';
import type { Verb } from '../domain/command.ts';
import type { Instant, UserId } from '../domain/ids.ts';
import { openAuditFile } from '../store/audit-file.ts';
import { auditHeading, auditLine } from './audit-line.ts';
import type { AuditCommandPorts, Given, Subcommand } from './audit-subcommand.ts';

/** `list`: the log as a table, or as one JSON object a line. */
export const listCommand: Subcommand = {
  usage: '[FILE] [--agent T] [--by U…] [--command C] [--since WHEN] [--until WHEN] [--json]',
  help: [
    'prints the audit log, oldest entry first.',
    "--agent   an agent's id or hostname",
    '--by      a Slack user id',
    '--command drain, mark-gone, …: only entries that hold that command',
    '--since   7d, 2h, 2026-11-22, 2026-11-22T14:00Z',
    '--until   the same; a day is taken to its end',
    '--json    one JSON object a line: hash, and entry exactly as it was hashed',
  ],
  options: { agent: 'text', by: 'text', command: 'text', since: 'text', until: 'text', json: 'flag' },
  files: 1,
  prepare(given, ports) {
    const read = readAuditFilter(given, ports.clock.now());
    if ('objections' in read) return read;
    const path = given.files[0] ?? ports.defaultFile;
    return { run: () => list(path, read.filter, given.flag('json'), ports) };
  },
};

/** The options --agent, --by, --command, --since and --until, or what is wrong with them. */
export function readAuditFilter(
  given: Given,
  now: Instant,
): { filter: AuditFilter } | { objections: string[] } {
  const by = readOption(given, 'by', (text) => readUser(text, now));
  const command = readOption(given, 'command', (text) => readCommand(text, now));
  const since = readOption(given, 'since', (text) => readInstant('since', text, now));
  const until = readOption(given, 'until', (text) => readInstant('until', text, now));
  const objections = [by, command, since, until].filter((each) => typeof each === 'string');
  if (
    typeof by === 'string' ||
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
      by: by.value,
      command: command.value,
      since: since.value,
      until: until.value,
    },
  };
}

async function list(
  path: string,
  filter: AuditFilter,
  json: boolean,
  { print }: AuditCommandPorts,
): Promise<boolean> {
  const file = await openAuditFile(path);
  try {
    if (!json) await print(auditHeading);
    for await (const { row, entry } of file.entries(filter))
      await print(json ? `{"hash":"${row.hash}","entry":${row.text}}` : auditLine(entry));
    return true;
  } finally {
    await file.close();
  }
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
