import { drainUnder } from '../../domain/approval.ts';
import type { DrainCommand, HastenCommand } from '../../domain/command.ts';
import { mayHasten } from '../../domain/drain/may-hasten.ts';
import type { Drain } from '../../domain/drain.ts';
import type { Notice } from '../../domain/notice.ts';
import { type Result, refuse } from '../../domain/refusal.ts';
import { noSuchDrain } from '../answers/status.ts';
import type { InboxCommand, Store } from '../ports.ts';
import { asItStands } from '../races.ts';
import { type AmendDeps, amendDrain } from './amend-drain.ts';

/** `hasten`: a shorter grace for the tasks that still run, as an event of the same drain. */
export async function hastenDrain(
  deps: AmendDeps,
  command: HastenCommand,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  return asItStands(async () => {
    const { store } = deps;
    const stored = await store.drain(command.drain);
    if (stored === null) return noSuchDrain(store, command.drain);
    const { drain } = stored;
    const objection = mayHasten(drain, command, await pendingOn(store, drain));
    if (objection !== null) return refuse(objection);
    const { maxGrace } = command;
    return amendDrain(
      deps,
      drain,
      { kind: 'hasten', maxGrace },
      {
        command,
        typed,
        answer: (permalink) => ({
          kind: 'hastening',
          drain: drain.id,
          maxGraceSeconds: maxGrace,
          permalink,
        }),
      },
    );
  });
}

/** What a `drain` of an agent that we drain already can be: a shorter grace for the drain that is there, to be confirmed,
 * for it may be another person's. Null: it is not that. */
export async function offerToHasten(
  store: Store,
  drain: Drain,
  { maxGrace }: Pick<DrainCommand, 'maxGrace'>,
): Promise<Notice | null> {
  if (maxGrace === null) return null;
  if (mayHasten(drain, { maxGrace, insteadOf: null }, await pendingOn(store, drain)) !== null) return null;
  const { id, agentId, hostname, requester, reason, intendedAt } = drain;
  return {
    kind: 'hasten-offer',
    drain: id,
    agentId,
    hostname,
    requester: requester.userId,
    reason,
    startedAt: intendedAt,
    wasSeconds: drain.maxGrace,
    maxGraceSeconds: maxGrace,
    permalink: (await store.thread(drain.thread))?.permalink ?? null,
  };
}

async function pendingOn(store: Store, drain: Drain) {
  const pending = await store.pendingApprovals(drain.cluster);
  return pending.find((each) => drainUnder(each) === drain.id)?.id ?? null;
}
