import { type AuditDraft, canonical, chainHash, entryOf, genesis } from '../src/domain/audit.ts';
import { after } from '../src/domain/ids.ts';
import { connect } from '../src/store/connection.ts';
import { sha256 } from '../src/store/sha256.ts';
import { alice, noon } from '../test/support/samples.ts';
import { openAt } from './folder.ts';

/** One entry every ten minutes: 100 000 are two years. */
export const entryEveryMs = 600_000;
const agents = 500;
const people = 20;

/** Makes a database whose log holds so many entries: drains of 500 agents by 20 people. Past the store, which would
 * put each entry on disk by itself; the chain and all triggers are the real ones. */
export async function fillAudit(path: string, entries: number): Promise<void> {
  await (await openAt(path)).close();
  const db = await connect(path);
  try {
    await db.transaction(async (trx) => {
      let hash = genesis;
      for (let from = 1; from <= entries; from += 100) {
        const rows = Array.from({ length: Math.min(100, entries + 1 - from) }, (_, at) => {
          const seq = from + at;
          const entry = canonical(entryOf(draft(seq), seq));
          hash = chainHash(sha256, hash, entry);
          return { seq, entry, hash };
        });
        await trx('audit').insert(rows);
      }
    });
  } finally {
    await db.destroy();
  }
}

/** The entry with that number: every fifth holds a call with its answer. */
export function draft(seq: number): AuditDraft {
  const agent = seq % agents;
  const common = {
    at: after(noon, seq * entryEveryMs),
    correlation: `00000000-0000-4000-8000-${seq}`,
    cluster: 'main',
    agent: { id: `36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S${agent}`, hostname: `agent${agent}.example` },
    drain: Math.ceil(seq / 5),
  };
  if (seq % 5 !== 0)
    return {
      ...common,
      event: 'command.accepted',
      actor: { kind: 'person', person: { ...alice, userId: userOf(seq) } },
      command: { typed: `drain agent${agent} --max-grace-period 10m --reason "kernel upgrade"` },
      place: { channel: 'C0OPS' },
      reason: 'kernel upgrade',
    };
  return {
    ...common,
    event: 'call.accepted',
    actor: { kind: 'bot' },
    request: {
      call: 'DRAIN_AGENT',
      body: '{"type":"DRAIN_AGENT"}',
      url: 'http://master.example:5050/api/v1',
    },
    response: { status: 200, body: '', bodySha256: sha256(''), bodyBytes: 0 },
    outcome: 'accepted',
    durationMs: 12,
  };
}

/** One of 20 people. */
export function userOf(seq: number): typeof alice.userId {
  return `U0PERSON${seq % people}` as typeof alice.userId;
}
