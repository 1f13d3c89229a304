import { z } from 'zod';
import type {
  GoneCause,
  GoneWaiting,
  MarkGone,
  MarkGoneCall,
  MarkGoneEnd,
  MarkGoneState,
} from '../../domain/mark-gone.ts';
import { masterDrain, person, read } from './drain.ts';
import * as id from './ids.ts';

const cause: z.ZodType<GoneCause> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('master-silent'), why: z.string() }),
  z.object({ code: z.literal('recovering') }),
  z.object({ code: z.literal('unreachable'), since: id.instant }),
  z.object({ code: z.literal('not-listed'), why: z.string() }),
  z.object({ code: z.literal('listed-nowhere') }),
  z.object({ code: z.literal('still-there'), shown: z.union([masterDrain, z.literal('no drain')]) }),
]);

const waiting: z.ZodType<GoneWaiting> = z.object({
  cause,
  since: id.instant,
  toldAt: id.instant.nullable(),
});

const end: z.ZodType<MarkGoneEnd> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('gone'), goneAt: id.instant, checked: z.exactOptional(read) }),
  z.object({ kind: z.literal('rejected'), httpStatus: z.number().nullable(), body: z.string() }),
  z.object({ kind: z.literal('not-applied') }),
  z.object({
    kind: z.literal('superseded'),
    shown: z.union([masterDrain, z.literal('deactivated'), z.literal('in service')]),
  }),
  z.object({ kind: z.literal('lost-sight'), forDays: z.number() }),
]);

const state: z.ZodType<MarkGoneState> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('calling') }),
  z.object({
    status: z.literal('checking'),
    since: id.instant,
    why: z.string(),
    noEffect: read.nullable(),
    waiting: waiting.nullable(),
  }),
  z.object({ status: z.literal('confirming'), acceptedAt: id.instant, waiting: waiting.nullable() }),
  z.object({ status: z.literal('ended'), at: id.instant, end }),
]);

const call: z.ZodType<MarkGoneCall> = z.discriminatedUnion('by', [
  z.object({ by: z.literal('second-drain'), drain: id.drainId, maxGrace: id.seconds.nullable() }),
  z.object({ by: z.literal('mark-agent-gone') }),
]);

/** A mark gone as its row holds it (form v 1). */
export const markGoneShape: z.ZodType<MarkGone> = z.object({
  id: id.markGoneId,
  version: z.number().int(),
  cluster: id.clusterName,
  agentId: id.agentId,
  hostname: z.string(),
  requester: person,
  approvedBy: z.array(person),
  channel: id.channelId,
  thread: id.threadId,
  correlation: id.correlationId,
  reason: z.string(),
  approval: id.approvalId,
  plan: z.exactOptional(id.planId),
  call,
  intendedAt: id.instant,
  state,
});
