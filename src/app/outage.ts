import type { Json } from '../domain/audit.ts';
import {
  after,
  type ChannelId,
  type ClusterName,
  correlationId,
  type Instant,
  iso,
  noticeId,
} from '../domain/ids.ts';
import type { Notice } from '../domain/notice.ts';
import type { StoreTrouble } from '../domain/refusal.ts';
import { soleCluster } from './cluster.ts';
import { StoreDown, StoreFault } from './faults.ts';
import type { Clock, Delivery, Log, NewId, Store, TypedCommand } from './ports.ts';

/** Until a database that takes nothing is tried again: at first, and at most. */
const retryMs = 5_000;
const longestRetryMs = 300_000;
/** An outage that begins so soon after another is tried less often: what fills a disk leaves it room now and then. */
const calmMs = 60_000;
/** So many of the commands that nothing recorded are listed once it records again. */
const listed = 20;

/** Sees when the database takes nothing any more, tells it past the outbox (which is in that database), and files what was
 * missed once it takes entries again. It lives in memory alone: a process that dies while the database is down
 * starts only when it is back. */
export interface Outage {
  /** The store, watched: everything goes through this one. */
  store: Store;
  isDown(): boolean;
  /** A command was answered without a record: `refused`, or a read that was answered all the same. */
  unrecorded(typed: TypedCommand, as: 'refused' | 'answered'): void;
  /** The tenth loop's pass. The try is the very entry that tells of the outage: nothing is written just to see. */
  pass(now: Instant): Promise<Instant | null>;
}

interface Down {
  since: Instant;
  trouble: StoreTrouble;
  dueAt: Instant;
  /** When it has lasted long enough to be told, however late it is tried. */
  tellAt: Instant;
  /** The codes that the ops channel was told of. */
  told: Set<string>;
  missed: { count: number; first: Json[] };
}

export function makeOutage({
  store,
  clock,
  newId,
  log,
  clusters,
  opsChannel,
  post,
  onDown,
  onUp,
}: {
  store: Store;
  clock: Clock;
  newId: NewId;
  log: Log;
  clusters: readonly { name: ClusterName }[];
  opsChannel: ChannelId | null;
  /** A message to a channel, outside of the outbox. */
  post(channel: ChannelId, notice: Notice): Promise<Delivery>;
  onDown(): void;
  onUp(): void;
}): Outage {
  let down: Down | null = null;
  let waitMs = retryMs;
  let upSince: Instant | null = null;

  function met(fault: unknown): void {
    if (!(fault instanceof StoreDown)) return;
    if (down !== null) {
      down.trouble = fault.trouble;
      return;
    }
    const since = clock.now();
    waitMs = upSince !== null && since - upSince < calmMs ? Math.min(waitMs * 2, longestRetryMs) : retryMs;
    const { trouble } = fault;
    down = {
      since,
      trouble,
      dueAt: after(since, waitMs),
      tellAt: after(since, retryMs),
      told: new Set(),
      missed: { count: 0, first: [] },
    };
    log.error({ err: fault }, 'the database can not be used; nothing is changed until it can');
    onDown();
  }

  async function recover(was: Down): Promise<boolean> {
    const at = clock.now();
    const { count, first } = was.missed;
    try {
      await watched.transact(async (tx) => {
        await tx.append({
          at,
          event: 'store.recovered',
          actor: { kind: 'bot' },
          correlation: correlationId(newId()),
          ...soleCluster(clusters),
          outcome: was.trouble.code,
          facts: { from: iso(was.since), until: iso(at), commands: count, first },
        });
        if (opsChannel === null || (was.told.size === 0 && count === 0)) return;
        await tx.queue({
          id: noticeId(newId()),
          to: { kind: 'channel', channel: opsChannel },
          notice: {
            kind: 'ops',
            what: {
              matter: 'store-recovered',
              from: was.since,
              to: at,
              code: was.trouble.code,
              commands: count,
            },
          },
          createdAt: at,
        });
      });
      return true;
    } catch (fault) {
      if (fault instanceof StoreFault) return false;
      throw fault;
    }
  }

  /** Each trouble once; again only where Slack did not take it. */
  async function tell({ since, trouble, told, missed }: Down): Promise<void> {
    if (opsChannel === null || told.has(trouble.code)) return;
    const what = { matter: 'store-down' as const, since, ...trouble, commands: missed.count };
    const delivery = await post(opsChannel, { kind: 'ops', what });
    if (delivery.kind === 'sent' || delivery.kind === 'refused') told.add(trouble.code);
    if (delivery.kind !== 'sent') log.warn({ delivery }, 'that the database is down could not be told');
  }

  const watched = watching(store, met);
  return {
    store: watched,
    isDown: () => down !== null,
    unrecorded: ({ user, text, receivedAt }, as) => {
      if (down === null) return;
      down.missed.count += 1;
      if (down.missed.first.length < listed)
        down.missed.first.push({ at: iso(receivedAt), user, typed: text, answered: as === 'answered' });
    },
    pass: async (now) => {
      if (down === null) return null;
      if (now < down.tellAt) return down.tellAt;
      if (now < down.dueAt) {
        await tell(down);
        return down.dueAt;
      }
      if (await recover(down)) {
        log.warn({ since: iso(down.since) }, 'the database can be used again');
        down = null;
        upSince = clock.now();
        onUp();
        return null;
      }
      await tell(down);
      down.dueAt = after(clock.now(), waitMs);
      return down.dueAt;
    },
  };
}

/** Where a fault is one of many that one outage brings, `Outage` logs the first of them. */
export function logFault(log: Log, err: unknown, facts: object, message: string): void {
  log[err instanceof StoreDown ? 'debug' : 'error']({ err, ...facts }, message);
}

type Method = (...args: unknown[]) => Promise<unknown>;

function watching(store: Store, met: (fault: unknown) => void): Store {
  const watched = ([name, method]: [string, Method]): [string, Method] => [
    name,
    async (...args) => {
      try {
        return await method(...args);
      } catch (fault) {
        met(fault);
        throw fault;
      }
    },
  ];
  return Object.fromEntries((Object.entries(store) as [string, Method][]).map(watched)) as unknown as Store;
}
