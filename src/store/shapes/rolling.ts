import { z } from 'zod';
import type { Drift } from '../../domain/approval/drift.ts';
import type { Cause } from '../../domain/drain/cause.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type {
  HaltReason,
  KeepingAway,
  LineFailure,
  RollingLine,
  RollingPhase,
  RollingPlan,
  RollingWork,
  WaveObjection,
} from '../../domain/rolling.ts';
import { person } from './drain.ts';
import * as id from './ids.ts';
import { agentAsShown, asked, base, ended, proposed, scheduled } from './plan-base.ts';
import { shownOnly } from './requester.ts';

/** What a rolling plan does (form v 1). */
export const rollingWork: z.ZodType<RollingWork> = z.object({
  do: z.literal('roll'),
  maxGrace: id.seconds.nullable(),
  parallel: z.number().int(),
  per: z.array(z.object({ attribute: z.string(), allowed: z.number().int() })),
  pause: id.seconds,
  afterwards: z.discriminatedUnion('do', [
    z.object({ do: z.literal('wait') }),
    z.object({ do: z.literal('reactivate'), after: id.seconds }),
    z.object({ do: z.literal('mark-gone') }),
  ]),
});

const read = z.object({ leader: id.masterId, at: id.instant }).nullable();

const call: z.ZodType<KeepingAway> = z.discriminatedUnion('at', [
  z.object({ at: z.literal('calling'), intendedAt: id.instant }),
  z.object({
    at: z.literal('checking'),
    intendedAt: id.instant,
    why: z.string(),
    noEffect: read,
  }),
  z.object({ at: z.literal('confirming'), acceptedAt: id.instant, amiss: read }),
]);

const failure: z.ZodType<LineFailure> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('rejected'), httpStatus: z.number().nullable(), body: z.string() }),
  z.object({ code: z.literal('not-applied') }),
  z.object({ code: z.literal('not-marked'), what: z.array(shownOnly<Drift>('what')) }),
  z.object({ code: z.enum(['ended-otherwise', 'return-ended']), end: z.string() }),
  z.object({ code: z.enum(['reactivated-elsewhere', 'drained-elsewhere', 'gone', 'removed']) }),
  z.object({ code: z.literal('not-returned'), refusal: shownOnly<Refusal>('code') }),
]);

const line: z.ZodType<RollingLine> = z.object({
  agentId: id.agentId,
  hostname: z.string(),
  address: z.object({ ip: z.string(), port: z.number() }).nullable(),
  attributes: z.record(z.string(), z.string()),
  shown: agentAsShown,
  wave: z.number().int(),
  state: z.discriminatedUnion('is', [
    z.object({ is: z.literal('todo') }),
    z.object({ is: z.literal('deactivating'), call }),
    z.object({
      is: z.literal('kept-away'),
      since: id.instant,
      ours: z.boolean(),
      amiss: read,
      leftOut: shownOnly<Refusal>('code').nullable(),
    }),
    z.object({
      is: z.literal('draining'),
      drain: id.drainId,
      others: z.exactOptional(z.literal(true)),
    }),
    z.object({ is: z.literal('drained'), drain: id.drainId, at: id.instant }),
    z.object({ is: z.literal('marking'), drain: id.drainId }),
    z.object({ is: z.literal('returning'), drain: id.drainId.nullable(), reactivation: id.reactivationId }),
    z.object({ is: z.literal('done'), how: z.enum(['drained', 'gone', 'back']), drain: id.drainId }),
    z.object({ is: z.literal('given-back'), reactivation: id.reactivationId }),
    z.object({ is: z.literal('failed'), drain: id.drainId.nullable(), why: failure }),
    z.object({ is: z.literal('refused'), refusal: shownOnly<Refusal>('code') }),
    z.object({ is: z.literal('dropped') }),
  ]),
});

const phase: z.ZodType<RollingPhase> = z.discriminatedUnion('at', [
  z.object({ at: z.literal('deactivating') }),
  z.object({ at: z.literal('between'), wave: z.number().int(), notBefore: id.instant }),
  z.object({ at: z.literal('wave'), wave: z.number().int(), since: id.instant }),
  z.object({ at: z.literal('giving-back'), by: person }),
]);

const ofLine = { agentId: id.agentId, hostname: z.string() };
const haltReason: z.ZodType<HaltReason> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('paused'), by: person }),
  z.object({ code: z.literal('line-failed'), ...ofLine, why: failure }),
  z.object({ code: z.literal('line-refused'), ...ofLine, refusal: shownOnly<Refusal>('code') }),
  z.object({ code: z.literal('stuck'), ...ofLine, drain: id.drainId, cause: shownOnly<Cause>('code') }),
  z.object({ code: z.literal('refused'), refusal: shownOnly<Refusal>('code') }),
  z.object({ code: z.literal('wave'), objection: shownOnly<WaveObjection>('code') }),
  z.object({ code: z.literal('gate'), why: z.string() }),
  z.object({ code: z.literal('votes'), approval: id.approvalId, why: z.string() }),
  z.object({ code: z.literal('unreadable'), why: z.string() }),
]);

/** A rolling plan as its row holds it (form v 1). */
export const rollingPlan: z.ZodType<RollingPlan> = z.object({
  ...base,
  of: z.literal('rolling'),
  work: rollingWork,
  lines: z.array(line),
  unjudged: z
    .object({ room: z.boolean(), frameworks: z.array(z.string()) })
    .default({ room: false, frameworks: [] }),
  begunAt: id.instant.nullable(),
  state: z.discriminatedUnion('status', [
    proposed,
    scheduled,
    asked,
    z.object({
      status: z.literal('running'),
      since: id.instant,
      phase,
      halt: z.object({ since: id.instant, why: haltReason }).nullable(),
      waits: z.object({ since: id.instant, why: haltReason, toldAt: id.instant.nullable() }).nullable(),
      resumedAt: id.instant.nullable(),
      retrying: z.array(id.agentId),
    }),
    ended,
  ]),
});
