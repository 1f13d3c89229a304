import { App } from '@slack/bolt';
import type {
  Anchors,
  Chat,
  Clock,
  Log,
  People,
  PreviewFile,
  Prompts,
  Reacted,
  TypedCommand,
} from '../app/ports.ts';
import type { Notice } from '../domain/notice.ts';
import { slackAnchors } from './anchors.ts';
import { answerBy } from './answer-url.ts';
import { fullText } from './blocks/full-text.ts';
import { boltLogger } from './bolt-logger.ts';
import { listenForButtons } from './buttons.ts';
import { slackChat } from './chat.ts';
import { listenForCommands } from './commands.ts';
import { slackPeople } from './people.ts';
import { slackPrompts } from './prompts.ts';
import { listenForReactions } from './reactions.ts';
import { httpTransport, socketTransport } from './transport.ts';
import { makeUnderWay } from './under-way.ts';
import { clientOptions, webClient, whoAmI } from './web-client.ts';

export interface SlackOptions {
  botToken: string;
  transport:
    | { mode: 'socket'; appToken: string }
    | { mode: 'http'; signingSecret: string; port: number; host: string };
  /** Null: Slack's own. */
  apiUrl: string | null;
  clock: Clock;
  log: Log;
  /** Commits the command; what it answers is shown to its person at once (null: nothing). Called for both
   * transports, and for what is typed and clicked, by the same path. */
  takeIn(command: TypedCommand): Promise<Notice | null>;
  /** Somebody reacted to some message. */
  onReacted(to: Reacted): void;
  /** Tells that the link to Slack is up or down, for /readyz. */
  onLink?(up: boolean): void;
}

/** The bot's connection to one Slack workspace. */
export interface Slack {
  chat: Chat;
  people: People;
  prompts: Prompts;
  anchors: Anchors;
  previewFile: PreviewFile;
  /** Begins to take commands. Throws a ChatFault when Slack refuses the app token. */
  start(): Promise<void>;
  /** Takes no more commands and waits for those being taken in. May be called twice. */
  stop(): Promise<void>;
  linkUp(): boolean;
  /** Where HTTP mode listens; null in Socket Mode and while not started. */
  httpPort(): number | null;
}

/** Finds out who the bot is in Slack and gets everything ready; commands come only after `start`. Throws a
 * ChatFault when Slack refuses the bot token or stays out of reach for minutes. */
export async function connectSlack(options: SlackOptions): Promise<Slack> {
  const { botToken, apiUrl, clock, log, takeIn } = options;
  const client = webClient(botToken, apiUrl, log);
  const { team, botId, botUserId } = await whoAmI(client, log);

  let up = false;
  const onLink = (now: boolean) => {
    if (now === up) return;
    up = now;
    log.info({ up }, 'link to slack');
    options.onLink?.(up);
  };
  const transport =
    options.transport.mode === 'socket'
      ? socketTransport(options.transport, { apiUrl, clock, log, onLink })
      : httpTransport(options.transport, { log, onLink });
  // With both ids App asks Slack nothing: its own auth.test, once failed, would fail every event for ever and
  // end the process by an unhandled rejection (slack-notes B.6).
  const app = new App({
    token: botToken,
    botId,
    botUserId,
    receiver: transport.receiver,
    logger: boltLogger(log),
    clientOptions: clientOptions(apiUrl, log),
  });
  const underWay = makeUnderWay();
  const hearing = { clock, log, underWay, takeIn };
  listenForCommands(app, hearing);
  listenForButtons(app, { ...hearing, answer: (url, said) => answerBy(url, said, apiUrl) });
  app.error(async (error) => {
    log.error({ err: error }, 'a slack listener failed');
  });
  listenForReactions(app, { log, onReacted: options.onReacted });

  let stopped: Promise<void> | null = null;
  return {
    chat: slackChat(client, botId, apiUrl),
    people: slackPeople(client, team),
    prompts: slackPrompts(client),
    anchors: slackAnchors(client, botId),
    previewFile: fullText,
    start: () => transport.start(),
    stop() {
      // First the listeners, which still need the link for their answers.
      stopped ??= underWay.close().then(() => transport.stop());
      return stopped;
    },
    linkUp: () => up,
    httpPort: () => transport.port(),
  };
}
