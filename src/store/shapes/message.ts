import { z } from 'zod';
import type { OutboxTo } from '../../app/ports.ts';
import type { Notice } from '../../domain/notice.ts';
import * as id from './ids.ts';
import { formerKinds, upToDate } from './older-notices.ts';

/** Where a queued message goes (form v 1). */
export const destinationShape: z.ZodType<OutboxTo> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    responseUrl: z.string(),
    expiresAt: id.instant,
    replaces: z.exactOptional(z.literal(true)),
  }),
  z.object({ kind: z.literal('root'), thread: id.threadId }),
  z.object({ kind: z.literal('reply'), thread: id.threadId, broadcast: z.boolean() }),
  z.object({ kind: z.literal('channel'), channel: id.channelId }),
  z.object({ kind: z.literal('person'), user: id.userId }),
  z.object({
    kind: z.literal('whisper'),
    channel: id.channelId,
    user: id.userId,
    expiresAt: id.instant,
  }),
]);

const kinds: Record<Notice['kind'], true> = {
  refused: true,
  help: true,
  agents: true,
  status: true,
  'status-of-drain': true,
  preview: true,
  'audit-exporting': true,
  'audit-export': true,
  'audit-deeds': true,
  'audit-story': true,
  'maintenance-status': true,
  whoami: true,
  closed: true,
  anchored: true,
  cancelled: true,
  recalling: true,
  hastening: true,
  'hasten-offer': true,
  'status-of-approval': true,
  prompt: true,
  'plan-prompt': true,
  'plan-proposal': true,
  'plan-card': true,
  plan: true,
  'status-of-plan': true,
  'rolling-proposal': true,
  'rolling-card': true,
  rolling: true,
  'status-of-rolling': true,
  'status-of-machines': true,
  'plan-cancelled': true,
  'plan-paused': true,
  'plan-resumed': true,
  approval: true,
  'vote-refused': true,
  'mark-gone': true,
  adopted: true,
  recall: true,
  hasten: true,
  nudge: true,
  fault: true,
  'on-cluster': true,
  'not-logged': true,
  'drain-card': true,
  'call-accepted': true,
  'call-unknown': true,
  'effect-seen': true,
  progress: true,
  'framework-slow': true,
  waiting: true,
  'still-unknown': true,
  'moving-again': true,
  'looked-again': true,
  drained: true,
  ended: true,
  deactivation: true,
  reactivation: true,
  several: true,
  snippet: true,
  'maybe-repeat': true,
  anchor: true,
  'only-watched': true,
  digest: true,
  stay: true,
  staying: true,
  outside: true,
  'maintenance-preview': true,
  'maintenance-card': true,
  maintenance: true,
  ops: true,
};

/** A queued notice (form v 1). Only its kind is looked at: nothing is decided on what it holds, it is only shown, and
 * a form that changes gets another `v`. */
export const noticeShape: z.ZodType<Notice> = z
  .custom<Notice & { v: 1 }>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      'kind' in value &&
      typeof value.kind === 'string' &&
      (Object.hasOwn(kinds, value.kind) || formerKinds.includes(value.kind)),
    'not a notice of a known kind',
  )
  .transform(({ v, ...notice }) => upToDate(notice) as unknown as Notice);
