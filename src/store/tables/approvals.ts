import type { Knex } from 'knex';
import { StoreFault, VersionConflict } from '../../app/faults.ts';
import type { Approval } from '../../domain/approval.ts';
import {
  type ApprovalId,
  approvalId,
  type ChannelId,
  type ClusterName,
  type MessageTs,
  showApprovalId,
} from '../../domain/ids.ts';
import { approvalShape } from '../shapes/approval.ts';
import { fromStored, toStored } from '../shapes/stored-json.ts';
import { threadAt } from './threads.ts';

interface Row {
  id: number;
  body: string;
  version: number;
  cluster: string;
  thread: string;
  status: Approval['state']['status'];
}

export async function nextApprovalId(trx: Knex): Promise<ApprovalId> {
  await trx('approval_counter').increment('last', 1);
  const counter = await trx<{ last: number }>('approval_counter').first('last');
  if (counter === undefined) throw new StoreFault('The approval counter is missing: restore a backup.');
  return approvalId(counter.last);
}

export async function insertApproval(trx: Knex, approval: Approval): Promise<void> {
  await trx<Row>('approvals').insert({ id: approval.id, body: toStored(approval) });
}

export async function saveApproval(trx: Knex, approval: Approval): Promise<void> {
  const saved = await trx<Row>('approvals')
    .where({ id: approval.id, version: approval.version - 1 })
    .update({ body: toStored(approval) });
  if (saved === 0)
    throw new VersionConflict(
      `${showApprovalId(approval.id)} is not at version ${approval.version - 1} any more.`,
    );
}

export async function approvalOf(db: Knex, id: ApprovalId): Promise<Approval | null> {
  const row = await db<Row>('approvals').where({ id }).first();
  return row === undefined ? null : read(row);
}

export async function pendingApprovals(db: Knex, cluster: ClusterName): Promise<Approval[]> {
  return (await db<Row>('approvals').where({ cluster }).whereNot({ status: 'settled' }).orderBy('id')).map(
    read,
  );
}

export async function latestApprovals(db: Knex, limit: number): Promise<Approval[]> {
  return (await db<Row>('approvals').orderBy('id', 'desc').limit(limit)).map(read);
}

export async function approvalByPrompt(
  db: Knex,
  channel: ChannelId,
  ts: MessageTs,
): Promise<Approval | null> {
  const thread = await threadAt(db, channel, ts);
  return thread === null || thread.approval === null ? null : approvalOf(db, thread.approval);
}

function read({ id, body }: Row): Approval {
  return fromStored(approvalShape, `approvals ${id}`, body);
}
