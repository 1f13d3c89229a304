import { readFileSync } from 'node:fs';
import { type LocalSlack, startSlack } from '../../playground/slack/start.ts';
import type { Clock, Log, Reacted, TypedCommand } from '../../src/app/ports.ts';
import { systemClock } from '../../src/clock.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { connectSlack, type Slack } from '../../src/slack/connect.ts';

const manifest: unknown = JSON.parse(readFileSync('manifest.json', 'utf8'));

/** A log line, kept. */
export interface Line {
  level: keyof Log;
  facts: object;
  message: string;
}

export function keptLog(): Log & { lines: Line[] } {
  const lines: Line[] = [];
  const at = (level: keyof Log) => (facts: object, message: string) =>
    void lines.push({ level, facts, message });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export interface Local {
  slack: LocalSlack;
  bot: Slack;
  log: ReturnType<typeof keptLog>;
  /** What was taken in, in order. */
  taken: TypedCommand[];
  links: boolean[];
  reacted: Reacted[];
  stop(): Promise<void>;
}

/** The adapter, connected over a real wire to a local Slack of its own. `clock` is the adapter's. */
export async function connected(
  mode: 'socket' | 'http',
  takeIn: (command: TypedCommand) => Promise<Notice | null> = async () => null,
  clock: Clock = systemClock(),
): Promise<Local> {
  let port: number | null = null;
  const slack = await startSlack({
    clock: systemClock(),
    manifest,
    rateLimits: false,
    ...(mode === 'http' ? { eventsUrl: () => `http://127.0.0.1:${port}/slack/events` } : {}),
  });
  const log = keptLog();
  const taken: TypedCommand[] = [];
  const links: boolean[] = [];
  const reacted: Reacted[] = [];
  const bot = await connectSlack({
    botToken: slack.botToken,
    transport:
      mode === 'socket'
        ? { mode, appToken: slack.appToken }
        : { mode, signingSecret: slack.signingSecret, port: 0, host: '127.0.0.1' },
    apiUrl: slack.apiUrl,
    clock,
    log,
    onReacted: (to) => void reacted.push(to),
    takeIn: (command) => {
      taken.push(command);
      return takeIn(command);
    },
    onLink: (up) => links.push(up),
  });
  await bot.start();
  port = bot.httpPort();
  return {
    slack,
    bot,
    log,
    taken,
    reacted,
    links,
    async stop() {
      await bot.stop();
      await slack.stop();
    },
  };
}
