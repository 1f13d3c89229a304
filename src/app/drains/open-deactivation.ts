import { insistsOf } from '../../domain/beside.ts';
import type { DeactivateCommand } from '../../domain/command.ts';
import { type OwnDrains, objectionsToDeactivation } from '../../domain/deactivation/may-deactivate.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import type { Target } from '../../domain/targets.ts';
import { lookBeside, refuseBesideAlone, wantedOf } from '../agents/beside-others.ts';
import { buildPreview } from '../agents/build-preview.ts';
import { findAgent } from '../agents/find-agent.ts';
import { withLink } from '../answers/with-link.ts';
import { changeOf, refuseIfForbiddenByNow } from '../commands/judge-by-policy.ts';
import { auditOfCommand } from '../commands/record.ts';
import { Overtaken } from '../overtaken.ts';
import type { InboxCommand } from '../ports.ts';
import { setStay } from '../stays/set-stay.ts';
import { type DrainDeps, refuseBesideOthers } from './open-drain.ts';
import { sendDrain } from './send-drain.ts';

/** `deactivate`: looks, judges, and goes through the door as a drain of another way. Answers a refusal, that its thread tells
 * the rest, or that it takes two. */
export async function openDeactivation(
  deps: DrainDeps,
  command: DeactivateCommand,
  target: Target,
  typed: InboxCommand,
): Promise<Result<'settled' | { propose: true }>> {
  const { store, master, clock } = deps;
  const { cluster } = master;
  const found = await findAgent({ store, master, now: clock.now() }, target, 'reversible');
  if (!found.ok) return found;
  const { chosen } = found.value;
  const stays = await setStay(deps, command, chosen.agentId, typed);
  if (!stays.ok) return stays;
  if (stays.value) return ok('settled');
  const { preview, sighting } = await buildPreview(master, found.value, {
    maxGrace: null,
    markGone: false,
    unattended: false,
    openDrain: null,
    at: clock.now(),
  });
  const judge = (own: OwnDrains) =>
    objectionsToDeactivation(chosen, sighting, preview.master, own, deps.policy.current().limits)[0];
  const objection = judge({
    open: (await store.openDrains(cluster)).map(({ drain }) => drain),
    outOfService: (await store.outOfService(cluster)).map(({ drain }) => drain),
  });
  if (objection !== undefined) return refuse(await withLink(store, cluster, objection));

  const wanted = wantedOf(typed.user, [chosen], [preview], insistsOf(command));
  const others = await lookBeside(deps, true);
  const { refusal, brake, collisions } = await others.judge(wanted);
  if (refusal !== null) return refuse(await withLink(store, cluster, refusal));
  // A list of one shows what a second person is then asked for.
  if (brake !== null) return ok({ propose: true });

  const sent = await sendDrain(deps, {
    way: 'deactivate',
    cluster,
    agent: chosen,
    preview,
    requester: { userId: typed.user, teamId: typed.team, name: typed.userName },
    channel: typed.channel,
    thread: null,
    plan: null,
    correlation: typed.correlation,
    reason: command.reason,
    maxGrace: null,
    markGone: false,
    goneNext: false,
    outFor: command.outFor,
    approved: null,
    beside: collisions,
    audit: auditOfCommand(typed, command),
    record: async (tx, { id }) => {
      refuseIfForbiddenByNow(deps, command, changeOf(command));
      const open = (await tx.openDrains(cluster)).filter((drain) => drain.id !== id);
      const overtaken = judge({ open, outOfService: await tx.outOfService(cluster) });
      if (overtaken !== undefined) throw new Overtaken(overtaken);
      await refuseBesideAlone(tx, others, wanted, id);
      await refuseBesideOthers(tx, chosen, cluster);
      await tx.settleCommand(typed.id, 'done');
    },
  });
  return sent.ok ? ok('settled') : sent;
}
