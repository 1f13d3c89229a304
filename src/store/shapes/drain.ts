import { z } from 'zod';
import type { AgentWord, Machine } from '../../domain/agent.ts';
import type { MasterWord } from '../../domain/approval/witness.ts';
import type { Beside } from '../../domain/beside.ts';
import type { Amendment, Change } from '../../domain/drain/amendment.ts';
import { type Nudges, noNudges } from '../../domain/drain/nudge.ts';
import type { Approved, Drain, DrainEnd, DrainState, Gap, Proof, Read, Waiting } from '../../domain/drain.ts';
import type { FrameworkAtStart, Staying } from '../../domain/history/departures.ts';
import type { Usual } from '../../domain/history/usual.ts';
import type { FrameworkRef } from '../../domain/open-work.ts';
import type { Person } from '../../domain/person.ts';
import type { Stay } from '../../domain/stay/stay.ts';
import { causeShape } from './cause.ts';
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

const change: z.ZodType<Change> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('take-back') }),
  z.object({ kind: z.literal('hasten'), maxGrace: id.seconds }),
]);

const amendment: z.ZodType<Amendment> = z.object({
  change,
  by: person,
  at: id.instant,
  status: z.enum(['calling', 'checking', 'confirming']),
  noEffect: read.nullable(),
});

const nudges: z.ZodType<Nudges> = z.object({
  sent: z.number().int(),
  lastAt: id.instant.nullable(),
  calling: z.boolean(),
});

/** An approval, and whose votes stood when it was used. */
export const approved: z.ZodType<Approved> = z.object({ approval: id.approvalId, by: z.array(person) });

/** Frameworks as they were shown (form v 1). */
export const frameworks: z.ZodType<FrameworkRef[]> = z.array(
  z.object({ id: z.string(), name: z.string().nullable() }),
);

/** Beside what of others something goes on (form v 1). */
export const beside: z.ZodType<Beside> = z.object({
  anyway: z.boolean(),
  accepted: z.array(id.correlationId),
  since: id.instant.nullable(),
  frameworks: z.exactOptional(frameworks),
});

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

/** A machine as the maintenance schedule names it (form v 1). */
export const machine: z.ZodType<Machine> = z.object({
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
  z.object({
    kind: z.literal('removed'),
    down: z.exactOptional(machine),
    plan: z.exactOptional(id.planId),
  }),
  z.object({ kind: z.literal('replaced'), by: id.agentId }),
  z.object({ kind: z.literal('given-up'), by: person, reason: z.string() }),
  z.object({ kind: z.literal('lost-sight'), forDays: z.number() }),
]);

const gap: z.ZodType<Gap> = z.object({ from: id.instant, to: id.instant });

const waiting: z.ZodType<Waiting> = z.object({
  cause: causeShape,
  since: id.instant,
  toldAt: id.instant.nullable(),
  behind: z.exactOptional(z.object({ cause: causeShape, since: id.instant })),
});

const usual: z.ZodType<Usual> = z.discriminatedUnion('told', [
  z.object({ told: z.literal('nothing') }),
  z.object({ told: z.literal('few'), seconds: z.array(z.number()) }),
  z.object({ told: z.literal('quantiles'), of: z.number(), p50: z.number(), p90: z.number() }),
]);

const atStart: z.ZodType<FrameworkAtStart> = z.object({
  framework: z.string(),
  name: z.string().nullable(),
  usual: usual.nullable(),
  tasks: z.number(),
});

const staying: z.ZodType<Staying> = z.object({ framework: z.string(), slow: z.boolean() });

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
    // Rows from before the log told how long each framework took.
    staying: z.array(staying).default([]),
    waiting: waiting.nullable(),
    firstDrained: read.nullable(),
    firstAbsent: read.nullable(),
    witness: masterWord.nullable().default(null),
    amendment: amendment.nullable().default(null),
    nudges: nudges.default(noNudges),
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

const stay: z.ZodType<Stay> = z.object({
  outFor: z.object({ seconds: id.seconds, by: person }).nullable(),
  toldAt: id.instant.nullable(),
});

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
  plan: id.planId.nullable().default(null),
  intendedAt: id.instant,
  tasksAtStart: z.number().nullable(),
  frameworks: z.array(atStart).nullable().default(null),
  runsFor: z.exactOptional(frameworks),
  expectedEnd: id.instant.nullable(),
  stay: z.exactOptional(stay),
  quiet: z.exactOptional(z.literal(true)),
  state: z.preprocess(withoutRecall, state),
});

/** While it had one use only, a change was stored as the `recall` of a `mark_gone`. */
function withoutRecall(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || !('recall' in raw)) return raw;
  const { recall, ...rest } = raw;
  const isOne = typeof recall === 'object' && recall !== null;
  return { ...rest, amendment: isOne ? { change: { kind: 'take-back' }, ...recall } : null };
}
