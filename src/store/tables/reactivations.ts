import type { Knex } from 'knex';
import { VersionConflict } from '../../app/faults.ts';
import type { ClusterName, ReactivationId } from '../../domain/ids.ts';
import type { Reactivation } from '../../domain/reactivation.ts';
import { reactivationShape } from '../shapes/reactivation.ts';
import { fromStored, toStored } from '../shapes/stored-json.ts';

interface Row {
  id: string;
  body: string;
  version: number;
  cluster: string;
  status: Reactivation['state']['status'];
  intended_at: number;
}

export async function insertReactivation(trx: Knex, reactivation: Reactivation): Promise<void> {
  await trx<Row>('reactivations').insert({ id: reactivation.id, body: toStored(reactivation) });
}

export async function saveReactivation(trx: Knex, reactivation: Reactivation): Promise<void> {
  const saved = await trx<Row>('reactivations')
    .where({ id: reactivation.id, version: reactivation.version - 1 })
    .update({ body: toStored(reactivation) });
  if (saved === 0)
    throw new VersionConflict(
      `The reactivation ${reactivation.id} is not at version ${reactivation.version - 1} any more.`,
    );
}

export async function openReactivations(db: Knex, cluster: ClusterName): Promise<Reactivation[]> {
  const rows = await db<Row>('reactivations')
    .where({ cluster })
    .whereNot({ status: 'ended' })
    .orderBy(['intended_at', 'id']);
  return rows.map(read);
}

export async function reactivationOf(db: Knex, id: ReactivationId): Promise<Reactivation | null> {
  const row = await db<Row>('reactivations').where({ id }).first();
  return row === undefined ? null : read(row);
}

function read({ id, body }: Row): Reactivation {
  return fromStored(reactivationShape, `reactivations ${id}`, body);
}
