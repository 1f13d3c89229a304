import { type WebAPICallResult, WebClient } from '@slack/web-api';
import type { LocalSlack } from '../../playground/slack/start.ts';
import type { CommandButton } from '../../src/slack/blocks/text/buttons.ts';
import { layout } from '../../src/slack/blocks/text/limits.ts';
import { buttons, text } from '../../src/slack/blocks/text/part.ts';

/** Posts a message of the bot that has these buttons, in the channel or to one person alone; answers its ts. */
export async function postButtons(
  slack: Pick<LocalSlack, 'botToken' | 'apiUrl'>,
  each: CommandButton[],
  { channel = 'C0MESOSOPS', to = null }: { channel?: string; to?: string | null } = {},
): Promise<string> {
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const message = { channel, ...layout([text('Well?'), buttons(...each)]) };
  const answer: WebAPICallResult & { ts?: unknown; message_ts?: unknown } = await client.apiCall(
    to === null ? 'chat.postMessage' : 'chat.postEphemeral',
    to === null ? message : { ...message, user: to },
  );
  return String(answer.ts ?? answer.message_ts);
}
