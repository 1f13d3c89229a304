import type { WebAPICallResult, WebClient } from '@slack/web-api';
import type { Chat, Delivery, ExportContent, PostTo } from '../app/ports.ts';
import type { Anchor } from '../domain/anchor.ts';
import { type ChannelId, type MessageTs, messageTs, type NoticeId, type UserId } from '../domain/ids.ts';
import type { Notice } from '../domain/notice.ts';
import { answerBy } from './answer-url.ts';
import { exportComment, exportTitle } from './blocks/answers/audit-export.ts';
import { render, repeatNote } from './blocks/render.ts';
import type { Rendered } from './blocks/text/part.ts';
import { deliveryOf, failureOf } from './failure.ts';
import { findPosted } from './find-posted.ts';
import { metadataOf } from './metadata.ts';
import { openDirect } from './open-direct.ts';
import { type SharedFile, shareFile, snippetBytes } from './share-file.ts';

/** Messages out by the Web API. Every method answers with a value, whatever Slack does. `botId`: ours, to know our
 * own messages by. */
export function slackChat(client: WebClient, botId: string, apiUrl: string | null): Chat {
  return {
    post: (to, notice, ids, anchor, content) => {
      const file = fileIn(notice, content ?? null);
      return file === null
        ? shown(notice, (said) => attempt(() => post(client, to, said, ids, anchor ?? null)))
        : shareFile(client, apiUrl, to, file, ids);
    },
    edit: (channel, ts, notice, ids) =>
      shown(notice, (said) => attempt(() => edit(client, channel, ts, said, ids))),
    answer: (responseUrl, notice, replaces = false) =>
      shown(notice, (said) => answerBy(responseUrl, said, apiUrl, replaces)),
    whisper: (channel, user, notice) =>
      shown(notice, (said) => attempt(() => whisper(client, channel, user, said))),
    openDirect: (user) => openDirect(client, user),
    findPosted: (to, id, since) => findPosted(client, botId, to, id, since),
    async permalink(channel, ts) {
      try {
        const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
        return permalink ?? null;
      } catch {
        return null; // a convenience: messages go out without it
      }
    },
  };
}

/** The file that a notice is; null: it is a message. */
function fileIn(notice: Notice, content: ExportContent | null): SharedFile | null {
  switch (notice.kind) {
    case 'snippet':
      return { ...notice, as: 'snippet', bytes: snippetBytes(notice.text), comment: null };
    case 'audit-export': {
      if (content === null) return null;
      const fileName = `audit-log-to-${notice.upTo}.${notice.format}`;
      const comment = exportComment(notice, content);
      return { title: exportTitle(notice), fileName, as: 'file', bytes: content.bytes, comment };
    }
    case 'maybe-repeat': {
      const inner = fileIn(notice.notice, content);
      if (inner === null) return null;
      return { ...inner, comment: inner.comment === null ? repeatNote : `${repeatNote}\n${inner.comment}` };
    }
    default:
      return null;
  }
}

/** What has no words is refused at once: taken for a doubtful post, it would hold up its thread for ever. */
async function shown(notice: Notice, send: (said: Rendered) => Promise<Delivery>): Promise<Delivery> {
  let said: Rendered;
  try {
    said = render(notice);
  } catch {
    return { kind: 'refused', code: 'not_renderable' };
  }
  return send(said);
}

async function attempt(send: () => Promise<MessageTs | null>): Promise<Delivery> {
  try {
    return { kind: 'sent', ts: await send() };
  } catch (error) {
    return deliveryOf(failureOf(error));
  }
}

async function post(
  client: WebClient,
  to: PostTo,
  said: Rendered,
  ids: NoticeId[],
  anchor: Anchor | null,
): Promise<MessageTs | null> {
  const thread =
    to.threadTs === null
      ? {}
      : { thread_ts: to.threadTs, ...(to.broadcast ? { reply_broadcast: true } : {}) };
  const sent: WebAPICallResult & { ts?: unknown } = await client.apiCall('chat.postMessage', {
    channel: to.channel,
    ...thread,
    ...said,
    ...asWritten,
    unfurl_links: false,
    unfurl_media: false,
    metadata: metadataOf(ids, anchor),
  });
  return typeof sent.ts === 'string' ? messageTs(sent.ts) : null;
}

async function whisper(
  client: WebClient,
  channel: ChannelId,
  user: UserId,
  said: Rendered,
): Promise<MessageTs | null> {
  const sent: WebAPICallResult & { message_ts?: unknown } = await client.apiCall('chat.postEphemeral', {
    channel,
    user,
    ...said,
    ...asWritten,
  });
  return typeof sent.message_ts === 'string' ? messageTs(sent.message_ts) : null;
}

async function edit(
  client: WebClient,
  channel: ChannelId,
  ts: MessageTs,
  said: Rendered,
  ids: NoticeId[],
): Promise<MessageTs | null> {
  await client.apiCall('chat.update', {
    channel,
    ts,
    ...said,
    ...asWritten,
    // Left out, Slack keeps what the message had.
    ...(ids.length === 0 ? {} : { metadata: metadataOf(ids, null) }),
  });
  return ts;
}

/** Slack must not look for links and names in the text by itself; chat.update would by default (slack-notes B.8). */
const asWritten = { parse: 'none', link_names: false } as const;
