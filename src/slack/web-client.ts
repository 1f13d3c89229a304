import { type FetchFunction, WebClient, type WebClientOptions } from '@slack/web-api';
import pRetry, { AbortError } from 'p-retry';
import { ChatFault } from '../app/faults.ts';
import type { Log } from '../app/ports.ts';
import { type TeamId, teamId } from '../domain/ids.ts';
import { boltLogger } from './bolt-logger.ts';
import { failureInWords, failureOf } from './failure.ts';

/** Slack's answer is awaited for so long. */
export const requestDeadlineMs = 10_000;

/** Client settings without any retry of its own: it would post twice, and hold up every other method on a 429
 * (slack-notes B.6). `apiUrl` null: Slack's. */
export function clientOptions(apiUrl: string | null, log: Log): WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: requestDeadlineMs,
    logger: boltLogger(log),
    fetch: causesKept,
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
  };
}

/** The client makes a bare text of an error that isn't of its own realm, as fetch's are under Jest. */
async function causesKept(...request: Parameters<FetchFunction>): ReturnType<FetchFunction> {
  try {
    return await fetch(...request);
  } catch (cause) {
    throw new Error('the request to Slack failed', { cause });
  }
}

/** The one client for everything that goes out. */
export function webClient(botToken: string, apiUrl: string | null, log: Log): WebClient {
  return new WebClient(botToken, clientOptions(apiUrl, log));
}

/** Who the bot is in Slack. */
export interface BotIdentity {
  team: TeamId;
  botId: string;
  botUserId: string;
}

/** Asks Slack who we are (auth.test), for some minutes where Slack can't be reached. Throws a ChatFault when the
 * token is refused, or when Slack stays away. */
export async function whoAmI(client: WebClient, log: Log): Promise<BotIdentity> {
  return pRetry(() => ask(client), {
    retries: 8,
    minTimeout: 500,
    maxTimeout: 30_000,
    onFailedAttempt: ({ error, retriesLeft }) =>
      log.warn({ why: error.message, retriesLeft }, 'no word from Slack yet'),
  });
}

async function ask(client: WebClient): Promise<BotIdentity> {
  try {
    const { team_id: team, bot_id: botId, user_id: botUserId } = await client.auth.test();
    if (!team || !botId || !botUserId) {
      throw new AbortError(
        new ChatFault('SLACK_BOT_TOKEN is not the token of a bot (it must begin with xoxb-)'),
      );
    }
    return { team: teamId(team), botId, botUserId };
  } catch (error) {
    if (error instanceof AbortError) throw error;
    const failure = failureOf(error);
    const fault = new ChatFault(
      failure.kind === 'refused'
        ? `Slack refuses the bot token: ${failure.code}. Check SLACK_BOT_TOKEN.`
        : failureInWords(failure),
      { cause: error },
    );
    throw failure.kind === 'refused' ? new AbortError(fault) : fault;
  }
}
