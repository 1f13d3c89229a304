import { type FrameworkId, frameworkId, type Instant } from '../../domain/ids.ts';
import { type ListedTask, type Spread, thinOf } from '../../domain/preview/spread.ts';
import type { Known, Preview, TaskGroup } from '../../domain/preview.ts';
import { known } from '../known.ts';
import type { Clock, Master } from '../ports.ts';

/** Tasks per page: about 1 MB of JSON, which the master renders at once. */
const pageSize = 500;
/** The most tasks that are read of one framework. */
export const mostTasks = 5_000;
/** Frameworks that are asked about for one preview: those with the most tasks on the agent. */
const mostFrameworks = 8;
/** How long all of it may take; what is not read by then is not known. */
const patienceMs = 10_000;

/** What each framework would have left on the cluster without these agents. `away`: agents that have not come back to this
 * master yet, with tasks that it knows nothing of. */
export async function spreadOf(
  { master, clock }: { master: Master; clock: Clock },
  groups: TaskGroup[],
  agents: Parameters<typeof thinOf>[1],
  away: number,
): Promise<Spread[]> {
  const running = groups.filter(({ tasks }) => tasks.length > 0);
  const spread: Spread[] = [];
  const from = clock.now();
  const before = away > 0 || running.length === 0 ? null : await known(() => master.leader());
  // Who can't say that can't list them either; whoever waits for the drain has waited for it once.
  if (before?.known === false)
    return running.map(({ framework: { id, name } }) => ({ framework: id, name, thin: before }));
  for (const group of running.toSorted((a, b) => b.tasks.length - a.tasks.length)) {
    const { id: framework, name } = group.framework;
    spread.push({ framework, name, thin: await thin(group, spread.length) });
  }
  if (before === null || !spread.some((each) => each.thin.known)) return spread;
  // Of a new leader, one list is not the other's next page, and agents are still coming back to it.
  const after = await known(() => master.leader());
  const same = before.known && after.known && before.value.id === after.value.id;
  return same
    ? spread
    : spread.map((each) => ({ ...each, thin: unknown('the leading master changed meanwhile') }));

  async function thin(group: TaskGroup, nth: number): Promise<Spread['thin']> {
    if (away > 0)
      return unknown(
        `${away} ${away === 1 ? 'agent has' : 'agents have'} not registered since the master changed, and their tasks are not listed yet`,
      );
    if (nth >= mostFrameworks) return unknown(`only ${mostFrameworks} frameworks are looked at`);
    const listed = await listAll(frameworkId(group.framework.id), from);
    return listed.known ? thinOf(group, agents, listed.value) : listed;
  }

  async function listAll(framework: FrameworkId, since: Instant): Promise<Known<ListedTask[]>> {
    const all = new Map<string, ListedTask>();
    for (let offset = 0; ; offset += pageSize) {
      if (clock.now() - since > patienceMs) return unknown('the master took too long to list its tasks');
      // One past the limit tells whether there are more.
      const limit = offset < mostTasks ? pageSize : 1;
      const page = await known(() => master.tasksOfFramework(framework, { offset, limit }));
      if (!page.known) return page;
      if (offset >= mostTasks && page.value.length > 0) return unknown(`it has more than ${mostTasks} tasks`);
      for (const task of page.value) all.set(`${task.taskId} ${task.agentId} ${task.running}`, task);
      if (page.value.length < limit) return { known: true, value: [...all.values()] };
    }
  }
}

function unknown(why: string): Extract<Preview['groups'], { known: false }> {
  return { known: false, why };
}
