import type { Knex } from 'knex';
import { OpenDrainExists, StoreFault, VersionConflict } from '../../app/faults.ts';
import type { StoredDrain } from '../../app/ports.ts';
import { type Drain, isOpen } from '../../domain/drain.ts';
import {
  type ClusterName,
  type DrainId,
  drainId,
  type Instant,
  instant,
  showDrainId,
} from '../../domain/ids.ts';
import { drainShape } from '../shapes/drain.ts';
import { fromStored, toStored } from '../shapes/stored-json.ts';
import { cardStale } from './threads.ts';

interface DrainRow {
  id: number;
  body: string;
  checked_at: number | null;
  version: number;
  cluster: string;
  agent_id: string;
  status: Drain['state']['status'];
}

const open = ['calling', 'checking', 'draining'] as const;

export async function nextDrainId(trx: Knex): Promise<DrainId> {
  await trx('drain_counter').increment('last', 1);
  const counter = await trx<{ last: number }>('drain_counter').first('last');
  if (counter === undefined) throw new StoreFault('The drain counter is missing: restore a backup.');
  return drainId(counter.last);
}

export async function insertDrain(trx: Knex, drain: Drain): Promise<void> {
  if (isOpen(drain)) {
    // The unique index would refuse it too, but its error can't be told from others without reading its text.
    const other = await trx<DrainRow>('drains')
      .where({ cluster: drain.cluster, agent_id: drain.agentId })
      .whereIn('status', open)
      .first('id');
    if (other !== undefined)
      throw new OpenDrainExists(`${showDrainId(drainId(other.id))} is open on ${drain.agentId}.`);
  }
  await trx<DrainRow>('drains').insert({ id: drain.id, body: toStored(drain) });
}

export async function saveDrain(trx: Knex, drain: Drain): Promise<void> {
  const saved = await trx<DrainRow>('drains')
    .where({ id: drain.id, version: drain.version - 1 })
    .update({ body: toStored(drain) });
  if (saved === 0)
    throw new VersionConflict(`${showDrainId(drain.id)} is not at version ${drain.version - 1} any more.`);
}

export async function noteChecked(trx: Knex, id: DrainId, at: Instant): Promise<void> {
  const stored = await drainOf(trx, id);
  if (stored === null) throw new StoreFault(`There is no drain ${showDrainId(id)}.`);
  await trx<DrainRow>('drains').where({ id }).update({ checked_at: at });
  await cardStale(trx, stored.drain.thread, at);
}

export async function drainOf(db: Knex, id: DrainId): Promise<StoredDrain | null> {
  const row = await db<DrainRow>('drains').where({ id }).first();
  return row === undefined ? null : read(row);
}

export async function openDrains(db: Knex, cluster: ClusterName): Promise<StoredDrain[]> {
  return (await db<DrainRow>('drains').where({ cluster }).whereIn('status', open).orderBy('id')).map(read);
}

export async function outOfService(db: Knex, cluster: ClusterName): Promise<StoredDrain[]> {
  return (await db<DrainRow>('drains').where({ cluster, status: 'drained' }).orderBy('id')).map(read);
}

export async function latestDrains(db: Knex, limit: number): Promise<StoredDrain[]> {
  return (await db<DrainRow>('drains').orderBy('id', 'desc').limit(limit)).map(read);
}

function read({ id, body, checked_at }: DrainRow): StoredDrain {
  return {
    drain: fromStored(drainShape, `drains ${id}`, body),
    checkedAt: checked_at === null ? null : instant(checked_at),
  };
}
