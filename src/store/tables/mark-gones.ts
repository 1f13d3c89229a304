import type { Knex } from 'knex';
import { VersionConflict } from '../../app/faults.ts';
import type { AgentId, ApprovalId, ClusterName } from '../../domain/ids.ts';
import type { MarkGone } from '../../domain/mark-gone.ts';
import { markGoneShape } from '../shapes/mark-gone.ts';
import { fromStored, toStored } from '../shapes/stored-json.ts';

interface Row {
  id: string;
  body: string;
  version: number;
  cluster: string;
  agent_id: string;
  status: MarkGone['state']['status'];
  approval: number;
  intended_at: number;
}

export async function insertMarkGone(trx: Knex, marking: MarkGone): Promise<void> {
  await trx<Row>('mark_gones').insert({ id: marking.id, body: toStored(marking) });
}

export async function saveMarkGone(trx: Knex, marking: MarkGone): Promise<void> {
  const saved = await trx<Row>('mark_gones')
    .where({ id: marking.id, version: marking.version - 1 })
    .update({ body: toStored(marking) });
  if (saved === 0)
    throw new VersionConflict(
      `The mark gone ${marking.id} is not at version ${marking.version - 1} any more.`,
    );
}

export async function openMarkGones(db: Knex, cluster: ClusterName): Promise<MarkGone[]> {
  const rows = await db<Row>('mark_gones')
    .where({ cluster })
    .whereNot({ status: 'ended' })
    .orderBy(['intended_at', 'id']);
  return rows.map(read);
}

export async function markGoneOf(db: Knex, approval: ApprovalId, agentId: AgentId): Promise<MarkGone | null> {
  const of = { approval, agent_id: agentId };
  const row = await db<Row>('mark_gones').where(of).orderBy('intended_at', 'desc').first();
  return row === undefined ? null : read(row);
}

function read({ id, body }: Row): MarkGone {
  return fromStored(markGoneShape, `mark_gones ${id}`, body);
}
