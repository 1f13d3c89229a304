import type { Knex } from 'knex';
import { z } from 'zod';
import { StoreFault } from '../app/faults.ts';
import type { FiledPolicy } from '../app/ports.ts';
import type { ClusterName } from '../domain/ids.ts';
import { readEntry } from './audit-log.ts';

/** What an entry of a policy's change, or of a file that could not be read, says of the policy that stood from then on. */
const filed = z.object({
  event: z.enum(['policy.changed', 'policy.broken']),
  facts: z.object({
    hash: z.string(),
    policy: z.array(z.object({ setting: z.string(), words: z.string() })),
  }),
});

/** What the log last had of a cluster's policy; null: nothing. */
export async function latestPolicy(db: Knex, cluster: ClusterName): Promise<FiledPolicy | null> {
  const row = await db<{ seq: number; entry: string; cluster: string }>(
    db.raw('audit INDEXED BY audit_policies'),
  )
    .whereRaw("event IN ('policy.changed', 'policy.broken')")
    .where({ cluster })
    .orderBy('seq', 'desc')
    .select('seq', 'entry')
    .first();
  if (row === undefined) return null;
  const read = filed.safeParse(readEntry(row.seq, row.entry));
  if (!read.success)
    throw new StoreFault(`audit ${row.seq} does not say which policy it is about`, { cause: read.error });
  const { event, facts } = read.data;
  return { event, ...facts };
}
