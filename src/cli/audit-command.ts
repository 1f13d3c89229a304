import { parseArgs } from 'node:util';
import { StoreFault } from '../app/faults.ts';
import { readValue } from '../commands/values.ts';
import { after, type Instant, type UserId } from '../domain/ids.ts';
import type { Head } from '../domain/verify.ts';
import { openAuditFile } from '../store/audit-file.ts';
import { type AcceptPorts, acceptRestore } from './audit-accept.ts';
import { auditHeading, auditLine } from './audit-line.ts';
import { verifyLog } from './audit-verify.ts';

/** What the command needs of the world. `print` resolves when the line is out, so that a slow reader holds it back. */
export interface AuditCommandPorts extends AcceptPorts {
  defaultFile: string;
  complain(line: string): void;
}

const help = `npm run audit -- list [FILE] [--agent T] [--by U…] [--since WHEN] [--json]
npm run audit -- verify [FILE] [--anchor SEQ:HASH]
npm run audit -- accept-restore [FILE] --reason TEXT

list    prints the audit log, oldest entry first.
  --agent   an agent's id or hostname
  --by      a Slack user id
  --since   7d, 2h, 2026-11-22, 2026-11-22T14:00Z
  --json    one JSON object a line: hash, and entry exactly as it was hashed
verify  follows the chain of hashes and names the first bad entry.
  --anchor  a head that was printed or posted earlier: finds a cut-off end and a rebuilt chain
accept-restore  lets the bot change things again after it found its database restored. Stop the bot first.
  --reason  why; it goes into the log with your name on this machine

FILE is the bot's database or a copy of it, by default DATABASE_PATH; list and verify only read it, also while the
bot runs. Exit status: 0 whole, listed or accepted, 1 the log is bad or nothing was to be accepted, 2 not understood
or not readable.`;

/** `npm run audit`; answers the exit status. */
export async function auditCommand(args: string[], ports: AuditCommandPorts): Promise<number> {
  let asked: Asked;
  try {
    asked = readArguments(args, ports);
  } catch (error) {
    // parseArgs and readArguments both tell in the message what the person got wrong.
    ports.complain(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return 2;
  }
  if (asked.action === 'help') {
    await ports.print(help);
    return 0;
  }
  try {
    if (asked.action === 'accept-restore')
      return (await acceptRestore(asked.file, asked.reason, ports)) ? 0 : 1;
    const file = await openAuditFile(asked.file);
    try {
      if (asked.action === 'verify')
        return (await verifyLog(file, ports.sha256, asked.anchor, ports.print)) ? 0 : 1;
      if (!asked.json) await ports.print(auditHeading);
      for await (const { row, entry } of file.entries(asked.filter))
        await ports.print(asked.json ? `{"hash":"${row.hash}","entry":${row.text}}` : auditLine(entry));
      return 0;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    ports.complain(error.message);
    return 2;
  }
}

type Asked =
  | { action: 'help' }
  | { action: 'verify'; file: string; anchor: Head | null }
  | { action: 'accept-restore'; file: string; reason: string }
  | {
      action: 'list';
      file: string;
      json: boolean;
      filter: { agent: string | null; by: UserId | null; since: Instant | null };
    };

function readArguments(args: string[], { defaultFile, clock }: AuditCommandPorts): Asked {
  const now = clock.now();
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      agent: { type: 'string' },
      by: { type: 'string' },
      since: { type: 'string' },
      json: { type: 'boolean' },
      anchor: { type: 'string' },
      reason: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [action, file = defaultFile, ...more] = positionals;
  if (values.help) return { action: 'help' };
  if (more.length > 0) throw new TypeError(`One file at a time: ${more.join(' ')} is too much.`);
  const { anchor, reason, help: _, ...listing } = values;
  if (reason !== undefined && action !== 'accept-restore')
    throw new TypeError('--reason: only accept-restore takes that.');
  switch (action) {
    case 'accept-restore':
      if (anchor !== undefined || Object.keys(listing).length > 0)
        throw new TypeError('accept-restore takes --reason and nothing else.');
      if (reason === undefined || reason.trim() === '')
        throw new TypeError('accept-restore wants a --reason: it goes into the log.');
      return { action, file, reason: reason.trim() };
    case 'verify':
      if (Object.keys(listing).length > 0)
        throw new TypeError(`--${Object.keys(listing).join(', --')}: only list takes that.`);
      return { action, file, anchor: anchor === undefined ? null : readAnchor(anchor) };
    case 'list':
      if (anchor !== undefined) throw new TypeError('--anchor: only verify takes that.');
      return {
        action,
        file,
        json: values.json ?? false,
        filter: {
          agent: values.agent ?? null,
          by: values.by === undefined ? null : readUser(values.by, now),
          since: values.since === undefined ? null : readSince(values.since, now),
        },
      };
    default:
      throw new TypeError(
        action === undefined
          ? 'list, verify or accept-restore?'
          : `“${action}” is neither list nor verify nor accept-restore.`,
      );
  }
}

function readAnchor(text: string): Head {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (seq === undefined || hash === undefined || Number(seq) < 1)
    throw new TypeError(`--anchor ${text}: it is SEQ:HASH, as verify prints them at the end.`);
  return { seq: Number(seq), hash: hash.toLowerCase() };
}

function readUser(text: string, now: Instant): UserId {
  const value = readValue('person', wordOf(text.replace(/^<@(\w+)(?:\|.*)?>$/, '$1')), now);
  if (value.kind !== 'person') throw new TypeError(`--by ${text}: it is a Slack user id, like U0123ABCD.`);
  return value.user;
}

function readSince(text: string, now: Instant): Instant {
  const value = readValue('when', wordOf(text), now);
  if (value.kind === 'objection') throw new TypeError(`--since ${text}: ${value.what}.`);
  if (value.kind !== 'when') throw new TypeError(`--since ${text}: not a time.`);
  return 'at' in value.since ? value.since.at : after(now, -value.since.ago * 1000);
}

/** An argument as the language of the slash command knows words. */
function wordOf(text: string) {
  return { kind: 'word' as const, text, quoted: false, person: null, at: 0, length: text.length };
}
