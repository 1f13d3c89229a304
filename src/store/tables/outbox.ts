import type { Knex } from 'knex';
import { StoreFault } from '../../app/faults.ts';
import type { OutboxRow, Tx } from '../../app/ports.ts';
import {
  type Instant,
  instant,
  type MessageTs,
  type NoticeId,
  noticeId,
  type ThreadId,
} from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import { destinationShape, noticeShape } from '../shapes/message.ts';
import { fromStored, toStored } from '../shapes/stored-json.ts';

interface Row {
  seq: number;
  id: string;
  destination: string;
  notice: string;
  attempts: number;
  first_attempt_at: number | null;
  doubtful: number;
  due_at: number;
  created_at: number;
  sent_at: number | null;
  sent_ts: string | null;
  dead_at: number | null;
  dead_why: string | null;
  thread: string | null;
}

/** What is queued behind a dead root waits too: the next pass files and tells that it has no place to go. */
export async function queue(trx: Knex, row: Parameters<Tx['queue']>[0]): Promise<void> {
  const { id, to, notice, createdAt } = row;
  if (to.kind === 'reply' && (await trx('threads').where({ id: to.thread }).first('id')) === undefined)
    throw new StoreFault(`The notice ${id} is for a thread that does not exist.`);
  await trx<Row>('notices').insert({
    id,
    destination: toStored(to),
    notice: toStored(notice),
    due_at: createdAt,
    created_at: createdAt,
  });
}

export async function markSent(trx: Knex, ids: NoticeId[], ts: MessageTs | null, at: Instant): Promise<void> {
  await mark(trx, ids, { sent_at: at, sent_ts: ts });
}

/** The oldest attempt stays on record, also when its doubt was settled: a search from too early misses nothing. */
export async function markTried(trx: Knex, ids: NoticeId[], at: Instant): Promise<void> {
  await mark(trx, ids, {
    attempts: trx.raw('attempts + 1'),
    doubtful: 1,
    first_attempt_at: trx.raw('coalesce(first_attempt_at, ?)', [at]),
  });
}

export async function markDue(
  trx: Knex,
  ids: NoticeId[],
  next: { dueAt: Instant; doubtful: boolean },
): Promise<void> {
  await mark(trx, ids, { due_at: next.dueAt, doubtful: next.doubtful ? 1 : 0 });
}

/** A root among `ids` takes its thread with it. */
export async function markDead(trx: Knex, ids: NoticeId[], why: string, at: Instant): Promise<void> {
  await mark(trx, ids, { dead_at: at, dead_why: why });
  const threads: ThreadId[] = await trx('threads').whereIn('root_notice', ids).whereNull('ts').pluck('id');
  for (const thread of threads) await rootDead(trx, thread, why);
}

export async function rootDead(trx: Knex, thread: ThreadId, why: string): Promise<void> {
  if ((await trx('threads').where({ id: thread }).update({ dead: why })) === 0)
    throw new StoreFault(`There is no thread ${thread}.`);
}

/** Threads in the order of what waits longest in them; within a thread, the order of queueing. */
export async function outbox(db: Knex): Promise<OutboxRow[]> {
  const rows = await undelivered(db)
    .select()
    .orderByRaw('min(seq) OVER (PARTITION BY coalesce(thread, id)), seq');
  return rows.map((row) => ({
    id: noticeId(row.id),
    seq: row.seq,
    to: fromStored(destinationShape, `notices ${row.id}`, row.destination),
    notice: fromStored(noticeShape, `notices ${row.id}`, row.notice),
    attempts: row.attempts,
    firstAttemptAt: row.first_attempt_at === null ? null : instant(row.first_attempt_at),
    doubtful: row.doubtful === 1,
    dueAt: instant(row.due_at),
    createdAt: instant(row.created_at),
  }));
}

export async function noticeOf(db: Knex, id: NoticeId): Promise<Notice | null> {
  const row = await db<Row>('notices').where({ id }).first();
  return row === undefined ? null : fromStored(noticeShape, `notices ${id}`, row.notice);
}

function undelivered(db: Knex) {
  return db<Row>('notices').whereNull('sent_at').whereNull('dead_at');
}

/** Marks those that still wait; one that is settled already keeps its first fate. */
async function mark(trx: Knex, ids: NoticeId[], to: Record<string, unknown>): Promise<void> {
  const known = await trx('notices').whereIn('id', ids).count({ rows: '*' }).first<{ rows: number }>();
  if (known.rows !== new Set(ids).size)
    throw new StoreFault(`One of the notices ${ids.join(', ')} was never queued.`);
  await undelivered(trx).whereIn('id', ids).update(to);
}
