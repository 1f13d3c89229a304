import { z } from 'zod';
import type {
  Reactivation,
  ReactivationEnd,
  ReactivationState,
  ReturnCause,
} from '../../domain/reactivation.ts';
import { masterDrain, person, read } from './drain.ts';
import * as id from './ids.ts';

const cause: z.ZodType<ReturnCause> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('master-silent'), why: z.string() }),
  z.object({ code: z.literal('recovering') }),
  z.object({ code: z.literal('unreachable'), since: id.instant }),
  z.object({ code: z.literal('disconnected') }),
  z.object({ code: z.literal('not-listed'), why: z.string() }),
  z.object({ code: z.literal('agent-draining') }),
  z.object({ code: z.literal('agent-silent'), why: z.string() }),
]);

const codes = [
  'master-silent',
  'recovering',
  'unreachable',
  'disconnected',
  'not-listed',
  'agent-draining',
  'agent-silent',
] as const satisfies readonly ReturnCause['code'][];

const end: z.ZodType<ReactivationEnd> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('active'), agentNotAsked: z.string().nullable() }),
  z.object({ kind: z.literal('rejected'), httpStatus: z.number().nullable(), body: z.string() }),
  z.object({ kind: z.literal('not-applied') }),
  z.object({ kind: z.literal('taken-out-again'), shown: z.union([masterDrain, z.literal('deactivated')]) }),
  z.object({ kind: z.literal('gone'), goneAt: id.instant }),
  z.object({ kind: z.literal('removed') }),
  z.object({ kind: z.literal('replaced'), by: id.agentId }),
  z.object({ kind: z.literal('lost-sight'), forDays: z.number() }),
]);

const state: z.ZodType<ReactivationState> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('calling') }),
  z.object({
    status: z.literal('checking'),
    since: id.instant,
    why: z.string(),
    noEffect: read.nullable(),
    waiting: z.object({ cause, since: id.instant, toldAt: id.instant.nullable() }).nullable().default(null),
  }),
  z.object({
    status: z.literal('confirming'),
    acceptedAt: id.instant,
    waiting: z.object({ cause, since: id.instant }).nullable(),
    told: z.array(z.enum(codes)),
    firstAbsent: read.nullable(),
  }),
  z.object({ status: z.literal('ended'), at: id.instant, end }),
]);

/** A reactivation as its row holds it (form v 1). */
export const reactivationShape: z.ZodType<Reactivation> = z.object({
  id: id.reactivationId,
  version: z.number().int(),
  cluster: id.clusterName,
  agentId: id.agentId,
  hostname: z.string(),
  requester: person,
  channel: id.channelId,
  thread: id.threadId,
  correlation: id.correlationId,
  reason: z.string().nullable(),
  drain: id.drainId.nullable(),
  plan: id.planId.nullable().default(null),
  quiet: z.exactOptional(z.literal(true)),
  intendedAt: id.instant,
  state,
});
