import type { Knex } from 'knex';
import type { DeedEntries } from '../app/ports.ts';
import { objectOf } from '../domain/audit/deed-state.ts';
import type { AuditFilter } from '../domain/audit/filter.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { type DrainId, iso } from '../domain/ids.ts';
import { readEntry } from './audit-log.ts';

/** Of a deed with more entries its beginning and its end are read: this many of each. */
const mostEntries = 60;

/** What became of a change of a drain stands among that drain's own entries. */
const sequels = ['drain.hastened', 'drain.hasten-failed', 'drain.recalled', 'drain.recall-failed'];

interface Columns {
  seq: number;
  entry: string;
  event: string;
  correlation: string;
  drain: number | null;
}
type Stored = Pick<Columns, 'seq' | 'entry'>;

interface Placed {
  seq: number;
  at: string;
  correlation: string;
}

/** The deeds that pass, newest first. One stands where the first of its entries does that passes and is of a kind that can
 * stand for one; `before`: only those that stand before that entry. */
export async function deedsOf(
  db: Knex,
  filter: AuditFilter,
  { before, limit }: { before: number | null; limit: number },
): Promise<{ deeds: DeedEntries[]; older: boolean }> {
  const from = before === null ? null : await cursor(db, before);
  // What people call an agent may be its id or its hostname; each has an index of its own.
  const columns =
    filter.agent === null ? [null] : (['agent_id', 'agent_hostname'] as const satisfies AgentColumn[]);
  const found: Placed[] = [];
  for (const column of columns) {
    const [sql, bindings] = placesQuery(filter, column, from, limit + 1);
    found.push(...(await db.raw<Placed[]>(sql, bindings)));
  }
  const places = found
    .filter(({ seq }, n) => found.findIndex((each) => each.seq === seq) === n)
    .sort((a, b) => (a.at === b.at ? b.seq - a.seq : a.at < b.at ? 1 : -1));
  const deeds: DeedEntries[] = [];
  for (const { seq, correlation } of places.slice(0, limit)) {
    const entries = correlation === '' ? await entriesAt(db, seq) : await entriesOf(db, correlation);
    deeds.push({ place: seq, entries, sequels: await sequelsOf(db, entries) });
  }
  return { deeds, older: places.length > limit };
}

/** All entries of one correlation, oldest first; of very many the middle is left out. */
export async function entriesOf(db: Knex, correlation: string): Promise<AuditEntry[]> {
  const all = () => db<Columns>(db.raw('audit INDEXED BY audit_by_correlation')).where({ correlation });
  const first = await all().select('seq', 'entry').orderBy('seq').limit(mostEntries);
  if (first.length < mostEntries) return first.map(read);
  const last = await all().select('seq', 'entry').orderBy('seq', 'desc').limit(mostEntries);
  const seen = new Set(first.map(({ seq }) => seq));
  return [...first, ...last.reverse().filter(({ seq }) => !seen.has(seq))].map(read);
}

/** What happened in one piece of work, oldest first, from the entry after `after`: the entries of its correlation, and whatever
 * else names the drain. */
export async function storyOf(
  db: Knex,
  { correlation, drain }: { correlation: string; drain: DrainId | null },
  { after, limit }: { after: number; limit: number },
): Promise<{ entries: AuditEntry[]; later: boolean }> {
  const page = (index: string, where: { correlation: string } | { drain: DrainId }): Promise<Stored[]> =>
    db<Columns>(db.raw(`audit INDEXED BY ${index}`))
      .where(where)
      .where('seq', '>', after)
      .select('seq', 'entry')
      .orderBy('seq')
      .limit(limit + 1);
  const rows = [
    ...(await page('audit_by_correlation', { correlation })),
    ...(drain === null ? [] : await page('audit_by_drain', { drain })),
  ];
  const bySeq = [...new Map(rows.map((row) => [row.seq, row])).values()].sort((a, b) => a.seq - b.seq);
  return { entries: bySeq.slice(0, limit).map(read), later: bySeq.length > limit };
}

type AgentColumn = 'agent_id' | 'agent_hostname';

/** The query for places, and what it binds. It names its index: without one for what is asked it fails, rather than read the
 * whole log. Exported for the test of its plan. */
export function placesQuery(
  { agent, cluster, by, command, since, until }: AuditFilter,
  column: AgentColumn | null,
  from: { at: string | null; seq: number } | null,
  limit: number,
): [sql: string, bindings: (string | number)[]] {
  const matches: [sql: string, binding: string][] = [
    ...(agent === null || column === null ? [] : [[`${column} = ?`, agent] as [string, string]]),
    ...(cluster === null ? [] : [['cluster = ?', cluster] as [string, string]]),
    ...(by === null ? [] : [['by_user = ?', by] as [string, string]]),
    ...(command === null ? [] : [[`${verb} = ?`, command] as [string, string]]),
  ];
  const times: [sql: string, bindings: (string | number)[]][] = [
    ...(since === null ? [] : [['at >= ?', [iso(since)]] as [string, string[]]]),
    ...(until === null ? [] : [['at < ?', [iso(until)]] as [string, string[]]]),
    ...cursorIn(from),
  ];
  const index = [
    'audit_deeds',
    column === null ? '' : `_${column}`,
    by === null ? '' : '_user',
    command === null ? '' : '_command',
    // Beside anything else, one cluster's deeds are few enough to be picked out as they come.
    cluster === null || column !== null || by !== null || command !== null ? '' : '_cluster',
  ].join('');
  const kinds = [
    ...mayStand,
    ...(command === null ? ["event <> 'command.answered'"] : []),
    ...(by === null ? ["event <> 'approval.vote'"] : []),
  ];
  const conditions = [...matches.map(([sql]) => sql), ...kinds];
  const bound = matches.map(([, binding]) => binding);
  return [
    `SELECT seq, at, correlation FROM audit AS placed INDEXED BY ${index}
     WHERE ${[...conditions, "at >= ''", ...times.map(([sql]) => sql)].join(' AND ')}
       AND NOT EXISTS (
         SELECT 1 FROM audit AS earlier INDEXED BY audit_by_correlation
         WHERE earlier.correlation = placed.correlation AND earlier.correlation <> ''
           AND earlier.seq < placed.seq AND ${conditions.join(' AND ')})
     ORDER BY at DESC, seq DESC LIMIT ?`,
    [...bound, ...times.flatMap(([, bindings]) => bindings), ...bound, limit],
  ];
}

/** As the indexes have it (migrations/009 and 012), to the letter. */
const verb = "coalesce(json_extract(entry, '$.command.parsed.verb'), json_extract(entry, '$.facts.command'))";
const mayStand = [
  "event NOT GLOB 'drain.*'",
  "event NOT GLOB 'mark-gone.*'",
  "event NOT GLOB 'reactivation.*'",
  "event NOT GLOB 'head.*'",
  "(event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))",
  "(event NOT GLOB 'call.*' OR event = 'call.intended')",
];

/** `at` null: there is no such entry, and numbers alone must do. */
async function cursor(db: Knex, seq: number): Promise<{ at: string | null; seq: number }> {
  const row = await db<Placed>('audit').where({ seq }).first('at');
  return { at: row?.at ?? null, seq };
}

function cursorIn(
  from: { at: string | null; seq: number } | null,
): [sql: string, bindings: (string | number)[]][] {
  if (from === null) return [];
  return from.at === null ? [['seq < ?', [from.seq]]] : [['(at, seq) < (?, ?)', [from.at, from.seq]]];
}

async function sequelsOf(db: Knex, entries: AuditEntry[]): Promise<AuditEntry[]> {
  const [first] = entries;
  const changes = first?.event === 'call.intended' && first.request?.call === 'DRAIN_AGENT';
  if (!changes || first.drain === undefined || !isChange(first)) return [];
  const rows = await db<Columns>(db.raw('audit INDEXED BY audit_by_drain'))
    .where({ drain: first.drain })
    .where('seq', '>', first.seq)
    .whereIn('event', sequels)
    .select('seq', 'entry')
    .orderBy('seq')
    .limit(1);
  return rows.map(read);
}

function isChange({ command }: AuditEntry): boolean {
  const { verb: asked } = objectOf(command?.parsed);
  return asked === 'hasten' || asked === 'cancel';
}

async function entriesAt(db: Knex, seq: number): Promise<AuditEntry[]> {
  return (await db<Columns>('audit').where({ seq }).select('seq', 'entry')).map(read);
}

function read({ seq, entry }: Stored): AuditEntry {
  return readEntry(seq, entry);
}
