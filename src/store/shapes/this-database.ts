import { z } from 'zod';
import type { Anchor, Numbers, Restored } from '../../domain/anchor.ts';
import type { Head } from '../../domain/verify.ts';
import * as id from './ids.ts';

const head: z.ZodType<Head> = z.object({ seq: z.number().int(), hash: z.string() });

/** Older versions knew no plans. */
const plans = z.number().int().default(0);

const numbers: z.ZodType<Numbers> = z.object({
  drains: z.number().int(),
  approvals: z.number().int(),
  plans,
});

const anchor: z.ZodType<Anchor> = z.object({
  database: id.databaseId,
  seq: z.number().int(),
  hash: z.string(),
  at: id.instant,
  drains: z.number().int(),
  approvals: z.number().int(),
  plans,
});

/** What was found of a database that was set back, as its row holds it (form v 1). */
export const restoredShape: z.ZodType<Restored> = z.object({
  how: z.enum(['behind', 'other-history', 'another-database']),
  anchor,
  head: head.nullable(),
  numbers,
  since: id.instant,
  voided: z.array(id.approvalId),
  watched: z.array(id.drainId),
  unsent: z.number().int(),
});
