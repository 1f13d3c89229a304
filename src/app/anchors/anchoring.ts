import type { Anchor } from '../../domain/anchor.ts';
import { after, type ChannelId, type Instant, instant } from '../../domain/ids.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import type { Tx } from '../ports.ts';
import { type CompareDeps, compareAnchors } from './compare-anchors.ts';
import { enterRestored, type RestoreDeps } from './enter-restored.ts';
import { type SendHeadDeps, sendHead } from './send-head.ts';

/** The head goes to the anchor channel at least so often, where the log has grown. */
const anchorEveryMs = 86_400_000;
/** What was compared so shortly before is not compared again. */
const freshMs = 3_600_000;
/** Until anchors that could not be read are read again: at first, and at most. */
const retryMs = 60_000;
const longestRetryMs = 3_600_000;

/** Keeps heads of the log in Slack, signed where there is a key, and notices by them that the database was set back. */
export interface Anchoring {
  /** Before anything else is done. Answers what those who run the bot should hear of it. */
  atStart(): Promise<{ restored: boolean; notKnown: string | null }>;
  /** The ninth loop's pass. */
  pass(now: Instant): Promise<Instant | null>;
  /** Slack was away for a while: what could not be read then is read by the next pass. */
  slackIsBack(): void;
  /** The channel that a head can go to now, or why none can. */
  readiness(): Result<ChannelId>;
  /** Queues the head, as this transaction sees it; null: there is none. */
  send(tx: Tx, at: Instant): Promise<Anchor | null>;
  /** Queues the head once more, after the last entry. */
  atStop(): Promise<void>;
  /** As of the latest look. */
  isRestored(): boolean;
}

export function makeAnchoring(
  deps: CompareDeps & RestoreDeps & SendHeadDeps & { onWritten(): void },
): Anchoring {
  const { store, clock, log, anchorChannel, signer } = deps;
  /** Somewhere heads are kept. */
  const isKept = anchorChannel !== null || signer !== null;
  const startedAt = clock.now();
  let restored = false;
  /** Why the anchors could not be read, and when they are read again. In memory: each start reads them. */
  let notKnown: string | null = null;
  let waitMs = retryMs;
  let retryAt: Instant | null = null;
  let comparedAt = startedAt;
  /** A process that died left entries behind that no anchor has. */
  let owed = false;

  async function compare(): Promise<void> {
    const looked = await compareAnchors(deps);
    if (looked.notKnown !== null && looked.notKnown !== notKnown)
      log.warn({ why: looked.notKnown }, 'the audit log can not be compared with its anchors now');
    notKnown = looked.notKnown;
    if (looked.archived > 0)
      log.info({ anchors: looked.archived }, 'anchors of archived entries are for verify over the archive');
    comparedAt = clock.now();
    if (notKnown === null) retryAt = null;
    else {
      retryAt = after(clock.now(), waitMs);
      waitMs = Math.min(waitMs * 2, longestRetryMs);
    }
    if (looked.found === null) return;
    await enterRestored(deps, looked.found, startedAt);
    restored = true;
  }

  /** The head of an old database would be held against the newer file, once that is put back. Where Slack shows nothing for
   * half an hour, it most likely never does, and heads are for people alone. */
  function mayBeOld(): boolean {
    return retryAt !== null && waitMs < longestRetryMs;
  }

  return {
    atStart: async () => {
      const { anchored, ...state } = await store.thisDatabase();
      restored = state.restored !== null;
      if (restored)
        log.error({}, 'the database was restored, and nobody has accepted that yet: changes wait');
      owed = ((await store.auditHead())?.seq ?? 0) > (anchored?.seq ?? 0);
      await compare();
      return { restored, notKnown };
    },
    pass: async (now) => {
      const { anchored, ...state } = await store.thisDatabase();
      restored = state.restored !== null;
      if (restored) return null;
      const due = owed || anchored === null ? now : after(anchored.at, anchorEveryMs);
      const isDue = isKept && due <= now;
      // Before it is anchored again, so that a second bot on a copy shows within a day.
      const isStale = now >= after(comparedAt, freshMs);
      if (retryAt === null ? isDue && isStale : retryAt <= now) await compare();
      if (restored) {
        deps.onWritten();
        return null;
      }
      const isHeld = mayBeOld();
      const anchor = isDue && !isHeld ? await store.anchor() : null;
      owed &&= isHeld;
      if (anchor !== null && anchor.seq > (anchored?.seq ?? 0)) {
        await store.transact((tx) => sendHead(tx, deps, now));
        deps.onWritten();
      }
      const hours = [
        ...(!isKept || (isDue && isHeld) ? [] : [isDue ? after(now, anchorEveryMs) : due]),
        ...(retryAt === null ? [] : [retryAt]),
      ];
      return hours.length === 0 ? null : instant(Math.min(...hours));
    },
    slackIsBack: () => {
      waitMs = retryMs;
      if (retryAt !== null) retryAt = clock.now();
    },
    readiness: () => {
      if (anchorChannel === null) return refuse({ code: 'no-anchor-channel' });
      return mayBeOld() ? refuse({ code: 'anchors-not-known', why: notKnown ?? '' }) : ok(anchorChannel);
    },
    send: (tx, at) => sendHead(tx, deps, at),
    atStop: async () => {
      if (!restored && !mayBeOld()) await store.transact((tx) => sendHead(tx, deps, clock.now()));
    },
    isRestored: () => restored,
  };
}
