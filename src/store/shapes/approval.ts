import { z } from 'zod';
import type { Drift } from '../../domain/approval/drift.ts';
import type { FrameworkLoss, Loss } from '../../domain/approval/loss.ts';
import type { Act, Approval, ApprovalState, Ballot, Settlement, Verdict } from '../../domain/approval.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { masterWord, person } from './drain.ts';
import * as id from './ids.ts';
import { held } from './known-agent.ts';
import { requester, shownOnly } from './requester.ts';

const act: z.ZodType<Act> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('drain'), maxGrace: id.seconds.nullable() }),
  z.object({ kind: z.literal('drain-then-gone'), maxGrace: id.seconds.nullable() }),
  z.object({ kind: z.literal('drain-unattended'), maxGrace: id.seconds.nullable() }),
  z.object({ kind: z.literal('mark-gone'), now: z.boolean() }),
]);

const frameworkLoss: z.ZodType<FrameworkLoss> = z.object({
  framework: z.string(),
  name: z.string().nullable(),
  tasks: z.number(),
});

function known<T>(value: z.ZodType<T>) {
  return z.discriminatedUnion('known', [
    z.object({ known: z.literal(true), value }),
    z.object({ known: z.literal(false), why: z.string() }),
  ]);
}

const loss: z.ZodType<Loss> = z.object({
  alive: z.boolean(),
  held: known(z.array(held)),
  tasks: known(z.array(frameworkLoss)).nullable(),
});

const verdict: z.ZodType<Verdict> = z.discriminatedUnion('is', [
  z.object({ is: z.literal('approves') }),
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

/** An approval as its row holds it (form v 1). */
export const approvalShape: z.ZodType<Approval> = z.object({
  id: id.approvalId,
  version: z.number().int(),
  cluster: id.clusterName,
  agentId: id.agentId,
  hostname: z.string(),
  address: z.object({ ip: z.string(), port: z.number() }).nullable(),
  requester,
  channel: id.channelId,
  thread: id.threadId,
  correlation: id.correlationId,
  typed: z.string(),
  reason: z.string(),
  act,
  loss,
  masterWordOnly: z.boolean(),
  drain: id.drainId.nullable(),
  witness: masterWord.nullable(),
  follows: id.approvalId.nullable(),
  needed: z.number().int(),
  askedAt: id.instant,
  expiresAt: id.instant,
  ballots: z.array(ballot),
  state,
});
