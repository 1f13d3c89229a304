import type { AgentId, ClusterName, ThreadId } from '../../domain/ids.ts';
import { isAmong } from '../../domain/maintenance/machine.ts';
import type { Standing, WorkThere } from '../../domain/maintenance/standing.ts';
import { isPlanOpen, type Plan } from '../../domain/plan.ts';
import { linkTo } from '../answers/with-link.ts';
import type { Store } from '../ports.ts';
import { ourOpenWork } from './our-open-work.ts';

/** Looks up once what work of ours is open, and tells of each machine what touches it or an agent of it. */
export async function workOnMachines(
  store: Store,
  cluster: ClusterName,
): Promise<(machine: Pick<Standing, 'machine' | 'agents'>) => Promise<WorkThere[]>> {
  const work = await ourOpenWork(store, cluster);
  const plans = (await store.unendedPlans(cluster)).filter(isPlanOpen);
  return async ({ machine, agents }) => {
    const ids = new Set(agents.map(({ agentId }) => agentId));
    const touching: { on: WorkThere['on']; thread: ThreadId }[] = [
      ...plans
        .filter((plan) => isAbout(plan, machine, ids))
        .map(({ id, thread }) => ({ on: { what: 'plan' as const, plan: id }, thread })),
      ...work.filter(({ agentId }) => ids.has(agentId)).map(({ kind, thread }) => ({ on: kind, thread })),
    ];
    // A thread tells one story, whose latest chapter comes first.
    const latest = touching.filter(
      ({ thread }, at) => touching.findIndex((each) => each.thread === thread) === at,
    );
    return await Promise.all(
      latest.map(async ({ on, thread }) => ({ on, permalink: await linkTo(store, { thread }) })),
    );
  };
}

function isAbout(plan: Plan, machine: Standing['machine'], agents: ReadonlySet<AgentId>): boolean {
  if (plan.of !== 'machines') return plan.lines.some(({ agentId }) => agents.has(agentId));
  return isAmong(
    machine,
    plan.lines.map((line) => line.machine),
  );
}
