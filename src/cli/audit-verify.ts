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
import type { AuditFile } from '../store/audit-file.ts';
import { readEntry } from '../store/audit-log.ts';
import { auditLine, plain } from './audit-line.ts';

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
