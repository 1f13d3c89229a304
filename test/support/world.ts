import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { botEnv, envOfFile } from '../../playground/bot-env.ts';
import { type ManualClock, manualClock } from '../../playground/clock.ts';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { type SimulatedCluster, startCluster } from '../../playground/mesos/start.ts';
import type { Stage, Story } from '../../playground/scenarios/story.ts';
import { withSecond } from '../../playground/second-cluster.ts';
import { type LocalSlack, startSlack } from '../../playground/slack/start.ts';
import type { Clock, Log, Store } from '../../src/app/ports.ts';
import { assemble } from '../../src/assemble.ts';
import { type Bot, type Parts, startBot } from '../../src/bot.ts';
import { auditCommand } from '../../src/cli/audit-command.ts';
import { noProgress } from '../../src/cli/progress.ts';
import { rereadOf } from '../../src/config/reread.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { instant } from '../../src/domain/ids.ts';
import { sha256 } from '../../src/store/sha256.ts';

/** A cluster, a Slack and a bot in this process, all on one clock that stands still until it is told to go on. */
export interface World extends Stage {
  clock: ManualClock;
  databasePath: string;
  config: Config;
  bot: Bot | null;
  /** That of the bot started last, for reading what waits in it. */
  store: Store | null;
  /** What the bot logged as needing someone now; a healthy run leaves it empty. */
  errors: { facts: object; message: string }[];
  /** Starts the bot on the same file; `around` stands between it and its parts. */
  start(around?: (parts: Parts) => Parts): Promise<Bot>;
  /** Where the bot listens for Slack in HTTP mode. */
  eventsUrl(): string;
  /** Waits until nobody has anything to do before the next hour. */
  settle(): Promise<void>;
  /** Lets time pass in small steps, settling after each; what is quiet is skipped. */
  pass(ms: number, stepMs?: number): Promise<void>;
  /** Types a command and lets time pass until Slack has shown something for it. */
  type(user: string, text: string, channel?: string): Promise<void>;
  close(): Promise<void>;
}

/** As `npm run audit -- accept-restore` does it. */
async function accept(file: string, reason: string, clock: Clock, newId: () => string): Promise<void> {
  const complaints: string[] = [];
  const status = await auditCommand(['accept-restore', file, '--reason', reason], {
    defaultFile: file,
    progress: noProgress,
    clock,
    newId,
    sha256,
    by: { kind: 'os-user', name: 'olga', host: 'bot-1' },
    print: async (line) => void complaints.push(line),
    complain: (line) => complaints.push(line),
  });
  if (status !== 0) throw new Error(complaints.join('\n'));
}

/** Small against the bot's poll of 5 s, large enough that a minute is quick. */
const stepMs = 500;

/** `http`: Slack sends signed requests instead of speaking over a socket. */
export async function makeWorld(options: {
  cluster: ClusterSpec;
  second?: ClusterSpec | undefined;
  env?: Readonly<Record<string, string>>;
  file?: Story['file'];
  http?: boolean;
}): Promise<World> {
  const clock = manualClock();
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../manifest.json', import.meta.url), 'utf8'));
  const cluster: SimulatedCluster = await startCluster({ clock, spec: options.cluster });
  const second = options.second === undefined ? null : await startCluster({ clock, spec: options.second });
  let httpPort: () => number | null = () => null;
  const eventsUrl = () => `http://127.0.0.1:${httpPort()}/slack/events`;
  const slack: LocalSlack = await startSlack({ clock, manifest, ...(options.http ? { eventsUrl } : {}) });
  const folder = mkdtempSync(join(tmpdir(), 'mesos-chatops-test-'));
  const databasePath = join(folder, 'bot.db');
  const http = {
    SLACK_MODE: 'http',
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_HTTP_HOST: '127.0.0.1',
    PORT: '0',
  };
  const file = join(folder, 'clusters.yaml');
  if (options.file !== undefined) writeFileSync(file, options.file(cluster.masterUrls));
  const ofFile = options.file === undefined ? {} : envOfFile(file);
  const ofSecond = second === null ? {} : withSecond(second, folder);
  // Clusters of stories are small: one agent of two is half of them. What tells of the brake sets it.
  const small = { BRAKE_PERCENT: '100' };
  const env = { ...small, ...(options.http ? http : {}), ...ofFile, ...options.env, ...ofSecond };
  const readAgain = () =>
    readConfig(botEnv(slack, cluster, databasePath, env), {
      read: (path) => readFileSync(path, 'utf8'),
      mode: (path) => statSync(path).mode,
    });
  const read = readAgain();
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const { config } = read;
  const errors: World['errors'] = [];
  const quiet = () => {};
  const log: Log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (facts, message) => void errors.push({ facts, message }),
  };
  const own: Clock = { now: () => instant(clock.now()), after: (ms, fn) => clock.after(ms, fn) };
  let ids = 0;
  const newId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;

  /** Until the next timer of anybody. */
  const quietMs = () => Math.max(0, (clock.nextDue() ?? Number.POSITIVE_INFINITY) - clock.now());

  const world: World = {
    clock,
    slack,
    cluster,
    second,
    databasePath,
    config,
    bot: null,
    store: null,
    errors,
    start: async (around = (parts) => parts) => {
      const parts = assemble(config, { clock: own, newId, log, version: 'test' });
      const { connectSlack } = parts;
      const listening: Parts = {
        ...parts,
        openStore: async (sha256) => {
          world.store = await parts.openStore(sha256);
          return world.store;
        },
        connectSlack: async (use) => {
          const link = await connectSlack(use);
          if ('httpPort' in link) httpPort = link.httpPort as typeof httpPort;
          return link;
        },
      };
      world.bot = await startBot(config, around(listening));
      return world.bot;
    },
    eventsUrl,
    settle: async () => {
      // An answer of one can be the beginning of work for another: three quiet rounds in a row are quiet.
      for (let round = 0; round < 3; round++)
        await Promise.all([world.bot?.idle(), slack.idle(), cluster.idle(), second?.idle()]);
    },
    pass: async (ms, step = stepMs) => {
      await world.settle(); // or what is about to begin would seem quiet
      for (const end = clock.now() + ms; clock.now() < end; ) {
        clock.advance(Math.min(end - clock.now(), Math.max(step, quietMs())));
        await world.settle();
      }
    },
    until: async (what, isSo, seconds = 120) => {
      await world.settle();
      for (const end = clock.now() + seconds * 1000; !isSo(); ) {
        if (clock.now() >= end) throw new Error(`${what} did not come within ${seconds} s`);
        await world.pass(Math.min(end - clock.now(), Math.max(stepMs, quietMs())));
      }
    },
    type: async (user, text, channel = 'mesos-ops') => {
      let shown = false;
      const typed = slack.type(user, channel, text).finally(() => {
        shown = true;
      });
      await world.settle();
      await world.until(`something for ${text}`, () => shown, 10);
      await typed;
      await world.settle();
    },
    reread: async (text) => {
      writeFileSync(file, text);
      await world.bot?.reload(rereadOf(config, readAgain()));
      await world.settle();
    },
    minutes: (count) => world.pass(count * 60_000),
    whileBotIsAway: async (meanwhile) => {
      await world.bot?.stop();
      world.bot = null;
      await meanwhile({ databasePath, acceptRestore: (reason) => accept(databasePath, reason, own, newId) });
      await world.start();
      await world.settle();
    },
    close: async () => {
      await world.bot?.stop();
      await slack.stop();
      await cluster.stop();
      await second?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}
