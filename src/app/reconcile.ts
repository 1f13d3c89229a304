import type { Sha256 } from '../domain/audit.ts';
import { type ApprovalId, after, type ClusterName, type Instant, incidentId } from '../domain/ids.ts';
import type { Weekly } from '../domain/stay/weekly.ts';
import type { Anchoring } from './anchors/anchoring.ts';
import type { Cluster } from './cluster.ts';
import { makeClusterLoops } from './cluster-loops.ts';
import { makeInbox } from './commands/inbox.ts';
import { makeRateLimit } from './commands/rate-limit.ts';
import { StoreFault } from './faults.ts';
import { type Loop, makeLoop } from './loop.ts';
import { makeOneAtATime } from './maintenance/one-at-a-time.ts';
import { logFault, type Outage } from './outage.ts';
import { makeDeliverOutbox } from './outbox/deliver-outbox.ts';
import { makeEditCards } from './outbox/edit-cards.ts';
import { makePace } from './outbox/pace.ts';
import type {
  AskGate,
  Calls,
  Chat,
  Clock,
  Log,
  NewId,
  People,
  PolicyInForce,
  PreviewFile,
  Prompts,
  Reacted,
  Store,
  ThreadRow,
} from './ports.ts';
import { makeSubmitCall } from './submit-call.ts';
import type { TakeIn } from './take-in.ts';

export interface ReconcileDeps {
  store: Store;
  clusters: readonly (Omit<Cluster, 'submitCall' | 'oneWriter'> & { calls: Calls })[];
  chat: Chat;
  people: People;
  prompts: Prompts;
  previewFile: PreviewFile;
  askGate: AskGate;
  clock: Clock;
  newId: NewId;
  log: Log;
  sha256: Sha256;
  takeIn: TakeIn;
  anchoring: Anchoring;
  /** Null: heads of the log are not signed. */
  signer: Parameters<typeof makeDeliverOutbox>[0]['signer'];
  outage: Pick<Outage, 'pass' | 'isDown'>;
  commandsPerMinute: number;
  digest: Weekly | null;
  timing: {
    pollMs: number;
    sweepMs: number;
    callDeadlineMs: number;
    stuckAfterMs: number;
    cardEditMs: number;
  };
  opsChannel: Parameters<typeof makeDeliverOutbox>[0]['opsChannel'];
}

export interface Reconciler {
  /** A command was taken in. */
  wakeInbox(): void;
  /** Somebody reacted to a message, or took a reaction back. */
  reacted(to: Reacted): void;
  /** Slack was away for a while: what people did meanwhile, nobody told. */
  slackIsBack(): void;
  /** The first pass of every loop: what a crash left is found exactly as what is new. */
  start(): void;
  /** Resolves when nothing runs and nothing is wanted before its hour. */
  idle(): Promise<void>;
  /** How the parts did in the latest passes, in a word each. */
  health(): {
    store: 'ok' | 'failing';
    database: 'ok' | 'restored, changes wait';
    masters: { cluster: ClusterName; state: 'ok' | 'not asked yet' | 'can not be asked' }[];
  };
  stop(): Promise<void>;
  /** After the stop: one more pass over what people have not been told yet. */
  tellTheRest(): Promise<void>;
  /** Something was written outside of the loops. */
  written(): void;
  /** The database takes nothing any more; it takes entries again. */
  storeIsDown(): void;
  storeIsBack(): void;
}

/** After a fault, a loop waits this long. */
const faultPauseMs = 5_000;

/** The bot's life: loops over what is stored and what is seen, some for each cluster, some for all. Boot, timers and news run the same passes
 * (promise 8); none remembers what matters. */
export function makeReconciler(deps: ReconcileDeps): Reconciler {
  const { clock, log, newId } = deps;
  const pace = makePace();
  const failing = new Set<string>();
  const seenOpen = new Set<ApprovalId>();
  const clusters: Cluster[] = deps.clusters.map(({ calls, ...cluster }) => ({
    ...cluster,
    submitCall: makeSubmitCall({ ...deps, calls, onWritten: () => wakeAfterWrite() }),
    oneWriter: makeOneAtATime(),
  }));
  const inbox = makeInbox({
    ...deps,
    clusters,
    rateLimit: makeRateLimit(deps.commandsPerMinute),
    onSettled: () => {
      wakeAfterWrite();
      loops.inbox.wake();
    },
  });
  const delivering = {
    ...deps,
    pace,
    onRootDelivered: ({ approval }: ThreadRow) => {
      for (const each of ofClusters) {
        if (approval !== null) each.approvals.asked(approval);
        each.wakeApprovals();
      }
      loops.cards.wake();
    },
    onSettled: () => loops.outbox.wake(),
  };
  const outbox = makeDeliverOutbox(delivering);
  const watching = { ...deps, seenOpen, onWritten: () => wakeAfterWrite() };
  const ofClusters = clusters.map((cluster) => makeClusterLoops(watching, cluster, loop));
  const loops = {
    inbox: loop('inbox', inbox.pass),
    outbox: loop('outbox', outbox.pass),
    cards: loop(
      'cards',
      makeEditCards({ ...deps, pace, seenOpen, policyOf, cardEditMs: deps.timing.cardEditMs }),
    ),
    anchors: loop('anchors', deps.anchoring.pass),
    outage: loop('outage', deps.outage.pass),
  };
  const all: readonly Loop[] = [...Object.values(loops), ...ofClusters.flatMap((each) => each.all)];

  function policyOf(name: ClusterName): PolicyInForce | null {
    return clusters.find((cluster) => cluster.name === name)?.policy ?? null;
  }

  function loop(name: string, pass: (now: Instant) => Promise<Instant | null>): Loop {
    return makeLoop({
      clock,
      pass: async (now) => {
        const next = await pass(now);
        failing.delete(name);
        return next;
      },
      onFault: (err, now) => {
        if (err instanceof StoreFault) failing.add(name);
        logFault(log, err, { loop: name, incident: incidentId(newId()) }, 'a pass failed');
        return after(now, faultPauseMs);
      },
    });
  }

  function wakeAfterWrite(): void {
    for (const each of ofClusters) each.wake();
    loops.outbox.wake();
    loops.cards.wake();
  }

  return {
    wakeInbox: () => loops.inbox.wake(),
    reacted: (to) => {
      for (const each of ofClusters) {
        each.approvals.reacted(to);
        each.wakeApprovals();
      }
    },
    slackIsBack: () => {
      for (const each of ofClusters) {
        each.approvals.readAll();
        each.wakeApprovals();
      }
      deps.anchoring.slackIsBack();
      loops.anchors.wake();
    },
    start: () => {
      for (const each of all) each.wake();
    },
    idle: async () => {
      while (inbox.busy() || outbox.busy() || all.some((each) => each.busy()))
        await Promise.all([inbox.idle(), outbox.idle(), ...all.map((each) => each.idle())]);
    },
    health: () => ({
      store: failing.size === 0 && !deps.outage.isDown() ? 'ok' : 'failing',
      database: deps.anchoring.isRestored() ? 'restored, changes wait' : 'ok',
      masters: ofClusters.map(({ name, masters }) => ({ cluster: name, state: masters() })),
    }),
    stop: async () => {
      await loops.inbox.stop();
      await inbox.idle();
      await Promise.all(all.map((each) => each.stop()));
      await outbox.idle();
    },
    tellTheRest: async () => {
      // Nobody waits for a place in Slack's rates any more: what Slack does not take now goes out after the next start.
      const last = makeDeliverOutbox({ ...delivering, pace: makePace() });
      await last.pass(clock.now());
      await last.idle();
    },
    written: wakeAfterWrite,
    storeIsDown: () => loops.outage.wake(),
    storeIsBack: () => {
      for (const each of all) each.wake();
    },
  };
}
