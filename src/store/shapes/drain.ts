import { z } from 'zod';
import type { AgentWord, Machine } from '../../domain/agent.ts';
import type { MasterWord } from '../../domain/approval/witness.ts';
import type { Cause } from '../../domain/drain/stuck.ts';
import type {
  Approved,
  Drain,
  DrainEnd,
  DrainState,
  Gap,
  Proof,
  Read,
  Recall,
  Waiting,
} from '../../domain/drain.ts';
import type { Person } from '../../domain/person.ts';
import * as id from './ids.ts';

/** Whoever typed (form v 1). */
export const person: z.ZodType<Person> = z.object({ userId: id.userId, teamId: id.teamId, name: z.string() });

/** One read of a proof (form v 1). */
export const read: z.ZodType<Read> = z.object({ leader: id.masterId, at: id.instant });

/** By what a drain at the master is known again (form v 1). */
export const masterWord: z.ZodType<MasterWord> = z.object({
  leader: id.masterId,
  startedAt: id.instant.nullable(),
});

const recall: z.ZodType<Recall> = z.object({
  by: person,
  at: id.instant,
  status: z.enum(['calling', 'checking', 'confirming']),
  noEffect: read.nullable(),
});

const approved: z.ZodType<Approved> = z.object({ approval: id.approvalId, by: z.array(person) });

const twoReads = { leader: id.masterId, first: id.instant, second: id.instant };

const agentWord: z.ZodType<AgentWord> = z.object({
  pending: z.number(),
  queued: z.number(),
  launched: z.number(),
  executors: z.number(),
  pendingOperations: z.number(),
  draining: z.boolean(),
});

const proof: z.ZodType<Proof> = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('master-and-agent'),
    checked: z.exactOptional(z.object({ ...twoReads, agent: agentWord })),
  }),
  z.object({
    by: z.literal('master-only'),
    agentNotAsked: z.string(),
    checked: z.exactOptional(z.object({ ...twoReads, silentSince: id.instant })),
  }),
]);

/** A drain as a master showed it (form v 1). */
export const masterDrain = z.object({
  state: z.enum(['DRAINING', 'DRAINED']),
  maxGraceNs: z.number().nullable(),
  markGone: z.boolean(),
});

const machine: z.ZodType<Machine> = z.object({
  hostname: z.string().nullable(),
  ip: z.string().nullable(),
});

const end: z.ZodType<DrainEnd> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rejected'), httpStatus: z.number().nullable(), body: z.string() }),
  z.object({ kind: z.literal('not-applied') }),
  z.object({ kind: z.literal('superseded'), shown: z.union([masterDrain, z.literal('deactivated')]) }),
  z.object({ kind: z.literal('upgraded'), to: id.drainId }),
  z.object({
    kind: z.literal('reactivated'),
    by: z.exactOptional(person),
    away: z.exactOptional(z.literal(true)),
  }),
  z.object({
    kind: z.literal('gone'),
    goneAt: id.instant,
    by: z.exactOptional(person),
    checked: z.exactOptional(read),
  }),
  z.object({ kind: z.literal('removed'), down: z.exactOptional(machine) }),
  z.object({ kind: z.literal('replaced'), by: id.agentId }),
  z.object({ kind: z.literal('given-up'), by: person, reason: z.string() }),
  z.object({ kind: z.literal('lost-sight'), forDays: z.number() }),
]);

const cause: z.ZodType<Cause> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('master-silent'), why: z.string() }),
  z.object({ code: z.literal('recovering') }),
  z.object({ code: z.literal('unreachable'), since: id.instant }),
  z.object({ code: z.literal('not-listed'), why: z.string() }),
  z.object({ code: z.literal('tasks-in-grace'), tasks: z.number(), until: id.instant.nullable() }),
  z.object({
    code: z.literal('tasks-overdue'),
    tasks: z.array(z.object({ name: z.string(), framework: z.string(), state: z.string() })),
    count: z.number(),
  }),
  z.object({
    code: z.literal('unacknowledged'),
    tasks: z.number(),
    frameworks: z.array(z.object({ id: z.string(), name: z.string(), connected: z.boolean().nullable() })),
  }),
  z.object({ code: z.literal('operations-pending'), operations: z.number() }),
  z.object({
    code: z.literal('agent-still-busy'),
    executors: z.number(),
    tasks: z.number(),
    operations: z.number(),
    draining: z.boolean(),
  }),
  z.object({ code: z.literal('missed-check') }),
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
  z.object({ code: z.literal('executors-left'), executors: z.number() }),
  z.object({ code: z.literal('not-known'), why: z.string() }),
]);

const gap: z.ZodType<Gap> = z.object({ from: id.instant, to: id.instant });

const waiting: z.ZodType<Waiting> = z.object({
  cause,
  since: id.instant,
  toldAt: id.instant.nullable(),
});

const state: z.ZodType<DrainState> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('calling') }),
  z.object({
    status: z.literal('checking'),
    since: id.instant,
    why: z.string(),
    noEffect: read.nullable(),
    waiting: waiting.nullable().default(null),
  }),
  z.object({
    status: z.literal('draining'),
    acceptedAt: id.instant,
    progress: z.object({
      left: z.number().nullable(),
      quarter: z.literal([0, 1, 2, 3]),
      movedAt: id.instant,
    }),
    waiting: waiting.nullable(),
    firstDrained: read.nullable(),
    firstAbsent: read.nullable(),
    witness: masterWord.nullable().default(null),
    recall: recall.nullable().default(null),
    gap: z.exactOptional(gap),
  }),
  z.object({
    status: z.literal('drained'),
    acceptedAt: id.instant,
    provenAt: id.instant,
    proof,
    firstAbsent: read.nullable(),
    witness: masterWord.nullable().default(null),
    gap: z.exactOptional(gap),
  }),
  z.object({ status: z.literal('ended'), at: id.instant, end, drainedAt: id.instant.nullable() }),
]);

/** A drain as its row holds it (form v 1). */
export const drainShape: z.ZodType<Drain> = z.object({
  id: id.drainId,
  // Rows from before deactivations lack it.
  way: z.enum(['drain', 'deactivate']).default('drain'),
  version: z.number().int(),
  cluster: id.clusterName,
  agentId: id.agentId,
  hostname: z.string(),
  attributes: z.record(z.string(), z.string()),
  requester: person,
  channel: id.channelId,
  thread: id.threadId,
  correlation: id.correlationId,
  reason: z.string().nullable(),
  maxGrace: id.seconds.nullable(),
  // Rows from before approvals lack these.
  markGone: z.boolean().default(false),
  goneNext: z.boolean().default(false),
  approved: approved.nullable().default(null),
  tookOver: id.drainId.nullable().default(null),
  intendedAt: id.instant,
  tasksAtStart: z.number().nullable(),
  expectedEnd: id.instant.nullable(),
  state,
});
