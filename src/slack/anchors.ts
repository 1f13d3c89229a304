import type { WebClient } from '@slack/web-api';
import type { Anchors } from '../app/ports.ts';
import type { Anchor } from '../domain/anchor.ts';
import { read } from './ask.ts';
import { anchorIn, type Carrying } from './metadata.ts';

const pageSize = 200;

/** Heads of the log in a channel's messages. */
export function slackAnchors(client: WebClient, botId: string): Anchors {
  return {
    async read(channel, pages) {
      const found: Anchor[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pages; page += 1) {
        const answer: Page | null = await read([], () =>
          client.conversations.history({
            channel,
            limit: pageSize,
            include_all_metadata: true,
            ...(cursor === undefined ? {} : { cursor }),
          }),
        );
        for (const message of answer?.messages ?? []) {
          const anchor = anchorIn(message, botId);
          if (anchor !== null) found.push(anchor);
        }
        cursor = answer?.response_metadata?.next_cursor;
        if (!cursor) break;
      }
      return found;
    },
  };
}

interface Page {
  messages?: Carrying[];
  response_metadata?: { next_cursor?: string };
}
