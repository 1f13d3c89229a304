import { z } from 'zod';
import { becauseOf } from '../../domain/approval/because.ts';
import type { Drift } from '../../domain/approval/drift.ts';
import type { Act, Approval, ApprovalState, Ballot, Settlement, Verdict } from '../../domain/approval.ts';
import type { ApprovalReason, Refusal } from '../../domain/refusal.ts';
import { covers, lossShape } from './covers.ts';
import { beside, masterWord, person } from './drain.ts';
import * as id from './ids.ts';
import { hour, requester, shownOnly } from './requester.ts';

const act: z.ZodType<Act> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('drain'),
    maxGrace: id.seconds.nullable(),
    outFor: z.exactOptional(id.seconds),
  }),
  z.object({ kind: z.literal('drain-then-gone'), maxGrace: id.seconds.nullable() }),
  z.object({ kind: z.literal('drain-unattended'), maxGrace: id.seconds.nullable() }),
  z.object({ kind: z.literal('mark-gone'), now: z.boolean() }),
]);

const verdict: z.ZodType<Verdict> = z.discriminatedUnion('is', [
  z.object({ is: z.literal('approves'), oneOf: z.boolean().default(false) }),
  z.object({ is: z.literal('denies') }),
  z.object({ is: z.literal('withdraws') }),
  z.object({ is: z.literal('stops') }),
  z.object({ is: z.literal('objects') }),
  z.object({
    is: z.literal('refused'),
    why: z.enum([
      'own-vote',
      'not-entitled',
      'bot',
      'guest',
      'deactivated',
      'other-workspace',
      'no-team',
      'nobody',
      'shared-channel',
      'expired',
      'settled',
      'not-a-vote',
    ]),
  }),
]);

const ballot: z.ZodType<Ballot> = z.object({
  user: id.userId,
  mark: z.enum(['approve', 'deny', 'stop', 'mistaken']),
  firstSeenAt: id.instant,
  verdict: verdict.nullable(),
  by: requester.nullable(),
});

const settlement: z.ZodType<Settlement> = z.discriminatedUnion('how', [
  z.object({ how: z.literal('used'), by: z.array(person) }),
  z.object({ how: z.literal('denied'), by: person }),
  z.object({ how: z.literal('withdrawn'), by: person }),
  z.object({ how: z.literal('stopped'), by: person }),
  z.object({ how: z.literal('taken-back'), by: person }),
  z.object({ how: z.literal('expired') }),
  z.object({ how: z.literal('late'), limit: id.seconds }),
  z.object({ how: z.literal('changed'), what: z.array(shownOnly<Drift>('what')) }),
  z.object({ how: z.literal('refused'), refusal: shownOnly<Refusal>('code') }),
  z.object({
    how: z.literal('no-prompt'),
    why: z.enum(['deleted', 'closed', 'shared', 'undeliverable', 'left', 'archived']),
  }),
  z.object({ how: z.literal('drain-ended'), end: z.string() }),
  z.object({ how: z.literal('plan-ended'), end: z.string() }),
  z.object({ how: z.literal('restored'), shown: z.enum(['open', 'closed', 'not-read']) }),
]);

const state: z.ZodType<ApprovalState> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('open') }),
  z.object({
    status: z.literal('holding'),
    quorumAt: id.instant,
    since: id.instant,
    until: id.instant,
    by: z.array(person),
  }),
  z.object({
    status: z.literal('standing'),
    quorumAt: id.instant,
    since: id.instant,
    by: z.array(person),
    waits: z.object({ since: id.instant, toldAt: id.instant.nullable() }).nullable().default(null),
  }),
  z.object({
    status: z.literal('settled'),
    at: id.instant,
    how: settlement,
    wasStanding: z.boolean(),
    again: id.approvalId.nullable(),
  }),
]);

const base = {
  id: id.approvalId,
  version: z.number().int(),
  cluster: id.clusterName,
  requester,
  channel: id.channelId,
  thread: id.threadId,
  correlation: id.correlationId,
  typed: z.string(),
  reason: z.string(),
  because: z.array(shownOnly<ApprovalReason>('why')),
  follows: id.approvalId.nullable(),
  needed: z.number().int(),
  // Rows from before a policy could name people of whom one must be among the votes lack it.
  oneOf: z
    .object({ users: z.array(id.userId), groups: z.array(id.userGroupId) })
    .nullable()
    .default(null),
  askedAt: id.instant,
  expiresAt: id.instant,
  hour: z.exactOptional(hour),
  ballots: z.array(ballot),
  state,
};

const ofAgent = z.object({
  ...base,
  of: z.literal('agent'),
  agentId: id.agentId,
  hostname: z.string(),
  address: z.object({ ip: z.string(), port: z.number() }).nullable(),
  act,
  loss: lossShape,
  masterWordOnly: z.boolean(),
  drain: id.drainId.nullable(),
  witness: masterWord.nullable(),
  beside: z.exactOptional(beside),
});

const ofPlan = z.object({ ...base, of: z.literal('plan'), plan: id.planId, covers });

/** An approval as its row holds it (form v 1). */
export const approvalShape: z.ZodType<Approval> = z.preprocess(
  upToDate,
  z.discriminatedUnion('of', [ofAgent, ofPlan]),
);

/** Before there were plans, each was about one agent, and why it was asked lay in the act alone. */
function upToDate(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || 'of' in row) return row;
  const read = act.safeParse('act' in row ? row.act : null);
  return { ...row, of: 'agent', because: read.success ? becauseOf(read.data) : [] };
}
