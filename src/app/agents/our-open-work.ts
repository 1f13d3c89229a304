import { coveredAgents } from '../../domain/approval/covers.ts';
import type { Approval } from '../../domain/approval.ts';
import type { AgentId, ApprovalId, ClusterName, Instant, ThreadId, UserId } from '../../domain/ids.ts';
import { agentsToCome, type Plan } from '../../domain/plan.ts';
import type { WorkKind } from '../../domain/preview/open-work.ts';
import type { Store } from '../ports.ts';

/** Work of ours on one agent that is not finished. */
export interface Work {
  kind: WorkKind;
  agentId: AgentId;
  hostname: string;
  thread: ThreadId;
  /** A rolling plan keeps new tasks away from it, and nothing else of it is done yet. */
  keptAway?: { at: Instant; by: UserId };
}

type WorkReads = Pick<
  Store,
  'openMarkGones' | 'openReactivations' | 'openDrains' | 'outOfService' | 'pendingApprovals' | 'unendedPlans'
>;

/** All of it on a cluster; of one agent, or of one thread, the latest chapter comes first. `besides`: a question that does
 * not count. */
export async function ourOpenWork(
  store: WorkReads,
  cluster: ClusterName,
  besides: ApprovalId | null = null,
): Promise<Work[]> {
  const [markings, reactivations, open, drained, approvals, plans] = await Promise.all([
    store.openMarkGones(cluster),
    store.openReactivations(cluster),
    store.openDrains(cluster),
    store.outOfService(cluster),
    store.pendingApprovals(cluster),
    store.unendedPlans(cluster),
  ]);
  return [
    ...markings.map((each) => ({ ...each, kind: { what: 'mark-gone' as const } })),
    ...reactivations.map((each) => ({ ...each, kind: { what: 'reactivation' as const } })),
    ...open.map(({ drain }) => ({
      ...drain,
      kind: { what: 'drain' as const, drain: drain.id, way: drain.way },
    })),
    ...drained.map(({ drain }) => ({
      ...drain,
      kind: { what: 'drained' as const, drain: drain.id, way: drain.way },
    })),
    ...approvals.filter(({ id }) => id !== besides).flatMap((each) => workOn(each)),
    ...plans
      .filter(({ state }) => state.status === 'running' || state.status === 'scheduled')
      .flatMap((plan) => turnsIn(plan)),
  ];
}

/** By the agent. */
export function byAgent(work: readonly Work[]): Map<AgentId, Work> {
  const all = new Map<AgentId, Work>();
  for (const each of work) if (!all.has(each.agentId)) all.set(each.agentId, each);
  return all;
}

/** A question is work on every agent that it is about. */
function workOn(approval: Approval): Work[] {
  const { id, thread } = approval;
  const kind = { what: 'approval' as const, approval: id };
  const agents = approval.of === 'agent' ? [approval] : coveredAgents(approval.covers);
  return agents.map(({ agentId, hostname }) => ({ kind, agentId, hostname, thread }));
}

/** What a running plan has still to begin, for what it has begun has a record of its own; and the agents of machines, to
 * the end of a plan over these. */
function turnsIn(plan: Plan): Work[] {
  const hour = plan.state.status === 'scheduled' ? { hour: plan.state.hour } : {};
  const kind = { what: 'plan' as const, plan: plan.id, ...hour };
  if (plan.of === 'machines')
    return plan.lines.flatMap(({ machine: { hostname }, agents }) =>
      agents.map(({ agentId }) => ({ kind, agentId, hostname, thread: plan.thread })),
    );
  const held = agentsToCome(plan);
  if (plan.of === 'rolling')
    return plan.lines
      .filter(({ agentId }) => held.includes(agentId))
      .map(({ agentId, hostname, wave, state }) => ({
        ...{ kind: { ...kind, wave }, agentId, hostname, thread: plan.thread },
        ...(state.is === 'kept-away' && state.ours
          ? { keptAway: { at: state.since, by: plan.requester.userId } }
          : {}),
      }));
  return plan.lines
    .filter(({ agentId }) => held.includes(agentId))
    .map(({ agentId, hostname }) => ({ kind, agentId, hostname, thread: plan.thread }));
}
