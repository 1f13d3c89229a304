import type { Sha256 } from '../domain/audit.ts';
import { judging } from '../domain/drain/proof.ts';
import { type ApprovalId, after, type ChannelId, type Instant, incidentId } from '../domain/ids.ts';
import type { Anchoring } from './anchors/anchoring.ts';
import { makeWatchApprovals } from './approvals/watch-approvals.ts';
import { makeInbox } from './commands/inbox.ts';
import { makeRateLimit } from './commands/rate-limit.ts';
import { makeSweepAgents } from './drains/sweep-agents.ts';
import { makeWatchDrains } from './drains/watch-drains.ts';
import { StoreFault } from './faults.ts';
import { type Loop, makeLoop } from './loop.ts';
import { makeWatchMarkGones } from './mark-gones/watch-mark-gones.ts';
import { logFault, type Outage } from './outage.ts';
import { makeDeliverOutbox } from './outbox/deliver-outbox.ts';
import { makeEditCards } from './outbox/edit-cards.ts';
import { makePace } from './outbox/pace.ts';
import type {
  Calls,
  Chat,
  Clock,
  Log,
  Master,
  NewId,
  People,
  PolicyInForce,
  PreviewFile,
  Prompts,
  Reacted,
  Store,
  ThreadRow,
} from './ports.ts';
import { makeWatchReactivations } from './reactivations/watch-reactivations.ts';
import { makeSubmitCall } from './submit-call.ts';
import type { TakeIn } from './take-in.ts';

export interface ReconcileDeps {
  store: Store;
  master: Master;
  calls: Calls;
  chat: Chat;
  people: People;
  prompts: Prompts;
  previewFile: PreviewFile;
  clock: Clock;
  newId: NewId;
  log: Log;
  sha256: Sha256;
  takeIn: TakeIn;
  anchoring: Anchoring;
  /** Null: heads of the log are not signed. */
  signer: Parameters<typeof makeDeliverOutbox>[0]['signer'];
  outage: Pick<Outage, 'pass' | 'isDown'>;
  policy: PolicyInForce;
  commandsPerMinute: number;
  timing: {
    pollMs: number;
    sweepMs: number;
    callDeadlineMs: number;
    stuckAfterMs: number;
    cardEditMs: number;
  };
  clusterChannel: ChannelId | null;
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
    masters: 'ok' | 'not asked yet' | 'can not be asked';
    database: 'ok' | 'restored, changes wait';
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

type LoopName =
  | 'inbox'
  | 'approvals'
  | 'drains'
  | 'markGones'
  | 'reactivations'
  | 'sweep'
  | 'outbox'
  | 'cards'
  | 'anchors'
  | 'outage';

/** After a fault, a loop waits this long. */
const faultPauseMs = 5_000;

/** The bot's life: ten loops over what is stored and what is seen. Boot, timers and news run the same passes
 * (promise 8); none remembers what matters. */
export function makeReconciler(deps: ReconcileDeps): Reconciler {
  const { clock, log, newId } = deps;
  const pace = makePace();
  const failing = new Set<string>();
  let masters: ReturnType<Reconciler['health']>['masters'] = 'not asked yet';
  const submitCall = makeSubmitCall({ ...deps, onWritten: () => wakeAfterWrite() });
  const inbox = makeInbox({
    ...deps,
    submitCall,
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
      if (approval !== null) approvals.asked(approval);
      loops.cards.wake();
      loops.approvals.wake();
    },
    onSettled: () => loops.outbox.wake(),
  };
  const outbox = makeDeliverOutbox(delivering);
  const watching = {
    ...deps,
    submitCall,
    judging: { ...judging, stuckAfterMs: deps.timing.stuckAfterMs },
    onWritten: () => wakeAfterWrite(),
    onSwept: (reached: boolean) => {
      masters = reached ? 'ok' : 'can not be asked';
    },
  };
  const seenOpen = new Set<ApprovalId>();
  const approvals = makeWatchApprovals({ ...watching, seenOpen });
  const loops: Record<LoopName, Loop> = {
    inbox: loop('inbox', inbox.pass),
    approvals: loop('approvals', approvals.pass),
    drains: loop('drains', makeWatchDrains(watching)),
    markGones: loop('markGones', makeWatchMarkGones(watching)),
    reactivations: loop('reactivations', makeWatchReactivations(watching)),
    sweep: loop('sweep', makeSweepAgents(watching)),
    outbox: loop('outbox', outbox.pass),
    cards: loop('cards', makeEditCards({ ...deps, pace, seenOpen, cardEditMs: deps.timing.cardEditMs })),
    anchors: loop('anchors', deps.anchoring.pass),
    outage: loop('outage', deps.outage.pass),
  };
  const all = Object.values(loops);

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
    loops.approvals.wake();
    loops.drains.wake();
    loops.markGones.wake();
    loops.reactivations.wake();
    loops.outbox.wake();
    loops.cards.wake();
  }

  return {
    wakeInbox: () => loops.inbox.wake(),
    reacted: (to) => {
      approvals.reacted(to);
      loops.approvals.wake();
    },
    slackIsBack: () => {
      approvals.readAll();
      loops.approvals.wake();
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
      masters,
      database: deps.anchoring.isRestored() ? 'restored, changes wait' : 'ok',
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
