import {
  type ClosedFile,
  checkJoint,
  closedBefore,
  describeJoint,
  isWorse,
} from '../domain/audit/closed-file.ts';
import {
  type Held,
  heldAt,
  heldFrom,
  heldToEnd,
  holding,
  type KeptAnchor,
} from '../domain/audit/kept-anchors.ts';
import {
  describeAdded,
  describeBackwards,
  noSessions,
  type Sessions,
  withEntry,
} from '../domain/audit/sessions.ts';
import { checkSigned, describeSigned, type PublicKeys } from '../domain/audit/signed-head.ts';
import type { Sha256 } from '../domain/audit.ts';
import { beginning, checkRow, describeFlaw, firstOf, type Head, type ShownRow } from '../domain/verify.ts';
import type { AuditFile } from '../store/audit-file.ts';
import { plain } from './audit-line.ts';
import type { Progress } from './progress.ts';
import {
  anchorLines,
  around,
  closedLines,
  fittingLines,
  type Signed,
  signatureLines,
} from './verify-words.ts';

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

/** One of the files of a log. */
export interface LogFile {
  name: string;
  file: Pick<AuditFile, 'rows' | 'head' | 'database' | 'schemaFlaws' | 'damage'>;
  /** Of the whole file; asked of those only that another goes on from. */
  digest(): Promise<string>;
}

/** Of what SQLite finds broken. */
const damageShown = 5;

/** How far the walk has come, from file to file. */
interface Walk {
  /** What the first file goes on from; null: it begins the log. */
  closed: ClosedFile | null;
  head: Head;
  before: ShownRow | null;
  held: Held;
  signed: Signed | null;
  sessions: Sessions;
  /** What is not as it should be and does not break the chain. */
  strange: string[];
}

/** Follows the chain from the first entry of the first file to the last of the last and tells what it found. True: the log is
 * whole. One row is in memory at a time, and the page that it came with. */
export async function verifyLogs(
  files: readonly LogFile[],
  { anchors, keys }: Evidence,
  ports: VerifyPorts,
): Promise<boolean> {
  const { progress } = ports;
  // Names in the file and texts of a rebuilt entry are whatever somebody made them: on a terminal they could write “whole”.
  const print = (line: string) => ports.print(plain(line, 4_000));
  const last = files.at(-1)?.file;
  const total = (await last?.head())?.seq ?? 0;
  const held = holding(anchors, (await last?.database()) ?? null);
  const walk: Walk = {
    closed: null,
    head: beginning,
    before: null,
    held,
    signed: null,
    sessions: noSessions,
    strange: [],
  };
  let bad: string[] | null = null;
  for (const [index, each] of files.entries()) {
    bad = await walkThrough(each, files[index - 1] ?? null, walk, { ...ports, keys, total });
    if (bad !== null && files.length > 1) bad.unshift(`In ${each.name}:`);
    if (bad !== null) break;
  }
  progress.end();
  const { head, closed, signed } = walk;
  if (bad === null) walk.held = heldToEnd(walk.held, head);
  const added = describeAdded(walk.sessions);
  if (added !== null) walk.strange.push(added);
  const ofAnchors = anchorLines(walk.held, walk.before);
  for (const line of [...ofAnchors, ...(bad ?? [])]) await print(line);
  // Of a bad log the rest of the file is not read once more; how somebody got past its guards is.
  for (const { name, file } of files)
    for (const flaw of [
      ...(await file.schemaFlaws()),
      ...(bad === null ? await file.damage() : []).slice(0, damageShown),
    ])
      walk.strange.push(files.length > 1 ? `${name}: ${flaw}` : flaw);
  if (bad !== null) {
    if (walk.strange.length > 0)
      await print(`What holds the log is not as the bot made it either: ${walk.strange.join(', ')}.`);
    return false;
  }
  const shownHead = `head ${head.seq} ${head.hash}`;
  const those = entriesOf(walk, files.length);
  const whole =
    ofAnchors.length === 0
      ? `${those}, chain whole, ${shownHead}`
      : `Else the ${those} that are there are chained whole, ${shownHead}`;
  await print(
    walk.strange.length === 0
      ? whole
      : `${whole}; but what holds the log is not as the bot made it: ${walk.strange.join(', ')}.`,
  );
  const { lines, ok } = signatureLines(signed, head, keys);
  const backwards = describeBackwards(walk.sessions);
  for (const line of [
    ...(head.seq === 0 ? ['The log is empty: of a bot that has worked, nothing is proven by that.'] : []),
    ...(backwards === null ? [] : [backwards]),
    ...beforeLines(closed, walk.held),
    ...closedLines(walk.before),
    ...fittingLines(walk.held, keys),
    ...lines,
  ])
    await print(line);
  // Else whoever invents a file that goes on from a later entry would have nothing held against it.
  const isHeld = walk.held.before.length === 0;
  return ofAnchors.length === 0 && isHeld && walk.strange.length === 0 && ok;
}

/** The same for a log in one file. */
export function verifyLog(file: LogFile['file'], evidence: Evidence, ports: VerifyPorts): Promise<boolean> {
  return verifyLogs(
    [{ name: '', file, digest: () => Promise.reject(new Error('nobody asks')) }],
    evidence,
    ports,
  );
}

/** One file, going on where `walk` stands. Answers what is bad about an entry of it; null: nothing. */
async function walkThrough(
  { file }: LogFile,
  previous: LogFile | null,
  walk: Walk,
  { sha256, progress, keys, total }: VerifyPorts & { keys: PublicKeys | null; total: number },
): Promise<string[] | null> {
  const own = await file.database();
  let isFirst = true;
  for await (const { row, next } of withNext(file.rows())) {
    const closed = isFirst ? closedBefore(firstOf(row)) : null;
    if (isFirst && previous === null && closed !== null) {
      walk.closed = closed;
      walk.head = headOf(closed);
      walk.held = heldFrom(walk.held, walk.head);
    }
    // By its own word first: what fits that and not the file before speaks of the place between them.
    const flaw = checkRow(sha256, closed === null ? walk.head : headOf(closed), row, next);
    const joint =
      isFirst && previous !== null && (closed === null || flaw === null)
        ? checkJoint(closed, walk.head, await previous.digest())
        : null;
    isFirst = false;
    if (joint !== null && isWorse(joint))
      return [
        `Entry ${row.seq} is bad: ${plain(describeJoint(joint), 1_000)}.`,
        ...around(walk.before, row, next),
      ];
    if (joint !== null) walk.strange.push(plain(describeJoint(joint), 1_000));
    if (flaw !== null)
      // Where entries are missing, it is they that are bad, not the one after the hole.
      return flaw.code === 'missing'
        ? [`Entry ${flaw.from} is bad: ${describeFlaw(flaw)}.`, ...around(walk.before, null, row)]
        : [`Entry ${row.seq} is bad: ${describeFlaw(flaw)}.`, ...around(walk.before, row, next)];
    if (row.columns.event === 'head.signed') {
      const wrong = checkSigned(row.text, walk.head, own, keys);
      if (wrong !== null) {
        // The chain holds up to here, so whoever rebuilt it began at some entry that nothing vouches for.
        const from = Math.max(
          (walk.closed?.seq ?? 0) + 1,
          keys === null ? 1 : (walk.signed?.by ?? 1),
          (walk.held.fits?.seq ?? 0) + 1,
        );
        const which = from < row.seq ? `Entry ${from}, or one up to ${row.seq},` : `Entry ${row.seq}`;
        return [
          `${which} is bad: entry ${row.seq}: ${describeSigned(wrong)}.`,
          ...around(walk.before, row, next, from),
        ];
      }
      walk.signed = { by: row.seq, at: String(row.columns.at) };
    }
    walk.head = { seq: row.seq, hash: row.hash };
    walk.held = heldAt(walk.held, walk.head, String(row.columns.at), own, keys);
    walk.before = row;
    const { event, at } = row.columns;
    walk.sessions = withEntry(walk.sessions, { seq: row.seq, event: String(event), at: String(at) });
    progress.at(row.seq, total);
  }
  return isFirst && previous !== null ? ['It has no entry, and goes on from nothing.'] : null;
}

function headOf({ seq, hash }: ClosedFile): Head {
  return { seq, hash };
}

function entriesOf({ closed, head }: Walk, files: number): string {
  const entries = closed === null ? `${head.seq} entries` : `entries ${closed.seq + 1} to ${head.seq}`;
  return files === 1 ? entries : `${entries} in ${files} files`;
}

/** What was taken at its word. */
function beforeLines(closed: ClosedFile | null, { before }: Held): string[] {
  if (closed === null) return [];
  const { file, seq, sha256 } = closed;
  return [
    `Entries up to ${seq} are in ${plain(file)}, SHA-256 ${sha256}: not checked. Give that file too, before this one.`,
    ...(before.length === 0
      ? []
      : [
          `${before.length === 1 ? 'An anchor is' : `${before.length} anchors are`} of these, and held against nothing.`,
        ]),
  ];
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
