import type { Command } from '../../domain/command.ts';
import { isOpen } from '../../domain/drain.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { noSuchDrain } from '../answers/status.ts';
import { queueAnswer } from '../commands/record.ts';
import { beingMarkedGone } from '../mark-gones/being-marked-gone.ts';
import type { Clock, InboxCommand, NewId, Store } from '../ports.ts';
import { asItStands } from '../races.ts';
import { applyEvents, auditOfCommandTo } from './apply-events.ts';

/** `close`: gives up following a drain, with a reason. The cluster is left as it is. */
export async function closeDrain(
  ...args: Parameters<typeof closeAsItStands>
): ReturnType<typeof closeAsItStands> {
  return asItStands(() => closeAsItStands(...args));
}

async function closeAsItStands(
  { store, clock, newId }: { store: Store; clock: Clock; newId: NewId },
  command: Extract<Command, { verb: 'close' }>,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const stored = await store.drain(command.drain);
  if (stored === null) return noSuchDrain(store, command.drain);
  const { drain } = stored;
  if (drain.state.status === 'ended')
    return refuse({ code: 'drain-ended', drain: drain.id, end: drain.state.end.kind });
  // A call on its way must find its drain; it settles within the call's deadline.
  if (drain.state.status === 'calling') return refuse({ code: 'call-under-way', drain: drain.id });
  const marked = await beingMarkedGone(store, drain);
  if (marked !== null) return refuse(marked);
  const by = { userId: typed.user, teamId: typed.team, name: typed.userName };
  const at = clock.now();
  const end = { kind: 'given-up', by, reason: command.reason } as const;
  await store.transact(async (tx) => {
    await tx.settleCommand(typed.id, 'done');
    await tx.append({
      ...(await auditOfCommandTo(tx, drain, typed, command)),
      at,
      event: 'command.accepted',
      reason: command.reason,
      decision: isOpen(drain) ? 'given up while open' : 'given up while out of service',
    });
    await applyEvents(tx, drain, [{ type: 'ended', at, end }], newId);
    await queueAnswer(tx, typed, { kind: 'closed', drain: drain.id }, { clock, newId });
  });
  return ok('settled');
}
