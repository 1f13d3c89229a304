import { type ManualClock, manualClock } from '../../../playground/clock.ts';
import type { ClusterSpec } from '../../../playground/mesos/spec.ts';
import type { Clock, Log } from '../../../src/app/ports.ts';
import { type Bot, type Parts, startBot } from '../../../src/bot.ts';
import { type Config, readConfig } from '../../../src/config.ts';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import { instant } from '../../../src/domain/ids.ts';
import { sha256 } from '../../../src/store/sha256.ts';
import { type Asked, type MemoryDatabase, memoryDatabase } from './memory-store.ts';
import { type NearCluster, nearCluster } from './near-cluster.ts';
import { connectNear, type Submission } from './near-mesos.ts';
import { channel, groups, type NearSlack, nearSlack } from './near-slack.ts';

/** The production bot between a cluster, a Slack and a database in this process, without sockets or files. Nothing in it
 * waits for anything but the one clock, so that a script plays the same way each time. */
export interface NearWorld {
  clock: ManualClock;
  cluster: NearCluster;
  slack: NearSlack;
  database: MemoryDatabase;
  config: Config;
  bot: Bot | null;
  errors: { facts: object; message: string }[];
  /** The time of day, for people. */
  now(): string;
  start(around?: (parts: Parts) => Parts): Promise<void>;
  /** Lets everything happen that wants to happen now. */
  settle(): Promise<void>;
  /** Lets time pass from one timer to the next, settling at each. */
  pass(ms: number): Promise<void>;
}

export interface Watchers {
  onCommit?(entry: AuditEntry): void;
  onAsked?(asked: Asked): void;
  onSubmit?(submission: Submission): void;
}

export function nearWorld(options: {
  cluster: ClusterSpec;
  env?: Readonly<Record<string, string>>;
  watchers?: Watchers;
}): NearWorld {
  const { watchers = {} } = options;
  const clock = manualClock();
  const cluster = nearCluster(options.cluster, clock);
  const slack = nearSlack(() => clock.now());
  const database = memoryDatabase({ sha256, ...watchers });
  const config = configFor(cluster, options.env ?? {});
  const errors: NearWorld['errors'] = [];
  const quiet = () => {};
  const log: Log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (facts, message) => void errors.push({ facts, message }),
  };
  const own: Clock = { now: () => instant(clock.now()), after: (ms, fn) => clock.after(ms, fn) };
  let ids = 0;
  const parts: Parts = {
    clock: own,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    log,
    version: 'test',
    openStore: async () => database.open(),
    connectMesos: connectNear(cluster, config, { clock: own, log }, watchers.onSubmit ?? quiet),
    askGate: async () => ({ kind: 'answered', status: 200, body: '{"ok": true}', whole: true }),
    connectSlack: slack.connect,
  };
  // Whatever is to happen now hangs on promises alone: they are done when the loop turns.
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  const world: NearWorld = {
    clock,
    cluster,
    slack,
    database,
    config,
    bot: null,
    errors,
    now: () => new Date(clock.now()).toISOString().slice(11, 23),
    start: async (around = (each) => each) => {
      world.bot = null;
      world.bot = await startBot(config, around(parts));
    },
    settle,
    pass: async (ms) => {
      await settle();
      for (const end = clock.now() + ms; clock.now() < end; ) {
        const next = Math.max(clock.now(), clock.nextDue() ?? end);
        clock.advance(Math.min(next, end) - clock.now());
        await settle();
      }
    },
  };
  return world;
}

const configs = new WeakMap<object, Config>();

/** Read once for each set of settings: the addresses are always the same. */
function configFor(cluster: NearCluster, more: Readonly<Record<string, string>>): Config {
  const known = configs.get(more);
  if (known !== undefined) return known;
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-near',
    SLACK_APP_TOKEN: 'xapp-near',
    SLACK_API_URL: 'http://127.0.0.1:1/api/',
    SLACK_CHANNELS: channel,
    MESOS_CLUSTER: 'near',
    MESOS_MASTERS: cluster.masterUrls.join(','),
    OPERATORS: groups.operators,
    APPROVERS: groups.approvers,
    DATABASE_PATH: 'near.db',
    HEALTH_PORT: '',
    ...more,
  };
  const read = readConfig(env, { read: () => '', mode: () => 0o600 });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  configs.set(more, read.config);
  return read.config;
}
