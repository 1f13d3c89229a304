import { z } from 'zod';
import type { AgentAsShown, MachinesFailure, PlanEnd } from '../../domain/plan.ts';
import type { ApprovalReason, Refusal } from '../../domain/refusal.ts';
import { approved, beside, frameworks, person } from './drain.ts';
import * as id from './ids.ts';
import { hour, requester, shownOnly } from './requester.ts';

/** Before plans over machines could be stopped, their end did not say it. */
const left = z.exactOptional(z.object({ drains: z.array(id.drainId), scheduled: z.boolean() }));

export const end: z.ZodType<PlanEnd> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('not-confirmed') }),
  z.object({ kind: z.literal('not-approved'), approval: id.approvalId, left }),
  z.object({ kind: z.literal('cancelled'), by: person, left }),
  z.object({ kind: z.literal('late'), hour }),
  z.object({ kind: z.literal('refused'), refusal: shownOnly<Refusal>('code') }),
  z.object({ kind: z.literal('failed'), why: shownOnly<MachinesFailure>('code') }),
  z.object({ kind: z.literal('given-up'), by: person, reason: z.string() }),
  z.object({ kind: z.literal('restored') }),
]);

export const base = {
  id: id.planId,
  version: z.number().int(),
  cluster: id.clusterName,
  requester,
  channel: id.channelId,
  thread: id.threadId,
  correlation: id.correlationId,
  typed: z.string(),
  reason: z.string().nullable(),
  because: z.array(shownOnly<ApprovalReason>('why')),
  approved: approved.nullable(),
  beside: z.exactOptional(beside),
  proposedAt: id.instant,
};

/** What was shown of an agent (form v 1). */
export const agentAsShown: z.ZodType<AgentAsShown> = z.object({
  state: z.string(),
  tasks: z.number().nullable(),
  frameworks: z.exactOptional(frameworks),
});

export const proposed = z.object({
  status: z.literal('proposed'),
  expiresAt: id.instant,
  hour: z.exactOptional(hour),
});
export const scheduled = z.object({ status: z.literal('scheduled'), hour });
export const asked = z.object({ status: z.literal('asked'), approval: id.approvalId });
export const ended = z.object({ status: z.literal('ended'), at: id.instant, end });
