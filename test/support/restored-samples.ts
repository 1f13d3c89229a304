import type { Anchor, Restored } from '../../src/domain/anchor.ts';
import { approvalId, databaseId, drainId, instant } from '../../src/domain/ids.ts';

/** A head with entry 412, of the database `db-1`. */
export function anchor(over: Partial<Anchor> = {}): Anchor {
  return {
    database: databaseId('db-1'),
    seq: 412,
    hash: hashOf(412),
    at: instant(1_000_000),
    drains: 20,
    approvals: 11,
    plans: 4,
    ...over,
  };
}

/** A hash that is entry `seq`'s in these tests. */
export function hashOf(seq: number): string {
  return seq.toString(16).padStart(64, '0');
}

/** A database that ended at 300 when Slack knew of 412. */
export const restored: Restored = {
  how: 'behind',
  anchor: anchor(),
  head: { seq: 300, hash: hashOf(300) },
  numbers: { drains: 20, approvals: 11, plans: 4 },
  since: instant(2_000_000),
  voided: [approvalId(9)],
  watched: [drainId(16), drainId(17)],
  unsent: 3,
};
