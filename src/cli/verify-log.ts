import {
  describeAnchorFlaw,
  firstBadBy,
  type Held,
  heldAt,
  heldFrom,
  heldToEnd,
  holding,
  type KeptAnchor,
  writeAnchor,
} from '../domain/audit/kept-anchors.ts';
import { checkSigned, describeSigned, type PublicKeys } from '../domain/audit/signed-head.ts';
import type { AuditRow, Sha256 } from '../domain/audit.ts';
import {
  beginning,
  beginningOf,
  checkRow,
  describeFlaw,
  type Head,
  type ShownRow,
} from '../domain/verify.ts';
import type { AuditFile } from '../store/audit-file.ts';
import { readEntry } from '../store/audit-log.ts';
import { auditLine, plain } from './audit-line.ts';
import type { Progress } from './progress.ts';

/** What whoever verifies has kept elsewhere. */
export interface Evidence {
  anchors: readonly KeptAnchor[];
  /** Null: no public key was given. */
  keys: PublicKeys | null;
}

/** Nothing was kept: the log is held against itself alone. */
export const nothingKept: Evidence = { anchors: [], keys: null };

export interface VerifyPorts {
  sha256: Sha256;
  print(line: string): Promise<void>;
  progress: Progress;
}

/** Of what SQLite finds broken. */
const damageShown = 5;

/** The last head that is signed in the log. */
interface Signed {
  /** The entry that holds the signature; all before it stand under it. */
  by: number;
  at: string;
}

/** Follows the chain from the first entry to the last and tells what it found. True: the log is whole. One row is in memory
 * at a time, and the page that it came with. */
export async function verifyLog(
  file: Pick<AuditFile, 'rows' | 'head' | 'database' | 'schemaFlaws' | 'damage'>,
  { anchors, keys }: Evidence,
  { sha256, print, progress }: VerifyPorts,
): Promise<boolean> {
  const own = await file.database();
  const total = (await file.head())?.seq ?? 0;
  let start: Head | null = null;
  let head = beginning;
  let before: ShownRow | null = null;
  let held = holding(anchors, own);
  let signed: Signed | null = null;
  let bad: string[] | null = null;
  for await (const { row, next } of withNext(file.rows())) {
    if (start === null) {
      start = beginningOf(row);
      head = start;
      held = heldFrom(held, start);
    }
    const flaw = checkRow(sha256, head, row, next);
    if (flaw !== null) {
      // Where entries are missing, it is they that are bad, not the one after the hole.
      bad =
        flaw.code === 'missing'
          ? [`Entry ${flaw.from} is bad: ${describeFlaw(flaw)}.`, ...around(before, null, row)]
          : [`Entry ${row.seq} is bad: ${describeFlaw(flaw)}.`, ...around(before, row, next)];
      break;
    }
    if (row.columns.event === 'head.signed') {
      const wrong = checkSigned(row.text, head, own, keys);
      if (wrong !== null) {
        bad = [`Entry ${row.seq} is bad: ${describeSigned(wrong)}.`, ...around(before, row, next)];
        break;
      }
      signed = { by: row.seq, at: String(row.columns.at) };
    }
    head = { seq: row.seq, hash: row.hash };
    held = heldAt(held, head, String(row.columns.at), own, keys);
    before = row;
    progress.at(row.seq, total);
  }
  progress.end();
  if (bad === null) held = heldToEnd(held, head);
  const ofAnchors = anchorLines(held, before);
  for (const line of [...ofAnchors, ...(bad ?? [])]) await print(line);
  if (bad !== null) return false;
  const strange = [...(await file.schemaFlaws()), ...(await file.damage()).slice(0, damageShown)];
  const shownHead = `head ${head.seq} ${head.hash}`;
  const whole =
    ofAnchors.length === 0
      ? `${head.seq} entries, chain whole, ${shownHead}`
      : `Else the ${head.seq} entries that are there are chained whole, ${shownHead}`;
  await print(
    strange.length === 0
      ? whole
      : `${whole}; but what holds the log is not as the bot made it: ${strange.join(', ')}.`,
  );
  const { lines, ok } = signatureLines(signed, head, keys);
  for (const line of [...fittingLines(held, keys), ...lines]) await print(line);
  return ofAnchors.length === 0 && strange.length === 0 && ok;
}

/** What stands before a bad entry, there, and after it. `here` null: it is missing. */
function around(before: ShownRow | null, here: ShownRow | null, after: ShownRow | null): string[] {
  return [
    `  before: ${glance(before)}`,
    ...(here === null ? [] : [`  here:   ${glance(here)}`, `          hash ${plain(here.hash)}`]),
    `  after:  ${glance(after)}`,
    before === null
      ? 'No entry before it; nothing from here on is proven.'
      : `Entries up to ${before.seq} are whole; nothing from here on is proven.`,
  ];
}

/** One for each anchor that does not fit. `last`: the last entry that was looked at. */
function anchorLines({ flaws, fits }: Held, last: ShownRow | null): string[] {
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

function fittingLines({ fits, count }: Held, keys: PublicKeys | null): string[] {
  if (fits === null) return [];
  const unread =
    fits.signature !== null && keys === null ? ' Signatures were not looked at: give --public-key.' : '';
  return [
    `${count === 1 ? 'An anchor fits' : `${count} anchors fit`}, the last of entry ${fits.seq}.${unread}`,
  ];
}

/** Up to where the log stands under a signature. With a key given, one that is nowhere is a flaw. */
function signatureLines(
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
