import type { KnownAgent, MasterSighting } from '../../domain/agent.ts';
import { actOf, isIdle, reasonsForApproval } from '../../domain/approval/needs-approval.ts';
import type { Act } from '../../domain/approval.ts';
import { insistsOf } from '../../domain/beside.ts';
import type { DrainCommand } from '../../domain/command.ts';
import { objectionsTo } from '../../domain/drain/may-drain.ts';
import type { Drain } from '../../domain/drain.ts';
import { after, type ClusterName, type PlanId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import { mayStillLeave } from '../../domain/reactivation.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { labelOf } from '../../domain/target.ts';
import type { Target } from '../../domain/targets.ts';
import { lookBeside, refuseBesideAlone, wantedOf } from '../agents/beside-others.ts';
import { buildPreview } from '../agents/build-preview.ts';
import { findAgent } from '../agents/find-agent.ts';
import { lookBeyond } from '../agents/look-beyond.ts';
import { withLink } from '../answers/with-link.ts';
import { refuseIfForbiddenByNow } from '../commands/judge-by-policy.ts';
import { auditOfCommand } from '../commands/record.ts';
import { Overtaken } from '../overtaken.ts';
import { refuseIfHeld } from '../plans/held-by-plan.ts';
import type { Clock, InboxCommand, Master, PolicyInForce, Tx } from '../ports.ts';
import { setStay } from '../stays/set-stay.ts';
import { offerToHasten } from './hasten-drain.ts';
import { type SendDeps, sendDrain } from './send-drain.ts';

/** How old a look may be by which a call leaves, in ms. */
const freshMs = 5_000;

export interface DrainDeps extends SendDeps {
  master: Master;
  policy: PolicyInForce;
  clock: Clock;
}

/** `drain`: looks, judges, and goes through the door. Answers a refusal, that its thread tells the rest, what a second
 * person has to be asked for, or what the asker has to confirm. */
export async function openDrain(
  deps: DrainDeps,
  command: DrainCommand,
  target: Target,
  typed: InboxCommand,
): Promise<Result<'settled' | { ask: Act } | { answer: Notice }>> {
  const { store, master, clock } = deps;
  if (command.markGone) return ok({ ask: actOf(command) });
  const found = await findAgent({ store, master, now: clock.now() }, target, 'reversible');
  if (!found.ok) return found;
  const { chosen } = found.value;
  const stays = await setStay(deps, command, chosen.agentId, typed);
  if (!stays.ok) return stays;
  if (stays.value) return ok('settled');
  const open = (await store.openDrains(master.cluster)).map((stored) => stored.drain);
  const own = open.find((drain) => drain.agentId === chosen.agentId) ?? null;
  const offer = own === null ? null : await offerToHasten(store, own, command);
  if (offer !== null) return ok({ answer: offer });
  const looked = await buildPreview(master, found.value, {
    ...command,
    openDrain: own?.id ?? null,
    at: clock.now(),
  });
  const judge = (others: Drain[], seen: MasterSighting = looked.sighting) =>
    objectionsTo(chosen, seen, looked.preview, others, deps.policy.current().limits)[0];
  const objection = judge(open);
  if (objection !== undefined) return refuse(await withLink(store, master.cluster, objection));
  const change = { ...command, kind: 'drain' as const, agents: 1, idle: isIdle(looked.preview) };
  const two = reasonsForApproval(deps.policy.current(), change, clock.now()).length > 0;
  // The question looks at all of it by itself.
  if (two) return ok({ ask: actOf(command) });
  const wanted = wantedOf(typed.user, [chosen], [looked.preview], insistsOf(command));
  const others = await lookBeside(deps, true);
  const { refusal, brake, collisions } = await others.judge(wanted);
  if (refusal !== null) return refuse(await withLink(store, master.cluster, refusal));
  if (brake !== null) return ok({ ask: actOf(command) });

  const preview = await lookBeyond(deps, looked);
  // What the rest of a busy cluster makes of it may take long to read; the call goes by what is seen now.
  const isOld = clock.now() > after(looked.preview.at, freshMs);
  const seen = isOld ? await master.lookAt(chosen.agentId) : looked.sighting;
  const changed = isOld ? judge(open, seen) : undefined;
  if (changed !== undefined) return refuse(await withLink(store, master.cluster, changed));

  const sent = await sendDrain(deps, {
    way: 'drain',
    cluster: master.cluster,
    agent: chosen,
    preview,
    requester: { userId: typed.user, teamId: typed.team, name: typed.userName },
    channel: typed.channel,
    thread: null,
    plan: null,
    correlation: typed.correlation,
    reason: command.reason,
    maxGrace: command.maxGrace,
    markGone: false,
    goneNext: false,
    outFor: command.outFor,
    approved: null,
    beside: collisions,
    audit: auditOfCommand(typed, command),
    record: async (tx, drain) => {
      refuseIfForbiddenByNow(deps, command, change);
      const open = (await tx.openDrains(master.cluster)).filter(({ id }) => id !== drain.id);
      const overtaken = judge(open, seen);
      if (overtaken !== undefined) throw new Overtaken(overtaken);
      await refuseBesideAlone(tx, others, wanted, drain.id);
      await refuseBesideOthers(tx, chosen, master.cluster);
      await tx.settleCommand(typed.id, 'done');
    },
  });
  return sent.ok ? ok('settled') : sent;
}

/** A reactivation whose call may still be on its way could undo this drain unseen; what is being marked gone is no longer
 * drained; and what a plan is about to do is not done beside it. `plan`: on whose behalf it is asked. */
export async function refuseBesideOthers(
  tx: Tx,
  agent: KnownAgent,
  cluster: ClusterName,
  plan: PlanId | null = null,
): Promise<void> {
  await refuseIfHeld(tx, agent, cluster, plan);
  const same = (each: { agentId: KnownAgent['agentId'] }) => each.agentId === agent.agentId;
  const label = labelOf(agent);
  if ((await tx.openReactivations(cluster)).some((each) => same(each) && mayStillLeave(each)))
    throw new Overtaken({ code: 'reactivation-open', agent: label, permalink: null });
  if ((await tx.openMarkGones(cluster)).some(same))
    throw new Overtaken({ code: 'marking-open', agent: label, permalink: null });
}
