import { type AuditDraft, canonical, chainHash, entryOf, genesis } from '../src/domain/audit.ts';
import { after } from '../src/domain/ids.ts';
import { connect } from '../src/store/connection.ts';
import { sha256 } from '../src/store/sha256.ts';
import { alice, noon } from '../test/support/samples.ts';
import { openAt } from './folder.ts';

/** One entry every ten minutes: 100 000 are two years. */
export const entryEveryMs = 600_000;
/** So few that even the smallest log has a page full of deeds for each agent, person and command together. */
const [agents, people] = [3, 3];
const rowsAtOnce = 10_000;

/** Makes a database whose log holds so many entries: deeds on three agents by three people. Past the store, which would
 * put each entry on disk by itself; the chain and all triggers are the real ones. */
export async function fillAudit(path: string, entries: number): Promise<void> {
  await (await openAt(path)).close();
  const db = await connect(path);
  try {
    // Nobody's log: what a power cut takes is made again.
    await db.raw('PRAGMA synchronous = OFF');
    // Built at the end, in order: kept up to date by a million rows they would take most of an hour.
    const indexes: { name: string; sql: string }[] = await db('sqlite_schema')
      .where({ type: 'index', tbl_name: 'audit' })
      .whereNotNull('sql')
      .select('name', 'sql');
    for (const { name } of indexes) await db.raw('DROP INDEX ??', [name]);
    let hash = genesis;
    for (let from = 1; from <= entries; from += rowsAtOnce) {
      await db.transaction(async (trx) => {
        for (let first = from; first < Math.min(from + rowsAtOnce, entries + 1); first += 100) {
          const rows = Array.from({ length: Math.min(100, entries + 1 - first) }, (_, at) => {
            const seq = first + at;
            const entry = canonical(entryOf(draft(seq), seq));
            hash = chainHash(sha256, hash, entry);
            return { seq, entry, hash };
          });
          await trx('audit').insert(rows);
        }
      });
      // The store sees to that itself, and this is not the store.
      await db.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    }
    for (const { sql } of indexes) await db.raw(sql);
    await db.raw('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    await db.destroy();
  }
}

/** The entries of one deed: asked for, sent, taken, and how it goes on. */
const steps = 5;

/** The entry with that number: five make a deed, and half of the deeds are drains. */
export function draft(seq: number): AuditDraft {
  const deed = Math.ceil(seq / steps);
  const agent = deed % agents;
  const verb = Math.floor(deed / (agents * people)) % 2 === 0 ? 'drain' : 'mark-gone';
  const common = {
    at: after(noon, seq * entryEveryMs),
    correlation: `00000000-0000-4000-8000-${deed}`,
    cluster: 'main',
    agent: { id: `36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S${agent}`, hostname: `agent${agent}.example` },
    drain: deed,
    place: { channel: 'C0OPS' },
    reason: 'kernel upgrade',
  };
  const request = { call: 'DRAIN_AGENT', body: '{"type":"DRAIN_AGENT"}' };
  const bot = { kind: 'bot' as const };
  switch (seq % steps) {
    case 1:
      return {
        ...common,
        event: 'call.intended',
        actor: { kind: 'person', person: { ...alice, userId: userOf(deed) } },
        command: {
          typed: `${verb} agent${agent} --max-grace-period 10m --reason "kernel upgrade"`,
          parsed: { verb, target: { typed: `agent${agent}` }, maxGrace: 600, reason: 'kernel upgrade' },
        },
        request,
      };
    case 2:
      return {
        ...common,
        event: 'call.accepted',
        actor: bot,
        request: { ...request, url: 'http://master.example:5050/api/v1' },
        response: { status: 200, body: '', bodySha256: sha256(''), bodyBytes: 0 },
        outcome: 'accepted',
        durationMs: 12,
      };
    case 3:
      return { ...common, event: 'drain.progressed', actor: bot, facts: { left: 3, of: 8 } };
    case 4:
      return { ...common, event: 'drain.drained', actor: bot, outcome: 'master-and-agent' };
    default:
      return { ...common, event: 'drain.ended', actor: bot, outcome: 'reactivated' };
  }
}

/** Who asked for that deed. */
export function userOf(deed: number): typeof alice.userId {
  return `U0PERSON${Math.floor(deed / agents) % people}` as typeof alice.userId;
}
