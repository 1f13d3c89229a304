import { isIdle } from '../../domain/approval/needs-approval.ts';
import { approvalInLog } from '../../domain/audit/approval-in-log.ts';
import { objectionsToDeactivation } from '../../domain/deactivation/may-deactivate.ts';
import { objectionsTo } from '../../domain/drain/may-drain.ts';
import type { Drain, Way } from '../../domain/drain.ts';
import type { Instant, Seconds } from '../../domain/ids.ts';
import { inPerson } from '../../domain/person.ts';
import { changedLines, type LineChange } from '../../domain/plan/as-shown.ts';
import type { AgentLineOfPlan, Plan } from '../../domain/plan.ts';
import { type ApprovalReason, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import { labelOf, type ResolvedTarget } from '../../domain/target.ts';
import { lookBeside, refuseBeside, wantedOf } from '../agents/beside-others.ts';
import { buildPreview } from '../agents/build-preview.ts';
import { withLink } from '../answers/with-link.ts';
import { refuseBesideOthers } from '../drains/open-drain.ts';
import { type DrainOrder, type SendDeps, sendDrain } from '../drains/send-drain.ts';
import { Overtaken } from '../overtaken.ts';
import type { Clock, Master, PolicyInForce, Tx } from '../ports.ts';
import { insistsOfPlan } from './beside-of-plan.ts';

export interface TakeOutDeps extends SendDeps {
  master: Master;
  clock: Clock;
  policy: PolicyInForce;
}

type ShownLine = Pick<AgentLineOfPlan, 'agentId' | 'hostname' | 'address' | 'shown'>;

/** One agent of a plan that is to be drained or deactivated now. */
export interface TakingOut extends Pick<DrainOrder, 'outFor' | 'quiet' | 'goneNext'> {
  plan: Plan;
  line: ShownLine;
  found: ResolvedTarget;
  way: Way;
  maxGrace: Seconds | null;
  /** Why a second person has to be asked about it by now. `idle`: nothing runs there. */
  wantsTwo(idle: boolean): ApprovalReason[];
  /** In the intent's transaction: throws an Overtaken where its turn is over, and writes that it has begun. */
  begun(tx: Tx, drain: Drain, at: Instant): Promise<void>;
}

/** Looks at one agent of a plan, judges by what is there now, and goes through the door that a single command goes through. Its
 * record is on disk before the call leaves. Answers why not; then nothing was sent. Throws a MasterFault where the master can't
 * say what it is. */
export async function takeOut(deps: TakeOutDeps, taking: TakingOut): Promise<Result<'sent'>> {
  const { store, master, clock, policy } = deps;
  const { cluster } = master;
  const { plan, line, way, maxGrace } = taking;
  const { chosen } = taking.found;
  const looked = await buildPreview(master, taking.found, {
    maxGrace,
    markGone: false,
    unattended: false,
    openDrain: null,
    at: clock.now(),
  });
  const { preview, sighting } = looked;
  const { limits } = policy.current();
  const judge = (open: Drain[], outOfService: Drain[]): Refusal | undefined =>
    way === 'drain'
      ? objectionsTo(chosen, sighting, preview, open, limits)[0]
      : objectionsToDeactivation(chosen, sighting, preview.master, { open, outOfService }, limits)[0];
  const drainsOf = (stored: { drain: Drain }[]) => stored.map(({ drain }) => drain);
  const objection = judge(
    drainsOf(await store.openDrains(cluster)),
    drainsOf(await store.outOfService(cluster)),
  );
  if (objection !== undefined) return refuse(await withLink(store, cluster, objection));
  const registered = sighting.kind === 'registered' ? sighting.agent : null;
  const changes = isAnother(line, registered ?? chosen);
  // A grace so short wants two wherever tasks run; where none did, nobody was asked.
  const two = taking.wantsTwo(isIdle(preview));
  if (two.some(({ why }) => why === 'short-grace')) changes.push({ what: 'tasks-came' });
  if (changes.length > 0) return refuse({ code: 'not-as-shown', agent: labelOf(chosen), changes });
  if (two.length > 0) return refuse({ code: 'needs-approval', because: two });
  const begunAt = plan.of === 'machines' ? null : plan.begunAt;
  const wanted = wantedOf(plan.requester.userId, [chosen], [preview], insistsOfPlan(plan, begunAt));
  // The brake on a rolling plan is judged before each wave, for all of it.
  const others = await lookBeside(deps, plan.of !== 'rolling');
  const against = (await others.judge(wanted)).refusal;
  if (against !== null) return refuse(await withLink(store, cluster, against));
  return sendDrain(deps, {
    ...commonOf(plan),
    way,
    agent: chosen,
    preview,
    thread: plan.thread,
    plan: plan.id,
    maxGrace,
    markGone: false,
    goneNext: taking.goneNext,
    outFor: taking.outFor,
    quiet: taking.quiet,
    approved: plan.approved,
    record: async (tx, drain, at) => {
      const open = (await tx.openDrains(cluster)).filter(({ id }) => id !== drain.id);
      const overtaken = judge(open, await tx.outOfService(cluster));
      if (overtaken !== undefined) throw new Overtaken(overtaken);
      await refuseBeside(tx, others, wanted, drain.id);
      await refuseBesideOthers(tx, chosen, cluster, plan.id);
      await taking.begun(tx, drain, at);
    },
  });
}

/** What every line of a plan has of it. */
export function commonOf(plan: Plan) {
  const { cluster, requester, channel, correlation, reason, typed, approved } = plan;
  const person = inPerson(requester);
  return {
    cluster,
    requester: person,
    channel,
    correlation,
    reason,
    audit: {
      actor: { kind: 'person' as const, person },
      correlation,
      command: { typed },
      place: { channel },
      ...(approved === null ? {} : { approval: approvalInLog(approved) }),
    },
  };
}

/** Whether it is another machine by now, or elsewhere. */
export function isAnother(
  { agentId, hostname, address, shown }: ShownLine,
  now: Pick<AgentLineOfPlan, 'hostname' | 'address'>,
): LineChange[] {
  const before = { agentId, hostname, address, shown, state: { is: 'todo' as const } };
  const after = { ...before, hostname: now.hostname, address: now.address };
  return changedLines([before], [after])[0]?.changes ?? [];
}
