import type { Knex } from 'knex';
import { StoreFault } from '../../app/faults.ts';
import type { ThreadRow, Tx } from '../../app/ports.ts';
import {
  approvalId,
  type ChannelId,
  channelId,
  type DrainId,
  drainId,
  type Instant,
  instant,
  type MessageTs,
  messageTs,
  noticeId,
  type PlanId,
  planId,
  type ThreadId,
  threadId,
} from '../../domain/ids.ts';

interface Row {
  id: string;
  channel: string;
  root_notice: string;
  drain: number | null;
  approval: number | null;
  plan: number | null;
  card_revision: number;
  ts: string | null;
  permalink: string | null;
  card_stale_since: number | null;
  card_changed_at: number | null;
  card_edited_at: number | null;
  dead: string | null;
}

export async function openThread(trx: Knex, thread: Parameters<Tx['openThread']>[0]): Promise<void> {
  await trx<Row>('threads').insert({
    id: thread.id,
    channel: thread.channel,
    root_notice: thread.rootNotice,
    drain: thread.drain,
    approval: thread.approval,
    plan: thread.plan ?? null,
  });
}

export async function drainInThread(trx: Knex, id: ThreadId, drain: DrainId): Promise<void> {
  await change(trx, id, { drain });
}

export async function planInThread(trx: Knex, id: ThreadId, plan: PlanId): Promise<void> {
  await change(trx, id, { plan });
}

export async function rootDelivered(
  trx: Knex,
  id: ThreadId,
  ts: MessageTs,
  permalink: string | null,
): Promise<void> {
  await change(trx, id, { ts, permalink });
}

export async function permalinkOf(trx: Knex, id: ThreadId): Promise<string | null> {
  const row = await trx('threads').where({ id }).first<{ permalink: string | null } | undefined>('permalink');
  return row?.permalink ?? null;
}

/** `since` may come in any order: the card stays stale from the first change, until the last one was shown. */
export async function cardStale(trx: Knex, id: ThreadId, since: Instant): Promise<void> {
  await change(trx, id, {
    card_stale_since: trx.raw('min(coalesce(card_stale_since, ?), ?)', [since, since]),
    card_changed_at: trx.raw('max(coalesce(card_changed_at, ?), ?)', [since, since]),
    card_revision: trx.raw('card_revision + 1'),
  });
}

/** Compared by number, not by time: a change has the hour of its look, which is before its commit. */
export async function cardEdited(trx: Knex, id: ThreadId, shown: number, at: Instant): Promise<void> {
  await change(trx, id, {
    card_stale_since: trx.raw('CASE WHEN card_revision > ? THEN card_changed_at END', [shown]),
    card_edited_at: at,
  });
}

export async function threadOf(db: Knex, id: ThreadId): Promise<ThreadRow | null> {
  const row = await db<Row>('threads').where({ id }).first();
  return row === undefined ? null : read(row);
}

/** The thread whose root is this very message. */
export async function threadAt(db: Knex, channel: ChannelId, ts: MessageTs): Promise<ThreadRow | null> {
  const row = await db<Row>('threads').where({ channel, ts }).first();
  return row === undefined ? null : read(row);
}

/** Cards on Slack that show less than the truth, the longest wrong first. */
export async function staleCards(db: Knex): Promise<ThreadRow[]> {
  const rows = await db<Row>('threads')
    .whereNotNull('card_stale_since')
    .whereNotNull('ts')
    .whereNull('dead')
    .orderBy(['card_stale_since', 'id']);
  return rows.map(read);
}

async function change(trx: Knex, id: ThreadId, to: Record<string, unknown>): Promise<void> {
  if ((await trx('threads').where({ id }).update(to)) === 0)
    throw new StoreFault(`There is no thread ${id}.`);
}

function read(row: Row): ThreadRow {
  const when = (at: number | null) => (at === null ? null : instant(at));
  return {
    id: threadId(row.id),
    channel: channelId(row.channel),
    rootNotice: noticeId(row.root_notice),
    drain: row.drain === null ? null : drainId(row.drain),
    approval: row.approval === null ? null : approvalId(row.approval),
    plan: row.plan === null ? null : planId(row.plan),
    cardRevision: row.card_revision,
    ts: row.ts === null ? null : messageTs(row.ts),
    permalink: row.permalink,
    cardStaleSince: when(row.card_stale_since),
    cardEditedAt: when(row.card_edited_at),
    dead: row.dead,
  };
}
