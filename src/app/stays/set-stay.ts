import { insistsOf } from '../../domain/beside.ts';
import type { DeactivateCommand, DrainCommand } from '../../domain/command.ts';
import type { Drain } from '../../domain/drain.ts';
import { type AgentId, seconds } from '../../domain/ids.ts';
import { ok, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import { stillOut } from '../../domain/stay/narrate.ts';
import { outSince } from '../../domain/stay/stay.ts';
import { type BesideDeps, lookBeside } from '../agents/beside-others.ts';
import { linkTo, withLink } from '../answers/with-link.ts';
import { queueAnswer } from '../commands/record.ts';
import { applyEvents, auditOfCommandTo } from '../drains/apply-events.ts';
import type { InboxCommand, Master, NewId, Store } from '../ports.ts';
import { asItStands } from '../races.ts';

/** A `drain` or a `deactivate` with `--for` of an agent that we have emptied that way, or are emptying: it stays out of service
 * for so long from now, or from when it is out. No call is made. Answers whether it was that, or a refusal. */
export async function setStay(
  deps: BesideDeps & { newId: NewId },
  command: DrainCommand | DeactivateCommand,
  agentId: AgentId,
  typed: InboxCommand,
): Promise<Result<boolean>> {
  const { outFor } = command;
  if (outFor === undefined || (command.verb === 'drain' && command.maxGrace !== null)) return ok(false);
  return asItStands(async () => {
    const { store, master, clock, newId } = deps;
    const drain = await ours(store, master, command.verb, agentId);
    if (drain === null) return ok(false);
    const against = await ofOthers(deps, command, drain, typed);
    if (against !== null) return refuse(await withLink(store, master.cluster, against));
    const at = clock.now();
    const since = outSince(drain);
    const already = since === null ? 0 : Math.max(0, Math.ceil((at - since) / 1000));
    const by = { userId: typed.user, teamId: typed.team, name: typed.userName };
    const permalink = await linkTo(store, drain);
    await store.transact(async (tx) => {
      await tx.settleCommand(typed.id, 'done');
      await tx.append({
        ...(await auditOfCommandTo(tx, drain, typed, command)),
        at,
        event: 'command.accepted',
        ...(command.reason === null ? {} : { reason: command.reason }),
        decision: 'stays out of service',
      });
      const event = { type: 'stay-set', at, outFor: { seconds: seconds(already + outFor), by } } as const;
      const now = await applyEvents(tx, drain, [event], newId);
      await queueAnswer(tx, typed, { kind: 'staying', about: stillOut(now, at), permalink }, deps);
    });
    return ok(true);
  });
}

/** That it is somebody else's: whoever works on that machine must not have it come back under their hands. Null: it is their
 * own, or theirs to say by now, or they insist. */
async function ofOthers(
  deps: BesideDeps,
  command: DrainCommand | DeactivateCommand,
  { agentId, stay }: Drain,
  { user }: InboxCommand,
): Promise<Refusal | null> {
  if (stay?.outFor?.by.userId === user) return null;
  const agents = [{ agentId, attributes: {}, frameworks: [] }];
  const beside = await lookBeside(deps, false);
  return (await beside.judge({ by: user, agents, insists: insistsOf(command) })).refusal;
}

/** Our record by which the agent is out of service, or will be; null: there is none. */
async function ours(
  store: Store,
  { cluster }: Master,
  way: Drain['way'],
  agentId: AgentId,
): Promise<Drain | null> {
  const all = [...(await store.openDrains(cluster)), ...(await store.outOfService(cluster))];
  const found = all.map(({ drain }) => drain).findLast((drain) => drain.agentId === agentId);
  const fits =
    found?.way === way &&
    !found.goneNext &&
    !found.markGone &&
    found.state.status !== 'calling' &&
    found.state.status !== 'checking';
  return fits ? found : null;
}
