import type { Signer } from '../../domain/audit/signed-head.ts';
import {
  after,
  type ChannelId,
  type Instant,
  type MessageTs,
  noticeId,
  type UserId,
} from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import { StoreFault } from '../faults.ts';
import type {
  Chat,
  Clock,
  Delivery,
  ExportContent,
  Log,
  NewId,
  NotSent,
  OutboxRow,
  PostTo,
  Store,
  ThreadRow,
} from '../ports.ts';
import { anchorOf } from './anchor-of.ts';
import { asOne, isFile, type Lane } from './lanes.ts';
import { makeExport } from './make-export.ts';
import { backoffMs, type Pace } from './pace.ts';
import { maxAttemptsBeside, notMade, triesFor } from './refused.ts';
import { undelivered } from './undelivered.ts';

export type PostLane = Exclude<Lane, { kind: 'answer' }>;
type LivingLane = Exclude<PostLane, { kind: 'dead' }>;

export interface PostDeps {
  store: Store;
  chat: Chat;
  clock: Clock;
  newId: NewId;
  log: Log;
  pace: Pace;
  /** Null: heads of the log are not signed. */
  signer: Signer | null;
  /** A card or question is in Slack now: it may be edited, and people may react to it. */
  onRootDelivered(root: ThreadRow): void;
  opsChannel: Extract<OutboxRow['to'], { kind: 'channel' }>['channel'] | null;
}

/** A look for a doubtful post that Slack puts off for longer than this has no answer. */
const longestDoubtMs = 15 * 60_000;

/** Slack shares a file some time after it has said yes (bolt-js #2115), so that one not found before this may yet come. */
const sharedWithinMs = 30_000;

/** Posts what a lane has, as one message, and writes down what came of it. A doubtful one is looked for first. */
export function makePostLane(deps: PostDeps): (lane: PostLane, now: Instant) => Promise<void> {
  const { store, chat, clock, newId, log, pace } = deps;

  return async (lane, now) => {
    if (lane.kind === 'dead') return undeliverable(lane, lane.thread.dead);
    const [first] = lane.rows;
    if (first === undefined) return;
    const to = await placeOf(lane);
    if ('kind' in to) {
      await store.transact((tx) => tx.markTried([first.id], now));
      return settle(lane, to, first.doubtful);
    }
    let repeat = false;
    if (first.doubtful) {
      const found = await chat.findPosted(to, first.id, first.firstAttemptAt ?? first.createdAt);
      if ('found' in found && found.found !== null) return sent(lane, found.found);
      if ('found' in found && hasFile(lane) && now < after(first.firstAttemptAt ?? now, sharedWithinMs))
        return doubtStays(lane, 'Slack may still be sharing the file');
      // Who can't be asked now can't be posted to either, most of the time; but nothing waits for an answer for ever.
      if ('later' in found && now < after(first.firstAttemptAt ?? first.createdAt, longestDoubtMs))
        return doubtStays(lane, found.later);
      // Can't be looked up (no history scope): told again rather than not at all, and marked so.
      repeat = !('found' in found);
    }
    const notice: Notice = repeat ? { kind: 'maybe-repeat', notice: asOne(lane.rows) } : asOne(lane.rows);
    const ids = lane.rows.map((row) => row.id);
    let content: ExportContent | null;
    try {
      content = first.notice.kind === 'audit-export' ? await makeExport(store, first.notice) : null;
    } catch (err) {
      if (!(err instanceof StoreFault)) throw err;
      log.warn({ ids, err }, 'an export of the audit log can not be made');
      await store.transact((tx) => tx.markTried(ids, now));
      return settle(lane, { kind: 'refused', code: notMade }, repeat);
    }
    const anchor = await anchorOf(store, notice, deps.signer);
    // Before the message leaves: a crash from here on means "may have been posted", and is looked up first.
    await store.transact((tx) => tx.markTried(ids, now));
    const delivery = await chat.post(to, notice, ids, anchor, content);
    return settle(lane, delivery, repeat);
  };

  /** Where a lane's message goes, or why that can't be known. */
  async function placeOf(lane: LivingLane): Promise<PostTo | NotSent> {
    switch (lane.kind) {
      case 'channel':
        return { channel: lane.to.channel, threadTs: null, broadcast: false };
      case 'root':
        return { channel: lane.thread.channel, threadTs: null, broadcast: false };
      case 'replies':
        return { channel: lane.thread.channel, threadTs: lane.thread.ts, broadcast: lane.broadcast };
      case 'person': {
        const direct = await chat.openDirect(lane.to.user);
        return 'kind' in direct ? direct : { channel: direct.channel, threadTs: null, broadcast: false };
      }
    }
  }

  async function doubtStays(lane: LivingLane, why: string): Promise<void> {
    const ids = lane.rows.map((row) => row.id);
    const dueAt = after(clock.now(), backoffMs(1));
    await store.transact((tx) => tx.markDue(ids, { dueAt, doubtful: true }));
    log.warn({ ids, why }, 'a message that may have been posted can not be looked for now');
  }

  /** `repeat`: an earlier attempt is still in doubt, which this one's failure does not end. */
  async function settle(lane: LivingLane, delivery: Delivery, repeat: boolean): Promise<void> {
    const now = clock.now();
    const ids = lane.rows.map((row) => row.id);
    const attempts = (lane.rows[0]?.attempts ?? 0) + 1;
    const isBeside = lane.kind === 'person' || hasFile(lane);
    switch (delivery.kind) {
      case 'sent':
        return sent(lane, delivery.ts);
      case 'limited': {
        const until = after(now, delivery.retryAfterMs);
        const address = addressOf(lane);
        // Files have a budget of their own.
        if ('channel' in address && !hasFile(lane)) pace.limited('post', address.channel, until);
        await store.transact((tx) => tx.markDue(ids, { dueAt: until, doubtful: repeat }));
        return;
      }
      case 'doubtful': {
        if (isBeside && attempts >= maxAttemptsBeside) return undeliverable(lane, delivery.why);
        const dueAt = after(now, backoffMs(attempts));
        await store.transact((tx) => tx.markDue(ids, { dueAt, doubtful: true }));
        log.warn({ ids, why: delivery.why }, 'a message may or may not have been posted');
        return;
      }
      case 'refused': {
        if (attempts < triesFor(delivery.code, isBeside)) {
          const dueAt = after(now, backoffMs(attempts));
          await store.transact((tx) => tx.markDue(ids, { dueAt, doubtful: repeat }));
          return;
        }
        return undeliverable(lane, delivery.code);
      }
    }
  }

  async function sent(lane: PostLane, ts: MessageTs | null): Promise<void> {
    const link = lane.kind === 'root' && ts !== null ? await chat.permalink(lane.thread.channel, ts) : null;
    const now = clock.now();
    await store.transact(async (tx) => {
      await tx.markSent(
        lane.rows.map((row) => row.id),
        ts,
        now,
      );
      if (lane.kind === 'root' && ts !== null) await tx.rootDelivered(lane.thread.id, ts, link);
    });
    if (lane.kind === 'root') deps.onRootDelivered(lane.thread);
  }

  /** Filed, and told where it concerns the bot itself; the thread of a dead root is dead. */
  async function undeliverable(lane: PostLane, why: string): Promise<void> {
    const at = clock.now();
    const address = addressOf(lane);
    const channel = 'channel' in address ? address.channel : null;
    log.error({ ...address, why, notices: lane.rows.length }, 'a message can not be delivered');
    const kinds = lane.rows.map((row) => row.notice.kind).join(', ');
    await store.transact(async (tx) => {
      await tx.markDead(
        lane.rows.map((row) => row.id),
        why,
        at,
      );
      if (lane.kind === 'root') await tx.rootDead(lane.thread.id, why);
      const [first] = lane.rows;
      const thread = 'thread' in lane ? lane.thread : null;
      if (first !== undefined)
        await tx.append(await undelivered(tx, first, thread, { notices: kinds, why, at }));
      if (deps.opsChannel !== null && deps.opsChannel !== channel)
        await tx.queue({
          id: noticeId(newId()),
          to: { kind: 'channel', channel: deps.opsChannel },
          notice: {
            kind: 'ops',
            what: {
              matter: 'undeliverable',
              channel: 'person' in address ? address.person : address.channel,
              why,
              notice: kinds,
            },
          },
          createdAt: at,
        });
    });
  }
}

/** Whom a lane's message is for. */
export function addressOf(lane: PostLane): { channel: ChannelId } | { person: UserId } {
  switch (lane.kind) {
    case 'channel':
      return { channel: lane.to.channel };
    case 'person':
      return { person: lane.to.user };
    case 'root':
    case 'dead':
    case 'replies':
      return { channel: lane.thread.channel };
  }
}

/** Files are never merged, so that one is all that its lane has. */
function hasFile({ rows: [first] }: PostLane): boolean {
  return first !== undefined && isFile(first.notice);
}
