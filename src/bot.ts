import { makeAnchoring } from './app/anchors/anchoring.ts';
import { answerUnlogged } from './app/answers/answer-unlogged.ts';
import { StoreFault } from './app/faults.ts';
import { fileStart, fileStop } from './app/file-life.ts';
import { makeOutage } from './app/outage.ts';
import { makePolicies, type Reread } from './app/policies/keep-policies.ts';
import type {
  Anchors,
  AskGate,
  Calls,
  Chat,
  Clock,
  Log,
  Master,
  NewId,
  People,
  PreviewFile,
  Prompts,
  Reacted,
  Store,
  TypedCommand,
} from './app/ports.ts';
import { makeReconciler, type Reconciler } from './app/reconcile.ts';
import { makeTakeIn } from './app/take-in.ts';
import type { ClusterConfig, Config } from './config.ts';
import type { Sha256 } from './domain/audit.ts';
import type { Notice } from './domain/notice.ts';
import { type Readiness, startHealth } from './health.ts';
import { signerBy } from './signing.ts';
import { sha256 } from './store/sha256.ts';

/** What the bot is made of, each from its own factory, so that a test can stand between it and the rest. */
export interface Parts {
  clock: Clock;
  newId: NewId;
  log: Log;
  /** Of this program; stands in the log of starts. */
  version: string;
  openStore(sha256: Sha256): Promise<Store>;
  connectMesos(cluster: ClusterConfig): { master: Master; calls: Calls; close(): Promise<void> };
  askGate: AskGate;
  connectSlack(use: {
    takeIn(typed: TypedCommand): Promise<Notice | null>;
    onReacted(to: Reacted): void;
    onLink(up: boolean): void;
  }): Promise<SlackLink>;
}

export interface SlackLink {
  chat: Chat;
  people: People;
  prompts: Prompts;
  anchors: Anchors;
  previewFile: PreviewFile;
  /** Begins to take commands. */
  start(): Promise<void>;
  /** Takes no more; messages can still be sent. */
  stop(): Promise<void>;
  linkUp(): boolean;
}

export interface Bot {
  /** Resolves when nothing runs and nothing is wanted before its hour. */
  idle(): Promise<void>;
  /** Takes the policies that were read again; see {@link Policies}. */
  reload(read: Reread): Promise<void>;
  /** Takes no more commands, lets what runs come to its end, files the stop, and frees everything. */
  stop(): Promise<void>;
  /** Null: the health server is off. */
  healthPort: number | null;
}

/** Starts the bot: store, then adapters, then the loops; taking commands comes last. Throws where a part can't be
 * had, and leaves nothing running then. */
export async function startBot(config: Config, parts: Parts): Promise<Bot> {
  const { clock, newId, log, version, askGate } = parts;
  const held: (() => Promise<void>)[] = [];
  const release = async () => {
    for (let free = held.pop(); free !== undefined; free = held.pop()) await free();
  };
  try {
    const { opsChannel, anchorChannel } = config.slack;
    const opened = await parts.openStore(sha256);
    held.push(() => opened.close());
    const outage = makeOutage({
      ...{ store: opened, clock, newId, log, opsChannel, clusters: config.clusters },
      post: (channel, notice) => slack.chat.post({ channel, threadTs: null, broadcast: false }, notice, []),
      onDown: () => reconciler?.storeIsDown(),
      onUp: () => reconciler?.storeIsBack(),
    });
    const { store } = outage;
    const policies = makePolicies(
      { store, clock, newId, log, sha256, opsChannel, onWritten: () => reconciler?.written() },
      config.clusters,
    );
    const clusters = config.clusters.map((each) => {
      const { master, calls, close } = parts.connectMesos(each);
      held.push(close);
      const { name, defaultIn, clusterChannel } = each;
      return { name, defaultIn, clusterChannel, policy: policies.of(name), master, calls };
    });

    let reconciler: Reconciler | null = null;
    let linkUp = () => false;
    let healthPort: number | null = null;
    if (config.health !== null) {
      // Before Slack: finding it may take minutes, in which the process is alive and must not be killed for it.
      const ready = () => readinessOf(config, reconciler?.health() ?? null, linkUp(), policies.trouble());
      const health = await startHealth({ ...config.health, ready, log });
      held.push(() => health.stop());
      healthPort = health.port;
      log.info({ healthPort }, 'health can be asked');
    }
    const takeIn = makeTakeIn({
      store,
      clock,
      newId,
      log,
      onTaken: () => reconciler?.wakeInbox(),
      answerUnlogged: (typed) => answerUnlogged({ store, clusters, people: slack.people, clock, log }, typed),
      onUnrecorded: outage.unrecorded,
    });
    const slack = await parts.connectSlack({
      takeIn: takeIn.take,
      onReacted: (to) => reconciler?.reacted(to),
      onLink: (up) => {
        log.info({ up }, 'the link to Slack changed');
        if (up) reconciler?.slackIsBack();
      },
    });
    linkUp = slack.linkUp;
    const { chat, people, prompts, anchors, previewFile } = slack;
    const { commandsPerMinute, digest, timing } = config;
    const signer = config.signingKey === null ? null : signerBy(config.signingKey);
    const shared = {
      ...{ store, clusters, chat, people, prompts, previewFile, askGate },
      ...{ clock, newId, log, sha256, signer, takeIn },
    };
    const anchoring = makeAnchoring({
      ...{ store, anchors, anchorChannel, signer, prompts, clock, newId, log, opsChannel },
      clusters,
      onWritten: () => reconciler?.written(),
    });
    // Before any loop can change anything: this may be a database from the past.
    const { restored, notKnown } = await anchoring.atStart();
    const loops = makeReconciler({
      ...shared,
      anchoring,
      outage,
      commandsPerMinute,
      digest,
      timing,
      opsChannel,
    });
    reconciler = loops;

    const facts = { version, clusters, opsChannel, restored, notCompared: notKnown };
    await fileStart({ store, clock, newId }, facts);
    await policies.atStart();
    held.push(() => loops.stop());
    loops.start();
    held.push(() => slack.stop());
    await slack.start();
    log.info({ clusters: clusters.map(({ name }) => name), version }, 'started');
    return {
      idle: () => loops.idle(),
      reload: (read) => policies.reload(read),
      healthPort,
      stop: async () => {
        // In the order of `held`, last first: no more commands, then the loops, then what they used.
        held.splice(1, 0, async () => {
          try {
            await fileStop({ store, clock, newId }, { version, clusters });
            await anchoring.atStop();
            if (anchorChannel !== null) await loops.tellTheRest();
          } catch (err) {
            if (!(err instanceof StoreFault)) throw err;
            log.error({ err }, 'the stop could not be filed; what else is to do goes on');
          }
        });
        await release();
        log.info({}, 'stopped');
      },
    };
  } catch (fault) {
    await release();
    throw fault;
  }
}

/** Ready while the store and Slack do their part and one cluster at least can be asked: what is typed for the others is
 * answered too, if only by saying that they can't be. */
function readinessOf(
  { clusters }: Config,
  loops: ReturnType<Reconciler['health']> | null,
  linkUp: boolean,
  policyTrouble: string | null,
): Readiness {
  const asked = clusters.map(({ name }) => ({ cluster: name, state: 'not asked yet' }));
  const { masters, ...own } = loops ?? { store: 'ok', masters: asked };
  const parts = {
    ...own,
    slack: linkUp ? 'ok' : 'not connected',
    policy: policyTrouble === null ? 'ok' : 'can not be read, an older one stands',
  };
  const reached = masters.some(({ state }) => state === 'ok');
  return {
    ready: reached && Object.values(parts).every((state) => state === 'ok'),
    parts,
    clusters: Object.fromEntries(masters.map(({ cluster, state }) => [cluster, state])),
  };
}
