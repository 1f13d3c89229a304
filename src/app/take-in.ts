import { correlationId } from '../domain/ids.ts';
import type { Notice } from '../domain/notice.ts';
import type { StoreTrouble } from '../domain/refusal.ts';
import { staleAfterMs } from './commands/run-command.ts';
import { StoreFault, troubleOf } from './faults.ts';
import { logFault } from './outage.ts';
import type { Clock, Log, NewId, Store, TypedCommand } from './ports.ts';

/** How long a commit may take before the person is told that nothing was recorded. Slack wants its answer in 3 s. */
export const commitDeadlineMs = 2_000;

/** Thrown inside the transaction, so that a commit which comes too late is none. */
class TooLate extends Error {}

export interface TakeIn {
  /** What it answers is shown to the typist at once; null: nothing yet. */
  take(typed: TypedCommand): Promise<Notice | null>;
  /** Whether the row of this trigger must not be run (yet): its commit is still being waited for. */
  holds(triggerId: string): boolean;
}

/** The inbox: a command is on disk, once per `trigger_id`, before Slack hears that it arrived (promise 2).
 * Both transports come through here. */
export function makeTakeIn(deps: {
  store: Store;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** A committed command waits to be run. */
  onTaken(): void;
  /** The store is down: a read may still be answered (promise 10); null: this command may not. */
  answerUnlogged(typed: TypedCommand): Promise<Notice | null>;
  /** It was answered, and no record of it will ever be made. */
  onUnrecorded(typed: TypedCommand, as: 'refused' | 'answered'): void;
}): TakeIn {
  const { store, clock, newId, log } = deps;
  const held = new Set<string>();
  /** By trigger: what was answered, or will be. A repeat meanwhile must not be taken beside its first. */
  const answers = new Map<string, Promise<Notice | null>>();
  return {
    holds: (triggerId) => held.has(triggerId),
    take: (typed) => {
      const first = answers.get(typed.triggerId);
      if (first !== undefined) return first;
      held.add(typed.triggerId);
      const answer = take(typed).finally(() => {
        if (!held.has(typed.triggerId)) answers.delete(typed.triggerId);
      });
      answers.set(typed.triggerId, answer);
      return answer;
    },
  };

  function release(triggerId: string): void {
    held.delete(triggerId);
    answers.delete(triggerId);
  }

  async function take(typed: TypedCommand): Promise<Notice | null> {
    let late = false;
    let cancel = () => {};
    const deadline = new Promise<'late'>((resolve) => {
      cancel = clock.after(commitDeadlineMs, () => resolve('late'));
    });
    const commit = store.transact(async (tx) => {
      const taken = await tx.takeIn(typed, correlationId(newId()));
      if (late) throw new TooLate('the person was told that nothing was recorded');
      return taken;
    });
    // Its own handler, so that a failure after the deadline is seen too.
    const settled = commit.then(
      () => 'committed' as const,
      (fault: unknown) => ({ fault }),
    );
    const first = await Promise.race([settled, deadline]);
    cancel();
    if (first !== 'late') held.delete(typed.triggerId);
    if (first === 'committed') {
      deps.onTaken();
      return null;
    }
    if (first === 'late') {
      late = true;
      void settled
        .then((end) => (end === 'committed' ? withdraw(typed) : 'withdrawn'))
        .then((end) => {
          if (end === 'withdrawn') held.delete(typed.triggerId);
          // Until then a repeat hears the same; after it, a row that stayed is too old to be run.
          clock.after(staleAfterMs + 1, () => release(typed.triggerId));
        });
      log.error({ triggerId: typed.triggerId }, 'a command could not be committed in time and was not taken');
      deps.onUnrecorded(typed, 'refused');
      return notRecorded(typed, 'slow');
    }
    const { fault } = first;
    if (!(fault instanceof StoreFault)) throw fault;
    logFault(log, fault, { triggerId: typed.triggerId }, 'a command could not be committed');
    const unlogged = await deps.answerUnlogged(typed);
    deps.onUnrecorded(typed, unlogged === null ? 'refused' : 'answered');
    return unlogged ?? notRecorded(typed, troubleOf(fault));
  }

  /** The commit was already under way at the deadline and came through: it must not run all the same. */
  async function withdraw(typed: TypedCommand): Promise<'withdrawn' | 'still there'> {
    try {
      await store.transact((tx) => tx.voidCommand(typed.triggerId));
      return 'withdrawn';
    } catch (err) {
      log.error(
        { err, triggerId: typed.triggerId },
        'a late command could not be withdrawn; it is held until it expires',
      );
      return 'still there';
    }
  }
}

function notRecorded(typed: TypedCommand, why: 'slow' | StoreTrouble): Notice {
  return { kind: 'refused', refusal: { code: 'not-recorded', why }, typed: typed.text };
}
