import type { Knex } from 'knex';
import type { Swept } from '../../app/ports.ts';
import { type AgentId, agentId, type ClusterName, type Instant, instant } from '../../domain/ids.ts';
import type { OwnWork } from '../../domain/outside/own-work.ts';
import type { Believed } from '../../domain/outside/service.ts';
import { drainShape } from '../shapes/drain.ts';
import { markGoneShape } from '../shapes/mark-gone.ts';
import { believedShape, sweptShape } from '../shapes/outside.ts';
import { reactivationShape } from '../shapes/reactivation.ts';
import { fromStored, toStored } from '../shapes/stored-json.ts';

interface BelievedRow {
  cluster: string;
  agent_id: string;
  body: string;
}

/** Rows of one statement: SQLite takes 500 terms of a compound select. */
const chunk = 100;

export async function believedOf(db: Knex, cluster: ClusterName): Promise<Map<AgentId, Believed>> {
  const rows = await db<BelievedRow>('believed').where({ cluster }).orderBy('agent_id');
  return new Map(
    rows.map(({ agent_id, body }) => [
      agentId(agent_id),
      fromStored(believedShape, `believed ${agent_id}`, body),
    ]),
  );
}

export async function believe(
  trx: Knex,
  cluster: ClusterName,
  agents: [AgentId, Believed | null][],
): Promise<void> {
  for (let from = 0; from < agents.length; from += chunk) {
    const part = agents.slice(from, from + chunk);
    const forgotten = part.flatMap(([id, now]) => (now === null ? [id] : []));
    if (forgotten.length > 0)
      await trx<BelievedRow>('believed').where({ cluster }).whereIn('agent_id', forgotten).delete();
    const rows = part.flatMap(([agent_id, now]) =>
      now === null ? [] : [{ cluster, agent_id, body: toStored(now) }],
    );
    if (rows.length > 0)
      await trx<BelievedRow>('believed').insert(rows).onConflict(['cluster', 'agent_id']).merge();
  }
}

export async function sweptOf(db: Knex, cluster: ClusterName): Promise<Swept | null> {
  const row = await db<{ cluster: string; body: string }>('sweeps').where({ cluster }).first();
  return row === undefined ? null : fromStored(sweptShape, `sweeps ${cluster}`, row.body);
}

export async function noteSwept(trx: Knex, cluster: ClusterName, swept: Swept): Promise<void> {
  await trx('sweeps')
    .insert({ cluster, body: toStored(swept) })
    .onConflict('cluster')
    .merge();
}

export async function unreachedSince(db: Knex, cluster: ClusterName): Promise<Instant | null> {
  const row = await db<{ cluster: string; since: number }>('unreached').where({ cluster }).first();
  return row === undefined ? null : instant(row.since);
}

export async function noteUnreached(trx: Knex, cluster: ClusterName, since: Instant | null): Promise<void> {
  if (since === null) await trx('unreached').where({ cluster }).delete();
  else await trx('unreached').insert({ cluster, since }).onConflict('cluster').merge();
}

export async function digestedAt(db: Knex, cluster: ClusterName): Promise<Instant | null> {
  const row = await db<{ cluster: string; at: number }>('digests').where({ cluster }).first();
  return row === undefined ? null : instant(row.at);
}

export async function noteDigested(trx: Knex, cluster: ClusterName, at: Instant): Promise<void> {
  await trx('digests').insert({ cluster, at }).onConflict('cluster').merge();
}

/** Work that has not ended, or not before `since`. */
export async function ownWork(db: Knex, cluster: ClusterName, since: Instant): Promise<OwnWork> {
  const bodies = async (table: 'drains' | 'reactivations' | 'mark_gones') =>
    await db<{ id: string | number; body: string; cluster: string; status: string }>(table)
      .where({ cluster })
      .where((lately) =>
        lately.whereNot({ status: 'ended' }).orWhereRaw("json_extract(body, '$.state.at') >= ?", [since]),
      )
      .orderBy('id');
  return {
    drains: (await bodies('drains')).map(({ id, body }) => fromStored(drainShape, `drains ${id}`, body)),
    reactivations: (await bodies('reactivations')).map(({ id, body }) =>
      fromStored(reactivationShape, `reactivations ${id}`, body),
    ),
    markGones: (await bodies('mark_gones')).map(({ id, body }) =>
      fromStored(markGoneShape, `mark_gones ${id}`, body),
    ),
  };
}

export async function agentsFiledAfter(db: Knex, seq: number): Promise<AgentId[]> {
  const rows = await db<{ seq: number; agent_id: string | null }>('audit')
    .where('seq', '>', seq)
    .whereNotNull('agent_id')
    .distinct('agent_id');
  return rows.flatMap(({ agent_id }) => (agent_id === null ? [] : [agentId(agent_id)])).sort();
}
