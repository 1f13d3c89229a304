import { type FrameworkId, frameworkId, type Instant } from '../../domain/ids.ts';
import { type ListedTask, type Spread, thinOf } from '../../domain/preview/spread.ts';
import type { Known, Preview, TaskGroup } from '../../domain/preview.ts';
import { known } from '../known.ts';
import type { Clock, Master } from '../ports.ts';

/** Tasks per page: about 1 MB of JSON, which the master renders at once. */
const pageSize = 500;
/** The most tasks that are read of one framework. */
export const mostTasks = 5_000;

/** Frameworks that are asked about at most, and how long all of it may take; what is not read by then is not known. */
interface Patience {
  frameworks: number;
  ms: number;
}

const forPreview: Patience = { frameworks: 8, ms: 10_000 };
/** Of a whole list that is drained in waves, which rests on it. */
export const forWaves: Patience = { frameworks: 40, ms: 60_000 };

/** What each framework would have left on the cluster without these agents. `away`: agents that have not come back to this
 * master yet, with tasks that it knows nothing of. */
export async function spreadOf(
  deps: ListDeps,
  groups: TaskGroup[],
  agents: Parameters<typeof thinOf>[1],
  away: number,
): Promise<Spread[]> {
  const listed = await listFrameworks(deps, groups, away, forPreview);
  return listed.map(({ group, tasks }) => ({
    framework: group.framework.id,
    name: group.framework.name,
    thin: tasks.known ? thinOf(group, agents, tasks.value) : tasks,
  }));
}

interface ListDeps {
  master: Master;
  clock: Clock;
}

/** All tasks that the master lists of each framework that has some in these groups, those with the most first. */
export async function listFrameworks(
  { master, clock }: ListDeps,
  groups: readonly TaskGroup[],
  away: number,
  patience: Patience,
): Promise<{ group: TaskGroup; tasks: Known<ListedTask[]> }[]> {
  const running = groups.filter(({ tasks }) => tasks.length > 0);
  const all: { group: TaskGroup; tasks: Known<ListedTask[]> }[] = [];
  const from = clock.now();
  const before = away > 0 || running.length === 0 ? null : await known(() => master.leader());
  // Who can't say that can't list them either; whoever waits for the drain has waited for it once.
  if (before?.known === false) return running.map((group) => ({ group, tasks: before }));
  for (const group of running.toSorted((a, b) => b.tasks.length - a.tasks.length))
    all.push({ group, tasks: await listOf(group, all.length) });
  if (before === null || !all.some(({ tasks }) => tasks.known)) return all;
  // Of a new leader, one list is not the other's next page, and agents are still coming back to it.
  const after = await known(() => master.leader());
  const same = before.known && after.known && before.value.id === after.value.id;
  return same
    ? all
    : all.map(({ group }) => ({ group, tasks: unknown('the leading master changed meanwhile') }));

  async function listOf(group: TaskGroup, nth: number): Promise<Known<ListedTask[]>> {
    if (away > 0)
      return unknown(
        `${away} ${away === 1 ? 'agent has' : 'agents have'} not registered since the master changed, and their tasks are not listed yet`,
      );
    if (nth >= patience.frameworks) return unknown(`only ${patience.frameworks} frameworks are looked at`);
    return await listAll(frameworkId(group.framework.id), from);
  }

  async function listAll(framework: FrameworkId, since: Instant): Promise<Known<ListedTask[]>> {
    const all = new Map<string, ListedTask>();
    for (let offset = 0; ; offset += pageSize) {
      if (clock.now() - since > patience.ms) return unknown('the master took too long to list its tasks');
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
