import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { botEnv, envOfFile } from './bot-env.ts';
import { type BotProcess, runAudit, startBotProcess } from './bot-process.ts';
import { realClock } from './clock.ts';
import type { ClusterSpec } from './mesos/spec.ts';
import { startCluster } from './mesos/start.ts';
import type { Away, Stage, Story } from './scenarios/story.ts';
import { withSecond } from './second-cluster.ts';
import type { Script } from './slack/server/script.ts';
import { startSlack } from './slack/start.ts';

/** A cluster, a Slack and the bot between them, in real time. */
export interface Playground extends Stage {
  /** Its exit code, when a bot has ended that no story sent away. */
  botEnded: BotProcess['ended'];
  databasePath: string;
  stop(): Promise<void>;
}

const lookEveryMs = 50;
/** How long a minute of a story lasts. */
const minuteMs = 1_000;

/** Starts all three; resolves when the bot is connected to Slack. Rejects when the bot ends before that. */
export async function startPlayground(options: {
  cluster: ClusterSpec;
  second?: ClusterSpec | undefined;
  env?: Readonly<Record<string, string>>;
  /** As a story has it. */
  file?: Story['file'];
  /** The page's port; absent: a free one. */
  port?: number;
  onLog(line: string): void;
  /** The stories that the page lists, and the one of them that the cluster is made for. */
  script?: { stories: readonly Story[]; ready: Story | null };
}): Promise<Playground> {
  let onUp: (playground: Playground) => void = () => {};
  const up = new Promise<Playground>((resolve) => {
    onUp = resolve;
  });
  const clock = realClock();
  const manifest: unknown = JSON.parse(readFileSync(new URL('../manifest.json', import.meta.url), 'utf8'));
  const cluster = await startCluster({ clock, spec: options.cluster });
  const second = options.second === undefined ? null : await startCluster({ clock, spec: options.second });
  const slack = await startSlack({
    clock,
    manifest,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.script === undefined ? {} : { script: scriptOf(options.script, up) }),
  });
  const folder = mkdtempSync(join(tmpdir(), 'mesos-chatops-'));
  const databasePath = join(folder, 'playground.db');
  const file = join(folder, 'clusters.yaml');
  if (options.file !== undefined) writeFileSync(file, options.file(cluster.masterUrls));
  const env = {
    ...(options.file === undefined ? {} : envOfFile(file)),
    ...options.env,
    ...(second === null ? {} : withSecond(second, folder)),
  };
  let over: string | null = null;
  let away = false;
  let onEnded: (code: number | null) => void = () => {};
  const botEnded = new Promise<number | null>((resolve) => {
    onEnded = resolve;
  });
  const startBot = () => {
    const started = startBotProcess(botEnv(slack, cluster, databasePath, env), options.onLog);
    void started.ended.then((code) => {
      if (away) return;
      over = `the bot ended with ${code}`;
      onEnded(code);
    });
    return started;
  };
  let bot = startBot();

  async function until(what: string, isSo: () => boolean, seconds = 20): Promise<void> {
    for (const end = clock.now() + seconds * 1000; !isSo(); ) {
      if (over !== null) throw new Error(`${over} before ${what} came`);
      if (clock.now() > end) throw new Error(`${what} did not come within ${seconds} s`);
      await new Promise<void>((resolve) => clock.after(lookEveryMs, resolve));
    }
  }
  const stop = async () => {
    await bot.stop();
    await slack.stop();
    await cluster.stop();
    await second?.stop();
  };
  try {
    await until('the connection to Slack', () => slack.connections() > 0, 30);
  } catch (fault) {
    await stop();
    throw fault;
  }
  async function whileBotIsAway(meanwhile: (away: Away) => Promise<void>): Promise<void> {
    away = true;
    await bot.stop();
    const acceptRestore = (reason: string) =>
      runAudit(['accept-restore', databasePath, '--reason', reason], options.onLog);
    await meanwhile({ databasePath, acceptRestore });
    away = false;
    bot = startBot();
    await until('the connection to Slack', () => slack.connections() > 0, 30);
  }
  async function minutes(count: number): Promise<void> {
    const end = clock.now() + count * minuteMs;
    await until('the end of a wait', () => clock.now() >= end, (2 * count * minuteMs) / 1000 + 1);
  }
  async function reread(text: string): Promise<void> {
    writeFileSync(file, text);
    bot.reread();
  }
  const playground = {
    cluster,
    second,
    slack,
    botEnded,
    databasePath,
    until,
    minutes,
    reread,
    whileBotIsAway,
    stop,
  };
  onUp(playground);
  return playground;
}

function scriptOf(
  { stories, ready }: { stories: readonly Story[]; ready: Story | null },
  up: Promise<Playground>,
): Script {
  return {
    stories: stories.map(({ name, title }) => ({ name, title })),
    ready: ready?.name ?? null,
    play: async () => {
      // The page is there before the bot is.
      await ready?.play(await up);
    },
  };
}
