import { z } from 'zod';
import type { Anchor } from '../domain/anchor.ts';
import { databaseId, instant, type NoticeId } from '../domain/ids.ts';

/** Names our metadata. Every app in the workspace can read it: ids and hashes only. */
const eventType = 'mesos_chatops';
/** Slack publishes no limit for metadata; this many ids stay under 4 KB. The first one is always there. */
const idsLimit = 90;

/** A message as far as it shows which notices it is made of. */
export interface Carrying {
  files?: { name?: string }[];
  bot_id?: string;
  metadata?: { event_type?: string; event_payload?: object };
}

/** What a message carries: so that it can be found again, and the head of the log where one goes with it. */
export function metadataOf(ids: NoticeId[], anchor: Anchor | null) {
  return {
    event_type: eventType,
    event_payload: {
      notices: ids.slice(0, idsLimit),
      ...(anchor === null ? {} : { anchor: inPayload(anchor) }),
    },
  };
}

/** Our own payload in a message; null: none. Any app may write our metadata, so only messages of our own bot count. */
function payloadOf(
  { bot_id, metadata }: Carrying,
  botId: string,
): { notices?: unknown; anchor?: unknown } | null {
  if (bot_id !== botId || metadata?.event_type !== eventType) return null;
  return metadata.event_payload ?? {};
}

/** What a file's name carries, so that it can be found again: a message with a file takes no metadata. */
export function fileMark(id: NoticeId): string {
  return `.${id.replaceAll(/[^\w-]/g, '-')}.`;
}

/** Whether the message went out with this notice. Whoever shared a file of that name: nobody had the id before ours was
 * there. */
export function carries(message: Carrying, botId: string, id: NoticeId): boolean {
  if (message.files?.some(({ name }) => name?.includes(fileMark(id)))) return true;
  const notices = payloadOf(message, botId)?.notices;
  return Array.isArray(notices) && notices.includes(id);
}

/** The head of the log that a message carries; null: none, or none in the one form that there is. */
export function anchorIn(message: Carrying, botId: string): Anchor | null {
  return anchorShape.safeParse(payloadOf(message, botId)?.anchor).data ?? null;
}

function inPayload({ signature, ...anchor }: Anchor) {
  const { database, seq, hash, at, drains, approvals, plans } = anchor;
  return {
    database,
    seq,
    hash,
    at,
    drains,
    approvals,
    plans,
    ...(signature === undefined ? {} : { signature }),
  };
}

/** The last instant that a Date holds. Source: ECMAScript, time values. */
const lastInstant = 8.64e15;
const number = z.number().int().nonnegative();

const anchorShape: z.ZodType<Anchor> = z.object({
  database: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .transform(databaseId),
  seq: number.positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: number.max(lastInstant).transform(instant),
  drains: number,
  approvals: number,
  /** Bots that knew no plans gave no number to one. */
  plans: number.default(0),
  signature: z
    .object({ key: z.string().regex(/^[0-9a-f]{64}$/), value: z.string().regex(/^[A-Za-z0-9+/]{86}==$/) })
    // The head counts all the same: it is compared with the log, and a person checks the signature.
    .optional()
    .catch(undefined),
});
