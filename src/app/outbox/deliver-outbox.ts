import { after, type Instant, instant, type MessageTs, noticeId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Chat, Clock, Delivery, Log, NewId, OutboxRow, PostTo, Store, ThreadRow } from '../ports.ts';
import { asOne, type Lane, lanesOf } from './lanes.ts';
import { backoffMs, type Pace } from './pace.ts';
import { isTemporary, maxAttempts } from './refused.ts';

export interface OutboxDeps {
  store: Store;
  chat: Chat;
  clock: Clock;
  newId: NewId;
  log: Log;
  pace: Pace;
  /** A card is in Slack now and may be edited. */
  onRootDelivered(): void;
  opsChannel: Extract<OutboxRow['to'], { kind: 'channel' }>['channel'] | null;
}

/** One pass over what people have not been told yet: at most one message per lane, in order within a thread
 * (promise 7). Answers when it wants to run again. */
export function makeDeliverOutbox(deps: OutboxDeps) {
  const { store, chat, clock, newId, log, pace } = deps;

  return async function pass(now: Instant): Promise<Instant | null> {
    const rows = await store.outbox();
    const threads = new Map<ThreadRow['id'], ThreadRow>();
    for (const { to } of rows) {
      if (to.kind !== 'root' && to.kind !== 'reply') continue;
      const thread = threads.has(to.thread) ? null : await store.thread(to.thread);
      if (thread !== null) threads.set(to.thread, thread);
    }
    const lanes = lanesOf(rows, threads);
    const next = await Promise.all(lanes.map((lane) => deliver(lane, now)));
    const due = next.filter((at) => at !== null);
    return due.length === 0 ? null : instant(Math.min(...due));
  };

  /** When this lane wants another pass; null: it has nothing left. */
  async function deliver(lane: Lane, now: Instant): Promise<Instant | null> {
    if (lane.kind === 'answer') return answer(lane.row, now);
    const due = Math.max(...lane.rows.map((row) => row.dueAt)) as Instant;
    if (due > now) return due;
    const to: PostTo =
      lane.kind === 'channel'
        ? { channel: lane.to.channel, threadTs: null, broadcast: false }
        : lane.kind === 'root'
          ? { channel: lane.thread.channel, threadTs: null, broadcast: false }
          : { channel: lane.thread.channel, threadTs: lane.thread.ts, broadcast: lane.broadcast };
    const free = pace.post(to.channel, now);
    if (free > now) return free;
    const [first] = lane.rows;
    if (first === undefined) return null;
    let repeat = false;
    if (first.doubtful) {
      const found = await chat.findPosted(to, first.id, first.firstAttemptAt ?? first.createdAt);
      if ('found' in found && found.found !== null) return sent(lane, found.found);
      if ('later' in found) {
        // Slack will be able to say; posting again before it has would double a card for no reason.
        const dueAt = after(clock.now(), backoffMs(first.attempts));
        await store.transact((tx) => tx.markDue([first.id], { dueAt, doubtful: true }));
        return dueAt;
      }
      // Can't be looked up (no history scope): told again rather than not at all, and marked so.
      repeat = 'unknown' in found;
    }
    const notice: Notice = repeat ? { kind: 'maybe-repeat', notice: asOne(lane.rows) } : asOne(lane.rows);
    const ids = lane.rows.map((row) => row.id);
    // Before the message leaves: a crash from here on means "may have been posted", and is looked up first.
    await store.transact((tx) => tx.markTried(ids, now));
    const delivery = await chat.post(to, notice, ids);
    return settle(lane, delivery, to);
  }

  async function settle(lane: Exclude<Lane, { kind: 'answer' }>, delivery: Delivery, to: PostTo) {
    const now = clock.now();
    const ids = lane.rows.map((row) => row.id);
    const attempts = (lane.rows[0]?.attempts ?? 0) + 1;
    switch (delivery.kind) {
      case 'sent':
        return sent(lane, delivery.ts);
      case 'limited': {
        const until = after(now, delivery.retryAfterMs);
        pace.limited('post', to.channel, until);
        await store.transact((tx) => tx.markDue(ids, { dueAt: until, doubtful: false }));
        return until;
      }
      case 'doubtful': {
        const dueAt = after(now, backoffMs(attempts));
        await store.transact((tx) => tx.markDue(ids, { dueAt, doubtful: true }));
        log.warn({ ids, why: delivery.why }, 'a message may or may not have been posted');
        return dueAt;
      }
      case 'refused': {
        if (isTemporary(delivery.code) && attempts < maxAttempts) {
          const dueAt = after(now, backoffMs(attempts));
          await store.transact((tx) => tx.markDue(ids, { dueAt, doubtful: false }));
          return dueAt;
        }
        return undeliverable(lane, delivery.code, to);
      }
    }
  }

  async function sent(lane: Exclude<Lane, { kind: 'answer' }>, ts: MessageTs | null): Promise<Instant> {
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
    if (lane.kind === 'root') deps.onRootDelivered();
    return now; // the lane may have more
  }

  /** Filed, and told where it concerns the bot itself; the thread of a dead root is dead. */
  async function undeliverable(
    lane: Exclude<Lane, { kind: 'answer' }>,
    why: string,
    to: PostTo,
  ): Promise<Instant> {
    const at = clock.now();
    log.error({ channel: to.channel, why, notices: lane.rows.length }, 'a message can not be delivered');
    const kinds = lane.rows.map((row) => row.notice.kind).join(', ');
    await store.transact(async (tx) => {
      await tx.markDead(
        lane.rows.map((row) => row.id),
        why,
        at,
      );
      if (lane.kind === 'root') await tx.rootDead(lane.thread.id, why);
      await tx.append({
        at,
        event: 'notice.undeliverable',
        actor: { kind: 'bot' },
        correlation: lane.rows[0]?.id ?? '',
        place: { channel: to.channel },
        outcome: why,
        facts: { notices: kinds },
      });
      if (deps.opsChannel !== null && deps.opsChannel !== to.channel)
        await tx.queue({
          id: noticeId(newId()),
          to: { kind: 'channel', channel: deps.opsChannel },
          notice: { kind: 'ops', what: { matter: 'undeliverable', channel: to.channel, why, notice: kinds } },
          createdAt: at,
        });
    });
    return at; // the lane may have more, and the ops channel has news
  }

  /** An ephemeral answer: doubled rather than lost, and worth nothing once its URL has expired. */
  async function answer(
    row: Extract<Lane, { kind: 'answer' }>['row'],
    now: Instant,
  ): Promise<Instant | null> {
    if (row.dueAt > now) return row.dueAt;
    const expired = row.to.expiresAt <= now;
    const delivery: Delivery = expired
      ? { kind: 'refused', code: 'expired' }
      : await chat.answer(row.to.responseUrl, row.notice);
    const at = clock.now();
    if (delivery.kind === 'sent') {
      await store.transact((tx) => tx.markSent([row.id], delivery.ts, at));
      return null;
    }
    if (delivery.kind === 'refused') {
      log.warn({ why: delivery.code, notice: row.notice.kind }, 'an answer could not be delivered');
      await store.transact((tx) => tx.markDead([row.id], delivery.code, at));
      return null;
    }
    const waitMs = delivery.kind === 'limited' ? delivery.retryAfterMs : backoffMs(row.attempts);
    const dueAt = after(at, waitMs);
    await store.transact(async (tx) => {
      await tx.markTried([row.id], at);
      await tx.markDue([row.id], { dueAt, doubtful: false });
    });
    return dueAt;
  }
}
