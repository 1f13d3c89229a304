import { after, type Instant } from '../../domain/ids.ts';
import type { Chat, Clock, Delivery, Log, Store } from '../ports.ts';
import type { Lane } from './lanes.ts';
import { backoffMs } from './pace.ts';
import { undelivered } from './undelivered.ts';

export type AnswerLane = Extract<Lane, { kind: 'answer' }>;

/** Delivers what one person alone sees: doubled rather than lost, and worth nothing once its time is over. */
export function makeAnswerLane({
  store,
  chat,
  clock,
  log,
}: {
  store: Store;
  chat: Chat;
  clock: Clock;
  log: Log;
}): (lane: AnswerLane, now: Instant) => Promise<void> {
  return async ({ row }, now) => {
    const expired = row.to.expiresAt <= now;
    const delivery: Delivery = expired
      ? { kind: 'refused', code: 'expired' }
      : row.to.kind === 'answer'
        ? await chat.answer(row.to.responseUrl, row.notice, row.to.replaces ?? false)
        : await chat.whisper(row.to.channel, row.to.user, row.notice);
    const at = clock.now();
    if (delivery.kind === 'sent') {
      await store.transact((tx) => tx.markSent([row.id], delivery.ts, at));
      return;
    }
    if (delivery.kind === 'refused') {
      log.warn({ why: delivery.code, notice: row.notice.kind }, 'an answer could not be delivered');
      await store.transact(async (tx) => {
        await tx.markDead([row.id], delivery.code, at);
        const about = { notices: row.notice.kind, why: delivery.code, at };
        await tx.append(await undelivered(tx, row, null, about));
      });
      return;
    }
    const waitMs = delivery.kind === 'limited' ? delivery.retryAfterMs : backoffMs(row.attempts);
    const dueAt = after(at, waitMs);
    await store.transact(async (tx) => {
      await tx.markTried([row.id], at);
      await tx.markDue([row.id], { dueAt, doubtful: false });
    });
  };
}
