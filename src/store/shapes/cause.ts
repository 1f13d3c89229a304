import { z } from 'zod';
import type { Cause } from '../../domain/drain/cause.ts';
import type { NamedOperation, Unacknowledging } from '../../domain/drain/named.ts';
import * as id from './ids.ts';

const by = z.enum(['agent', 'master']).default('agent');
const task = z.object({ name: z.string(), framework: z.string(), state: z.string() });

const executors = z.array(z.object({ framework: z.string(), executors: z.array(z.string()) })).default([]);

const operation: z.ZodType<NamedOperation> = z.object({
  type: z.string(),
  id: z.string(),
  framework: z.string().nullable(),
  resourceProvider: z.string().nullable(),
});

const unacknowledging: z.ZodType<Unacknowledging> = z.object({
  id: z.string(),
  name: z.string(),
  connected: z.boolean().nullable(),
  since: id.instant.nullable().default(null),
  failoverTimeoutSeconds: z.number().nullable().default(null),
  webUrl: z.string().nullable().default(null),
  tasks: z.array(z.string()).default([]),
  count: z.number().default(0),
});

/** Why a drain does not move, as rows hold it (form v 1). What has a default, rows of 0.1 lacked. */
export const causeShape: z.ZodType<Cause> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('master-silent'), why: z.string() }),
  z.object({ code: z.literal('recovering') }),
  z.object({ code: z.literal('unreachable'), since: id.instant }),
  z.object({ code: z.literal('not-listed'), why: z.string() }),
  z.object({
    code: z.literal('tasks-in-grace'),
    by,
    tasks: z.number(),
    until: id.instant.nullable(),
    named: z.array(task.extend({ until: id.instant })).default([]),
  }),
  z.object({
    code: z.literal('tasks-overdue'),
    by,
    tasks: z.array(task),
    count: z.number(),
    since: id.instant.nullable().default(null),
  }),
  z.object({
    code: z.literal('unacknowledged'),
    by,
    tasks: z.number(),
    frameworks: z.array(unacknowledging),
  }),
  z.object({
    code: z.literal('operations-pending'),
    by,
    operations: z.number(),
    named: z.array(operation).default([]),
  }),
  z.object({
    code: z.literal('agent-still-busy'),
    executors: z.number(),
    tasks: z.number(),
    operations: z.number(),
    draining: z.boolean(),
    named: executors,
    pending: z.array(operation).default([]),
  }),
  z.object({
    code: z.literal('missed-check'),
    by,
    leader: id.masterId.nullable().default(null),
    nudges: z.number().default(0),
    held: z.enum(['marks-gone', 'version-1.9']).nullable().default(null),
  }),
  z.object({
    code: z.literal('tasks-kept'),
    tasks: z.number(),
    owners: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        connected: z.boolean().nullable(),
        tasks: z.number(),
        named: z.array(z.string()),
      }),
    ),
    others: z.number(),
  }),
  z.object({ code: z.literal('executors-left'), executors: z.number(), named: executors }),
  z.object({ code: z.literal('not-known'), why: z.string() }),
]);
