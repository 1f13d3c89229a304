import type { Knex } from 'knex';
import { StoreFault } from '../app/faults.ts';
import { type ClosedFile, closedBefore } from '../domain/audit/closed-file.ts';
import type { LoggedEntry } from '../domain/audit/export/fields.ts';
import type { AuditFilter } from '../domain/audit/filter.ts';
import {
  type AuditDraft,
  type AuditEntry,
  type AuditRow,
  canonical,
  chainHash,
  entryOf,
  type Sha256,
} from '../domain/audit.ts';
import { iso } from '../domain/ids.ts';
import { beginning, type Head } from '../domain/verify.ts';

/** Appends within the transaction `trx`, so that number and chain are its own. `from`: where the log of an empty file goes on
 * from, if from another file. */
export async function appendEntry(
  trx: Knex,
  sha256: Sha256,
  draft: AuditDraft,
  from: Head = beginning,
): Promise<AuditRow> {
  return appendAfter((await auditHead(trx)) ?? from, trx, sha256, draft);
}

/** Appends after `head`, which this very transaction has read. */
export async function appendAfter(
  head: Head,
  trx: Knex,
  sha256: Sha256,
  draft: AuditDraft,
): Promise<AuditRow> {
  const seq = head.seq + 1;
  const text = canonical(entryOf(draft, seq));
  const row = { seq, text, hash: chainHash(sha256, head.hash, text) };
  await trx('audit').insert({ seq, entry: text, hash: row.hash });
  return row;
}

/** The last entry; null: the log is empty. */
export async function auditHead(db: Knex): Promise<AuditRow | null> {
  const row = await db<StoredEntry>('audit').select('seq', 'entry', 'hash').orderBy('seq', 'desc').first();
  return row === undefined ? null : { seq: row.seq, text: row.entry, hash: row.hash };
}

/** The file that this one's log goes on from; null: it begins here. */
export async function closedFileBefore(db: Knex): Promise<ClosedFile | null> {
  const row = await db<StoredEntry>('audit').select('seq', 'entry').orderBy('seq').first();
  return row === undefined ? null : closedBefore(readEntry(row.seq, row.entry));
}

/** The hashes of these entries, as far as there are such; of the last one before this file too. */
export async function auditHashes(db: Knex, seqs: number[]): Promise<Map<number, string>> {
  const rows = await db<StoredEntry>('audit').whereIn('seq', seqs).select('seq', 'hash');
  const closed = await closedFileBefore(db);
  return new Map([
    ...(closed !== null && seqs.includes(closed.seq) ? [[closed.seq, closed.hash] as const] : []),
    ...rows.map(({ seq, hash }) => [seq, hash] as const),
  ]);
}

/** Entries that pass, as they were appended, from the one after `afterSeq`. */
export async function entriesAfter(
  db: Knex,
  filter: AuditFilter,
  afterSeq: number,
  limit: number,
): Promise<LoggedEntry[]> {
  const next = filtered(db, filter).where('seq', '>', afterSeq).select('seq').orderBy('seq').limit(limit);
  return (await textsOf(db, next).orderBy('seq')).map(logged);
}

/** So many entries are looked through in one turn on the connection. Where few pass, a long log takes seconds in all, and
 * whoever waits longer than that for a turn takes the database for dead. */
const entriesPerTurn = 25_000;

/** Entries that pass, newest first, from the one before `seq`. `turn` is one turn on the connection. */
export async function entriesBefore(
  turn: <T>(read: (db: Knex) => Promise<T>) => Promise<T>,
  filter: AuditFilter,
  { seq, limit, perTurn = entriesPerTurn }: { seq: number; limit: number; perTurn?: number },
): Promise<LoggedEntry[]> {
  const [oldest, newest] = await turn(endsOf);
  const found: LoggedEntry[] = [];
  for (let before = Math.min(seq, newest + 1); before > oldest && found.length < limit; before -= perTurn)
    found.push(
      ...(await turn(async (db) => {
        const next = filtered(db, filter)
          .where('seq', '<', before)
          .where('seq', '>=', before - perTurn)
          .select('seq')
          .orderBy('seq', 'desc')
          .limit(limit - found.length);
        return (await textsOf(db, next).orderBy('seq', 'desc')).map(logged);
      })),
    );
  return found;
}

/** Its first and its last number; nothing is between those of an empty log. */
async function endsOf(db: Knex): Promise<[oldest: number, newest: number]> {
  const first = await db<StoredEntry>('audit').select('seq').orderBy('seq').first();
  const last = await db<StoredEntry>('audit').select('seq').orderBy('seq', 'desc').first();
  return [first?.seq ?? 1, last?.seq ?? 0];
}

function logged({ seq, entry, hash }: StoredEntry): LoggedEntry {
  return { row: { seq, text: entry, hash }, entry: readEntry(seq, entry) };
}

interface StoredEntry {
  seq: number;
  entry: string;
  hash: string;
}

function filtered(db: Knex, { agent, cluster, by, command, since, until }: AuditFilter) {
  const query = db<StoredEntry>('audit');
  // The log is one text of time everywhere, which sorts as time does.
  if (since !== null) query.where('at', '>=', iso(since));
  if (until !== null) query.where('at', '<', iso(until));
  if (command !== null) query.whereRaw("json_extract(entry, '$.command.parsed.verb') = ?", [command]);
  if (cluster !== null) query.where('cluster', cluster);
  if (by !== null) query.where('by_user', by);
  if (agent !== null)
    query.where((either) => either.where('agent_id', agent).orWhere('agent_hostname', agent));
  return query;
}

/** The rows of those numbers. The numbers come from an index alone; asked for together with them, the text of every
 * entry that passes would be sorted to keep a few (bench/audit-log.ts). */
function textsOf(db: Knex, numbers: Knex.QueryBuilder) {
  return db<StoredEntry>('audit').whereIn('seq', numbers).select('seq', 'entry', 'hash');
}

/** An entry out of its stored text. Throws a StoreFault on what this version can't read. */
export function readEntry(seq: number, text: string): AuditEntry {
  const unreadable = (why: string, cause?: unknown) =>
    new StoreFault(`audit ${seq} can't be read: ${why}. Run npm run audit -- verify.`, { cause });
  let entry: Partial<AuditEntry> | null;
  try {
    entry = JSON.parse(text);
  } catch (error) {
    throw unreadable('it is not JSON', error);
  }
  if (typeof entry !== 'object' || entry === null) throw unreadable('it is not an object');
  if (entry.v !== 1) throw unreadable(`its form is v ${String(entry.v)}, and this version knows v 1`);
  if (
    entry.seq !== seq ||
    typeof entry.at !== 'string' ||
    typeof entry.event !== 'string' ||
    typeof entry.actor?.kind !== 'string' ||
    typeof entry.correlation !== 'string'
  )
    throw unreadable('seq, at, event, actor or correlation is not as it should be');
  return entry as AuditEntry;
}
