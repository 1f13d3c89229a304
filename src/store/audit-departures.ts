import type { Knex } from 'knex';
import { type ClusterName, type Instant, iso } from '../domain/ids.ts';

/** In how many seconds the last task of each of these frameworks left an agent, the latest first; without those that the log
 * knows nothing of. */
export async function departuresOf(
  db: Knex,
  cluster: ClusterName,
  names: readonly string[],
  { since, most }: { since: Instant; most: number },
): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (const name of names) {
    const rows = await db.raw<{ seconds: unknown }[]>(departuresQuery, [cluster, name, iso(since), most]);
    const seconds = rows.map((row) => row.seconds).filter((each) => typeof each === 'number');
    if (seconds.length > 0) found.set(name, seconds);
  }
  return found;
}

/** It names its index: without it the query fails, rather than read the whole log. The expression is the index's to the letter
 * (migrations/013). Exported for the test of its plan. */
export const departuresQuery = `SELECT json_extract(entry, '$.facts.seconds') AS seconds
  FROM audit INDEXED BY audit_departures
  WHERE event = 'drain.framework-left' AND cluster = ? AND json_extract(entry, '$.facts.name') = ? AND at >= ?
  ORDER BY at DESC LIMIT ?`;
