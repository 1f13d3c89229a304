import type { WebClient } from '@slack/web-api';
import type { Found, PostTo } from '../app/ports.ts';
import { type Instant, messageTs, type NoticeId } from '../domain/ids.ts';
import { failureInWords, failureOf } from './failure.ts';
import { type Carrying, carries } from './metadata.ts';

/** Our clock and Slack's may differ by this much. */
const marginMs = 60_000;
const pageSize = 200;
/** A busier channel than that can't be searched in reasonable time. */
const pagesLimit = 5;

interface Page {
  messages?: Message[];
  response_metadata?: { next_cursor?: string };
}

type Message = Carrying & { ts?: string };

/** Looks for the message, or the file, that carries `id`: in its thread, or in its channel from a minute before `since`. */
export async function findPosted(
  client: WebClient,
  botId: string,
  to: PostTo,
  id: NoticeId,
  since: Instant,
): Promise<Found> {
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
