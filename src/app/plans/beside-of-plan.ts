import type { KnownAgent } from '../../domain/agent.ts';
import {
  agentsIn,
  type Beside,
  type BesideVerdict,
  type Insists,
  insistsStanding,
  isOverridden,
  judgeBeside,
  type Wanted,
} from '../../domain/beside.ts';
import type { AgentId, Instant, UserId } from '../../domain/ids.ts';
import { isTakingOut } from '../../domain/open-work.ts';
import type { MachinesPlan, Plan } from '../../domain/plan.ts';
import type { Preview } from '../../domain/preview.ts';
import { ok, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import type { RollingPlan } from '../../domain/rolling.ts';
import { isRegistered } from '../../domain/target.ts';
import type { Hour } from '../../domain/time/hour.ts';
import { type BesideDeps, type LookedBeside, lookBeside, wantedOf } from '../agents/beside-others.ts';
import { brakeWith } from '../agents/look-at-cluster.ts';
import { ourRecordsIn } from '../agents/our-records.ts';
import type { Tx } from '../ports.ts';

/** A list, held against the work of others and against how much of the cluster is out of service. */
export interface ListBeside {
  others: LookedBeside;
  wanted: Wanted;
  verdict: BesideVerdict;
}

/** Looks and judges. `agents`: those of the list that can be done; none takes nothing out. Null: what is done takes nothing out
 * of service. Throws a MasterFault where the master can't list the agents of the cluster. */
export async function besideOfList(
  deps: BesideDeps,
  by: UserId,
  looked: readonly { agent: KnownAgent; preview: Preview | null; refusal: unknown }[],
  insists: Insists,
  { hour, whole }: { hour?: Hour | null; whole?: true } = {},
): Promise<ListBeside | null> {
  const able = looked.flatMap(({ agent, preview, refusal }) =>
    preview === null || refusal !== null ? [] : [{ agent, preview }],
  );
  if (able.length === 0) return null;
  const agents = able.map(({ agent }) => agent);
  const previews = able.map(({ preview }) => preview);
  const wanted = { ...wantedOf(by, agents, previews, insists), ...(whole === true ? { whole } : {}) };
  // How much is out of service then, its hour will show; but whoever overrides the brake has to ask a second person now.
  const others = await lookBeside(deps, hour === undefined || hour === null || insists.brake !== 'no');
  return { others, wanted, verdict: await others.judge(wanted) };
}

/** What a plan keeps of that: all that it collides with was shown. */
export function besideKept(beside: ListBeside | null, anyway: boolean): Beside {
  const accepted = beside?.verdict.collisions.map(({ correlation }) => correlation) ?? [];
  return { anyway, accepted, since: null };
}

/** What stands for a plan: from its confirmation on, others began beside it knowingly. `begunAt` null: nobody but its asker
 * has seen it. What waits for its hour holds nobody up, so that others were not asked. */
export function insistsOfPlan({ beside, because, state }: Plan, begunAt: Instant | null): Insists {
  const insists = insistsStanding(beside, begunAt, because);
  return state.status === 'scheduled' ? { ...insists, anyway: beside?.anyway === true } : insists;
}

/** What of others has come in the way of a plan that is about to stand, by what this transaction sees; null: nothing. How much
 * of the cluster is out of service, only a look can tell. */
export async function collidedBy(
  tx: Tx,
  { policy }: Pick<BesideDeps, 'policy'>,
  plan: Plan,
): Promise<Refusal | null> {
  return isTakingOut(plan) ? (await judgedIn(tx, { policy }, plan)).refusal : null;
}

/** A plan whose hour has come, with what others began meanwhile and it goes on beside; or what of that is in its way. */
export async function besideAtHour<P extends Plan>(
  tx: Tx,
  deps: Pick<BesideDeps, 'policy'>,
  plan: P,
  at: Instant,
): Promise<Result<P>> {
  const { beside } = plan;
  if (beside === undefined || !isTakingOut(plan)) return ok(plan);
  const { refusal, collisions } = await judgedIn(tx, deps, plan);
  if (refusal !== null) return refuse(refusal);
  const accepted = collisions.map(({ correlation }) => correlation);
  return ok({ ...plan, beside: { ...beside, accepted, since: at } });
}

async function judgedIn(tx: Tx, { policy }: Pick<BesideDeps, 'policy'>, plan: Plan): Promise<BesideVerdict> {
  const directory = await tx.directory(plan.cluster);
  const known = new Map(directory.map(({ agentId, attributes }) => [agentId, attributes]));
  const attributesOf = (agent: AgentId) => known.get(agent) ?? {};
  const wanted = {
    by: plan.requester.userId,
    agents: agentsIn(plan, attributesOf),
    insists: insistsOfPlan(plan, null),
  };
  const records = await ourRecordsIn(tx, plan.cluster);
  return judgeBeside(wanted, records, null, policy.current(), attributesOf);
}

/** A plan over machines that takes them down, judged as if it were asked for now; null: it takes nothing out of service. Throws
 * as above. */
export async function besideOfMachines(
  deps: BesideDeps,
  plan: Pick<MachinesPlan, 'work' | 'lines' | 'requester'> & { beside?: Beside },
  directory: readonly KnownAgent[],
  insists: Insists,
): Promise<ListBeside | null> {
  if (plan.work.do !== 'start') return null;
  const there = plan.lines.flatMap(({ agents }) => agents.map(({ agentId }) => agentId));
  const agents = directory
    .filter((agent) => there.includes(agent.agentId) && isRegistered(agent))
    .map(({ agentId, attributes }) => ({
      agentId,
      attributes,
      frameworks: plan.beside?.frameworks ?? null,
    }));
  if (agents.length === 0) return null;
  const wanted = { by: plan.requester.userId, agents, insists };
  const others = await lookBeside(deps, true);
  return { others, wanted, verdict: await others.judge(wanted) };
}

/** What the brake has against the next wave of a rolling plan, with all of it that is not back counted as out, for new tasks are
 * kept away from all of it; null: nothing. Throws a MasterFault where the master can't list the agents. */
export async function brakeOnRolling(deps: BesideDeps, plan: RollingPlan): Promise<Refusal | null> {
  const set = plan.lines.filter(({ state }) => !isOver(state)).map(({ agentId }) => agentId);
  const brake = await brakeWith(deps, set);
  if (brake === null || isOverridden(brake, insistsOfPlan(plan, plan.begunAt).brake)) return null;
  return { code: 'against-policy', objections: [{ about: 'brake', ...brake, canOverride: false }] };
}

/** It is in service again, or it never was taken out. */
function isOver({ is }: RollingPlan['lines'][number]['state']): boolean {
  return is === 'done' || is === 'given-back' || is === 'failed' || is === 'refused' || is === 'dropped';
}
