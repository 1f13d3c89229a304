import { factsOf } from '../../domain/audit/facts.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import { after, correlationId, type Instant, instant } from '../../domain/ids.ts';
import { soleCluster } from '../cluster.ts';
import { troubleOf } from '../faults.ts';
import { logFault } from '../outage.ts';
import type { Chat, InboxCommand } from '../ports.ts';
import type { TakeIn } from '../take-in.ts';
import { auditOfCommand } from './record.ts';
import { type RunDeps, runCommand } from './run-command.ts';

/** Until the store is tried again with what it did not take. */
const retryMs = 5_000;

/** Runs the committed commands, side by side: a call that waits for its master holds nobody up. Each row runs
 * once at a time; what a crash left unsettled is found here by the first pass after it. */
export function makeInbox(deps: RunDeps & { chat: Chat; takeIn: TakeIn; onSettled(): void }) {
  const { store, chat, log, rateLimit, clock, newId } = deps;
  const underWay = new Map<number, Promise<void>>();
  /** Rows that the store would not settle; without the pause, news of their failure would wake them at once. */
  const retryAt = new Map<number, Instant>();
  /** Of these the person was told that nothing was recorded: they must not run any more. */
  const givenUp = new Set<number>();

  async function pass(now: Instant): Promise<Instant | null> {
    for (const [id, at] of retryAt) if (at <= now) retryAt.delete(id);
    // What is read of these may be settled by the time it is looked at; their end wakes another pass.
    const stale = new Set(underWay.keys());
    for (const typed of await store.waitingCommands()) {
      if (stale.has(typed.id) || retryAt.has(typed.id) || deps.takeIn.holds(typed.triggerId)) continue;
      const run = (givenUp.has(typed.id) ? withdraw(typed) : runCommand(deps, typed))
        .catch((err: unknown) => giveUp(typed, err))
        .finally(() => {
          underWay.delete(typed.id);
          deps.onSettled();
        });
      underWay.set(typed.id, run);
    }
    await fileExcess(now);
    const hours = [...retryAt.values(), rateLimit.nextEnd()].filter((at) => at !== null);
    return hours.length === 0 ? null : instant(Math.min(...hours));
  }

  /** The log takes nothing: so nothing was done, and the person hears it past the outbox (promise 2). */
  async function giveUp(typed: InboxCommand, err: unknown): Promise<void> {
    logFault(log, err, { correlation: typed.correlation }, 'a command could not be settled');
    retryAt.set(typed.id, after(clock.now(), retryMs));
    if (givenUp.has(typed.id)) return;
    givenUp.add(typed.id);
    const refusal = { code: 'not-recorded', why: troubleOf(err) } as const;
    await chat.answer(typed.responseUrl, { kind: 'refused', refusal, typed: typed.text });
  }

  async function withdraw(typed: InboxCommand): Promise<void> {
    await store.transact(async (tx) => {
      await tx.settleCommand(typed.id, 'void');
      await tx.append({
        ...auditOfCommand(typed, null),
        ...soleCluster(deps.clusters),
        at: clock.now(),
        event: 'command.failed',
        outcome: 'nothing-sent',
        facts: { why: 'the log took no entry' },
      });
    });
    givenUp.delete(typed.id);
  }

  /** A flood is one counted entry. */
  async function fileExcess(now: Instant): Promise<void> {
    for (const { user, count, since } of rateLimit.ended(now)) {
      const draft: AuditDraft = {
        at: now,
        event: 'commands.limited',
        actor: { kind: 'bot' },
        correlation: correlationId(newId()),
        ...soleCluster(deps.clusters),
        facts: factsOf({ user, count, since }),
      };
      await store.transact((tx) => tx.append(draft));
    }
  }

  return {
    pass,
    busy: () => underWay.size > 0,
    /** Resolves when no command runs. */
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
}
