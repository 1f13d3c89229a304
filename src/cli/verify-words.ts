import { describeAnchorFlaw, firstBadBy, type Held, writeAnchor } from '../domain/audit/kept-anchors.ts';
import type { PublicKeys } from '../domain/audit/signed-head.ts';
import type { AuditRow } from '../domain/audit.ts';
import { firstOf, type Head, type ShownRow } from '../domain/verify.ts';
import { readEntry } from '../store/audit-log.ts';
import { auditLine, plain } from './audit-line.ts';

/** The last head that is signed in the log. */
export interface Signed {
  /** The entry that holds the signature; all before it stand under it. */
  by: number;
  at: string;
}

/** What stands before a bad entry, there, and after it. `here` null: it is missing. `from`: the first entry that may be bad,
 * where it need not be the one that shows it. */
export function around(
  before: ShownRow | null,
  here: ShownRow | null,
  after: ShownRow | null,
  from = (before?.seq ?? 0) + 1,
): string[] {
  return [
    `  before: ${glance(before)}`,
    ...(here === null ? [] : [`  here:   ${glance(here)}`, `          hash ${plain(here.hash)}`]),
    `  after:  ${glance(after)}`,
    before === null || from === 1
      ? 'No entry before it; nothing from here on is proven.'
      : `Entries up to ${from - 1} are whole; nothing from here on is proven.`,
  ];
}

/** One for each anchor that does not fit. `last`: the last entry that was looked at. */
export function anchorLines({ flaws, fits }: Held, last: ShownRow | null): string[] {
  return flaws.flatMap((flaw) => {
    const what = describeAnchorFlaw(flaw, fits);
    const first = firstBadBy(flaw, fits);
    if (first === null) return [`The anchor ${writeAnchor(flaw.anchor)} does not hold: ${what}.`];
    const { seq } = flaw.anchor;
    if (flaw.code === 'cut-off') return [`Entry ${first} is bad: ${what}.`, `  last:   ${glance(last)}`];
    return [
      first === seq
        ? `Entry ${seq} is bad: ${what}.`
        : `Entry ${first}, or one up to ${seq}, is bad: ${what}.`,
    ];
  });
}

/** Where the log goes on, if its `last` entry closed it. */
export function closedLines(last: ShownRow | null): string[] {
  if (last?.columns.event !== 'log.closed') return [];
  const { continuesIn } = (firstOf(last).facts ?? {}) as { continuesIn?: unknown };
  const where = typeof continuesIn === 'string' ? plain(continuesIn) : 'another file';
  return [`Entry ${last.seq} closed the log here: it goes on in ${where}, which was not given.`];
}

/** How many anchors fit. */
export function fittingLines({ fits, count }: Held, keys: PublicKeys | null): string[] {
  if (fits === null) return [];
  const unread =
    fits.signature !== null && keys === null ? ' Signatures were not looked at: give --public-key.' : '';
  return [
    `${count === 1 ? 'An anchor fits' : `${count} anchors fit`}, the last of entry ${fits.seq}.${unread}`,
  ];
}

/** Up to where the log stands under a signature. With a key given, one that is nowhere is a flaw. */
export function signatureLines(
  signed: Signed | null,
  head: Head,
  keys: PublicKeys | null,
): { lines: string[]; ok: boolean } {
  if (signed === null)
    return keys === null
      ? { lines: [], ok: true }
      : { lines: ['No head in this log is signed, and a public key was given.'], ok: false };
  const left = head.seq - signed.by + 1;
  const upTo = `entry ${signed.by - 1}, signed ${signed.at}`;
  return {
    lines: [
      keys === null
        ? `Heads are signed up to ${upTo}; the signatures were not looked at: give --public-key.`
        : `Signed up to ${upTo}. ${left === 1 ? 'Only the entry with that signature is' : `${left} entries since are`} under none.`,
    ],
    ok: true,
  };
}

function glance(row: AuditRow | null): string {
  if (row === null) return 'nothing';
  try {
    return auditLine(readEntry(row.seq, row.text));
  } catch {
    return `${row.seq}  ${plain(row.text)}`;
  }
}
