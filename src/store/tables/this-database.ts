import type { Knex } from 'knex';
import { StoreFault } from '../../app/faults.ts';
import type { NewId, ThisDatabase } from '../../app/ports.ts';
import type { Anchor, Restored } from '../../domain/anchor.ts';
import { databaseId, type Instant, instant } from '../../domain/ids.ts';
import { auditHead, readEntry } from '../audit-log.ts';
import { fromStored, toStored } from '../shapes/stored-json.ts';
import { restoredShape } from '../shapes/this-database.ts';

interface Row {
  id: number;
  database: string;
  anchored_seq: number | null;
  anchored_at: number | null;
  restored: string | null;
  accepted_up_to: number | null;
}

/** Gives the database its id, where it has none yet. */
export async function nameOnce(db: Knex, newId: NewId): Promise<void> {
  if ((await db<Row>('this_database').first('id')) === undefined)
    await db<Row>('this_database').insert({ id: 1, database: newId() });
}

export async function thisDatabase(db: Knex): Promise<ThisDatabase> {
  const { database, anchored_seq, anchored_at, restored, accepted_up_to } = await row(db);
  return {
    id: databaseId(database),
    anchored:
      anchored_seq === null || anchored_at === null ? null : { seq: anchored_seq, at: instant(anchored_at) },
    restored: restored === null ? null : fromStored(restoredShape, 'this_database', restored),
    acceptedUpTo: accepted_up_to === null ? null : instant(accepted_up_to),
  };
}

/** One after the other, on the one connection: a transaction in between could only make the numbers higher. */
export async function anchor(db: Knex): Promise<Anchor | null> {
  const head = await auditHead(db);
  if (head === null) return null;
  const last = async (table: 'drain_counter' | 'approval_counter' | 'plan_counter') =>
    (await db<{ last: number }>(table).first('last'))?.last ?? 0;
  return {
    database: databaseId((await row(db)).database),
    seq: head.seq,
    hash: head.hash,
    at: instant(Date.parse(readEntry(head.seq, head.text).at)),
    drains: await last('drain_counter'),
    approvals: await last('approval_counter'),
    plans: await last('plan_counter'),
  };
}

export async function setRestored(trx: Knex, restored: Restored): Promise<void> {
  await trx<Row>('this_database').update({ restored: toStored(restored) });
}

export async function acceptRestore(
  trx: Knex,
  upTo: Instant,
  { drains, approvals, plans }: Restored['numbers'],
): Promise<void> {
  await trx<Row>('this_database').update({ restored: null, accepted_up_to: upTo });
  await trx('drain_counter').update({ last: trx.raw('max(last, ?)', [drains]) });
  await trx('approval_counter').update({ last: trx.raw('max(last, ?)', [approvals]) });
  await trx('plan_counter').update({ last: trx.raw('max(last, ?)', [plans]) });
}

export async function noteAnchored(trx: Knex, seq: number, at: Instant): Promise<void> {
  await trx<Row>('this_database').update({ anchored_seq: seq, anchored_at: at });
}

async function row(db: Knex): Promise<Row> {
  const found = await db<Row>('this_database').first();
  if (found === undefined)
    throw new StoreFault('The database does not say which one it is: restore a backup.');
  return found;
}
