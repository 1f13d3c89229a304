import type { WebClient } from '@slack/web-api';
import type { PostTo } from '../app/ports.ts';
import { type Instant, type MessageTs, messageTs, type NoticeId } from '../domain/ids.ts';
import { failureInWords, failureOf } from './failure.ts';

/** Names our metadata. Every app in the workspace can read it: ids only. */
const eventType = 'mesos_chatops';
/** Slack publishes no limit for metadata; this many ids stay under 4 KB. The first one is always there. */
const idsLimit = 90;
/** Our clock and Slack's may differ by this much. */
const marginMs = 60_000;
const pageSize = 200;
/** A busier channel than that can't be searched in reasonable time. */
const pagesLimit = 5;

/** What a message carries so that it can be found again. */
export function metadataOf(ids: NoticeId[]) {
  return { event_type: eventType, event_payload: { notices: ids.slice(0, idsLimit) } };
}

interface Page {
  messages?: Found[];
  response_metadata?: { next_cursor?: string };
}

interface Found {
  ts?: string;
  bot_id?: string;
  metadata?: { event_type?: string; event_payload?: object };
}

/** Looks for the message that carries `id`: in its thread, or in its channel from a minute before `since`. Any app
 * may write our metadata, so only messages of our own bot count. */
export async function findPosted(
  client: WebClient,
  botId: string,
  to: PostTo,
  id: NoticeId,
  since: Instant,
): Promise<{ found: MessageTs | null } | { later: string } | { unknown: string }> {
  const oldest = String(Math.max(0, Math.floor((since - marginMs) / 1000)));
  let cursor: string | undefined;
  try {
    for (let page = 0; page < pagesLimit; page += 1) {
      const common = {
        channel: to.channel,
        oldest,
        limit: pageSize,
        include_all_metadata: true,
        ...(cursor === undefined ? {} : { cursor }),
      };
      const read: Page =
        to.threadTs === null
          ? await client.conversations.history(common)
          : await client.conversations.replies({ ...common, ts: to.threadTs });
      const hit = read.messages?.find((message) => carries(message, botId, id));
      if (hit?.ts !== undefined) return { found: messageTs(hit.ts) };
      cursor = read.response_metadata?.next_cursor;
      if (!cursor) return { found: null };
    }
  } catch (error) {
    const failure = failureOf(error);
    return failure.kind === 'refused' ? { unknown: failure.code } : { later: failureInWords(failure) };
  }
  return { unknown: `more than ${pagesLimit * pageSize} messages since then` };
}

function carries(message: Found, botId: string, id: NoticeId): boolean {
  const { metadata } = message;
  if (message.bot_id !== botId || metadata?.event_type !== eventType) return false;
  const payload: { notices?: unknown } = metadata.event_payload ?? {};
  return Array.isArray(payload.notices) && payload.notices.includes(id);
}
