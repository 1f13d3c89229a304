import type { AuditRow, Sha256 } from '../domain/audit.ts';
import {
  beginning,
  checkEnd,
  checkRow,
  describeFlaw,
  type Flaw,
  type Head,
  type ShownRow,
} from '../domain/verify.ts';
import { type AuditFile, openAuditFile } from '../store/audit-file.ts';
import { readEntry } from '../store/audit-log.ts';
import { auditLine, plain } from './audit-line.ts';
import type { Subcommand } from './audit-subcommand.ts';

/** `verify`: whether the log is whole. */
export const verifyCommand: Subcommand = {
  usage: '[FILE] [--anchor SEQ:HASH]',
  help: [
    'follows the chain of hashes and names the first bad entry.',
    '--anchor  a head that was printed or posted earlier: finds a cut-off end and a rebuilt chain',
  ],
  options: { anchor: 'text' },
  files: 1,
  prepare(given, { defaultFile, sha256, print }) {
    const text = given.text('anchor');
    const anchor = text === null ? null : readAnchor(text);
    if (typeof anchor === 'string') return { objections: [anchor] };
    return {
      run: async () => {
        const file = await openAuditFile(given.files[0] ?? defaultFile);
        try {
          return await verifyLog(file, sha256, anchor, print);
        } finally {
          await file.close();
        }
      },
    };
  },
};

/** Follows the chain from the first entry to the last and tells what it found. True: the log is whole. */
export async function verifyLog(
  file: Pick<AuditFile, 'rows' | 'missingGuards'>,
  sha256: Sha256,
  anchor: Head | null,
  print: (line: string) => Promise<void>,
): Promise<boolean> {
  let head = beginning;
  let before: ShownRow | null = null;
  for await (const { row, next } of withNext(file.rows())) {
    const flaw = checkRow(sha256, head, row, next, anchor);
    if (flaw !== null) {
      for (const line of report(flaw, before, row, next)) await print(line);
      return false;
    }
    head = { seq: row.seq, hash: row.hash };
    before = row;
  }
  const end = checkEnd(head, anchor);
  if (end !== null && anchor !== null) {
    await print(`Entry ${anchor.seq} is bad: ${describeFlaw(end)}.`);
    await print(`  last:   ${glance(before)}`);
    return false;
  }
  const missing = await file.missingGuards();
  const whole = `${head.seq} entries, chain whole, head ${head.seq} ${head.hash}`;
  if (missing.length === 0) {
    await print(whole);
    return true;
  }
  await print(`${whole}; but what keeps the log append-only was removed or changed: ${missing.join(', ')}.`);
  return false;
}

/** A string is an objection. */
function readAnchor(text: string): Head | string {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (seq === undefined || hash === undefined || Number(seq) < 1)
    return `--anchor ${text}: it is SEQ:HASH, as verify prints them at the end.`;
  return { seq: Number(seq), hash: hash.toLowerCase() };
}

function report(flaw: Flaw, before: ShownRow | null, row: ShownRow, next: AuditRow | null): string[] {
  // Where entries are missing, it is they that are bad, not the one after the hole.
  const gap = flaw.code === 'missing';
  return [
    `Entry ${gap ? flaw.from : row.seq} is bad: ${describeFlaw(flaw)}.`,
    `  before: ${glance(before)}`,
    ...(gap ? [] : [`  here:   ${glance(row)}`, `          hash ${plain(row.hash)}`]),
    `  after:  ${glance(gap ? row : next)}`,
    before === null
      ? 'No entry before it; nothing from here on is proven.'
      : `Entries up to ${before.seq} are whole; nothing from here on is proven.`,
  ];
}

function glance(row: AuditRow | null): string {
  if (row === null) return 'nothing';
  try {
    return auditLine(readEntry(row.seq, row.text));
  } catch {
    return `${row.seq}  ${plain(String(row.text))}`;
  }
}

async function* withNext(
  rows: AsyncGenerator<ShownRow>,
): AsyncGenerator<{ row: ShownRow; next: ShownRow | null }> {
  let row: ShownRow | null = null;
  for await (const next of rows) {
    if (row !== null) yield { row, next };
    row = next;
  }
  if (row !== null) yield { row, next: null };
}
