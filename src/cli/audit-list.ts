import { readValue } from '../commands/values.ts';
import { after, type Instant, type UserId } from '../domain/ids.ts';
import { openAuditFile } from '../store/audit-file.ts';
import { auditHeading, auditLine } from './audit-line.ts';
import type { AuditCommandPorts, Given, Subcommand } from './audit-subcommand.ts';

/** `list`: the log as a table, or as one JSON object a line. */
export const listCommand: Subcommand = {
  usage: '[FILE] [--agent T] [--by U…] [--since WHEN] [--json]',
  help: [
    'prints the audit log, oldest entry first.',
    "--agent   an agent's id or hostname",
    '--by      a Slack user id',
    '--since   7d, 2h, 2026-11-22, 2026-11-22T14:00Z',
    '--json    one JSON object a line: hash, and entry exactly as it was hashed',
  ],
  options: { agent: 'text', by: 'text', since: 'text', json: 'flag' },
  files: 1,
  prepare(given, ports) {
    const read = readAuditFilter(given, ports.clock.now());
    if ('objections' in read) return read;
    const path = given.files[0] ?? ports.defaultFile;
    return { run: () => list(path, read.filter, given.flag('json'), ports) };
  },
};

/** Which entries are asked for. */
export interface ListFilter {
  agent: string | null;
  by: UserId | null;
  since: Instant | null;
}

/** The options --agent, --by and --since, or what is wrong with them. */
export function readAuditFilter(
  given: Given,
  now: Instant,
): { filter: ListFilter } | { objections: string[] } {
  const by = readOption(given, 'by', (text) => readUser(text, now));
  const since = readOption(given, 'since', (text) => readSince(text, now));
  const objections = [by, since].filter((each) => typeof each === 'string');
  if (typeof by === 'string' || typeof since === 'string') return { objections };
  return { filter: { agent: given.text('agent'), by: by.value, since: since.value } };
}

async function list(
  path: string,
  filter: ListFilter,
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

function readSince(text: string, now: Instant): Read<Instant> {
  const value = readValue('when', wordOf(text), now);
  if (value.kind === 'objection') return `--since ${text}: ${value.what}.`;
  if (value.kind !== 'when') return `--since ${text}: not a time.`;
  return { value: 'at' in value.since ? value.since.at : after(now, -value.since.ago * 1000) };
}

/** An argument as the language of the slash command knows words. */
function wordOf(text: string) {
  return { kind: 'word' as const, text, quoted: false, person: null, at: 0, length: text.length };
}
