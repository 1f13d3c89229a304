import { type KnownAgent, stateOf, type TaskFacts } from '../../../domain/agent.ts';
import { ofOtherWork, ofSchedules } from '../../../domain/approval/may-ask.ts';
import { objectionsToDeactivation } from '../../../domain/deactivation/may-deactivate.ts';
import { objectionsTo, shownState } from '../../../domain/drain/may-drain.ts';
import { frameworksIn } from '../../../domain/open-work.ts';
import type { AgentLineOfPlan, AgentsWork, Plan } from '../../../domain/plan.ts';
import type { DrainLimits } from '../../../domain/policy.ts';
import type { Known, Preview } from '../../../domain/preview.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { labelOf, type ResolvedTarget } from '../../../domain/target.ts';
import type { Hour } from '../../../domain/time/hour.ts';
import { buildPreview } from '../../agents/build-preview.ts';
import { withLink } from '../../answers/with-link.ts';
import type { Clock, Master, Store } from '../../ports.ts';
import { lookForReturn, objectionToReturn } from '../../reactivations/send-reactivation.ts';

export interface LookDeps {
  store: Store;
  master: Master;
  clock: Clock;
}

/** One agent of a plan, as it is now. */
export interface LookedAgent {
  /** With the hostname and the address that it has now. */
  agent: KnownAgent;
  others: KnownAgent[];
  state: string;
  /** What a drain or deactivation of it would mean; null: nothing is ended. */
  preview: Preview | null;
  tasks: Known<TaskFacts[]> | null;
  /** Why it can't be done, whatever the limits say; null: it can. */
  refusal: Refusal | null;
}

/** Agents that are asked about at once. */
const atOnce = 8;
/** Judged for all of a plan together (domain/plan/over-limits.ts). */
const noLimits: DrainLimits = { drainsAtOnce: Number.POSITIVE_INFINITY, per: [] };

/** Looks at every agent of a plan afresh, and judges each by itself. Throws a MasterFault where the master can't say what one
 * is. `besides`: the plan on whose behalf they are looked at; `hour`: for which that is to be scheduled. */
export async function lookAtAgents(
  deps: LookDeps,
  work: AgentsWork,
  found: readonly ResolvedTarget[],
  besides: Plan['id'] | null,
  hour?: Hour,
): Promise<LookedAgent[]> {
  const { store, master } = deps;
  const { cluster } = master;
  const others = {
    plans: (await store.unendedPlans(cluster)).filter(({ id }) => id !== besides),
    approvals: (await store.pendingApprovals(cluster)).filter(
      (each) => each.of === 'agent' || each.plan !== besides,
    ),
    markings: await store.openMarkGones(cluster),
    // Of an agent that is to return, that is judged with all else of its return.
    reactivations: work.do === 'reactivate' ? [] : await store.openReactivations(cluster),
  };
  const looked: LookedAgent[] = [];
  for (let at = 0; at < found.length; at += atOnce)
    looked.push(...(await Promise.all(found.slice(at, at + atOnce).map(lookAt))));
  return looked;

  async function lookAt(one: ResolvedTarget): Promise<LookedAgent> {
    const own = work.do === 'reactivate' ? await returning(deps, one) : await leaving(deps, work, one);
    const label = labelOf(own.agent);
    const [objection] = [
      ...ofOtherWork(label, others),
      ...(hour === undefined ? [] : ofSchedules(label, others.plans)),
    ];
    return objection === undefined ? own : { ...own, refusal: await withLink(store, cluster, objection) };
  }
}

async function leaving(
  { store, master, clock }: LookDeps,
  work: Exclude<AgentsWork, { do: 'reactivate' }>,
  { chosen, others }: ResolvedTarget,
): Promise<LookedAgent> {
  const { cluster } = master;
  const open = (await store.openDrains(cluster)).map(({ drain }) => drain);
  const { preview, sighting, tasks } = await buildPreview(
    master,
    { chosen, others },
    {
      maxGrace: work.do === 'drain' ? work.maxGrace : null,
      markGone: false,
      unattended: false,
      openDrain: open.find(({ agentId }) => agentId === chosen.agentId)?.id ?? null,
      at: clock.now(),
    },
  );
  const outOfService = (await store.outOfService(cluster)).map(({ drain }) => drain);
  const [objection] =
    work.do === 'drain'
      ? objectionsTo(chosen, sighting, preview, open, noLimits)
      : objectionsToDeactivation(chosen, sighting, preview.master, { open, outOfService }, noLimits);
  const registered = sighting.kind === 'registered' ? sighting.agent : null;
  return {
    agent: {
      ...chosen,
      hostname: registered?.hostname ?? chosen.hostname,
      address: registered?.address ?? chosen.address,
      attributes: registered?.attributes ?? chosen.attributes,
    },
    others,
    state: shownState(chosen, sighting),
    preview,
    tasks,
    refusal: objection === undefined ? null : await withLink(store, cluster, objection),
  };
}

async function returning(deps: LookDeps, { chosen, others }: ResolvedTarget): Promise<LookedAgent> {
  const looked = await lookForReturn(deps.master, chosen);
  const registered = looked.master.kind === 'registered' ? looked.master.agent : null;
  return {
    agent: {
      ...chosen,
      hostname: registered?.hostname ?? chosen.hostname,
      address: registered?.address ?? chosen.address,
    },
    others,
    state: registered === null ? looked.master.kind : stateOf(registered),
    preview: null,
    tasks: null,
    refusal: await objectionToReturn(deps, chosen, looked),
  };
}

/** An agent as a plan keeps it. */
export function lineOf({ agent, state, tasks, refusal, preview }: LookedAgent): AgentLineOfPlan {
  const runs = preview === null ? null : frameworksIn(preview);
  return {
    agentId: agent.agentId,
    hostname: agent.hostname,
    address: agent.address,
    shown: {
      state,
      tasks: tasks?.known ? tasks.value.length : null,
      ...(runs === null ? {} : { frameworks: runs }),
    },
    state: refusal === null ? { is: 'todo' } : { is: 'refused', refusal },
  };
}
