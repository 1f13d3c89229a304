import type { AgentId } from '../../domain/ids.ts';
import { narrowedTo, type Spread } from '../../domain/preview/spread.ts';
import type { Preview, TaskGroup } from '../../domain/preview.ts';
import { spreadOf } from '../agents/list-framework.ts';
import type { Clock, Master, Store } from '../ports.ts';

interface SpreadDeps {
  store: Pick<Store, 'directory'>;
  master: Master;
  clock: Clock;
}

/** What the cluster has left beside the tasks of each of these previews, without any agent of the list. All of the list is asked
 * about at once, so that a long one costs no more than one agent. */
export async function spreadOfList(
  deps: SpreadDeps,
  previews: readonly Preview[],
): Promise<(preview: Preview) => Spread[]> {
  // What ran on an agent that is away, its frameworks have replaced or are replacing by now.
  const there = previews.filter(({ subject }) => subject.kind === 'registered');
  const directory = await deps.store.directory(deps.master.cluster);
  const away = directory.filter(({ state }) => state === 'recovered').length;
  const spread = await spreadOf(deps, mergedGroups(there), there.map(agentOf), away);
  return (preview) => (there.includes(preview) ? narrowedTo(spread, groupsOf(preview)) : []);
}

/** The tasks of each framework on all of them. */
export function mergedGroups(previews: readonly Preview[]): TaskGroup[] {
  const merged = new Map<string, TaskGroup>();
  for (const group of previews.flatMap(groupsOf)) {
    const before = merged.get(group.framework.id);
    merged.set(group.framework.id, { ...group, tasks: [...(before?.tasks ?? []), ...group.tasks] });
  }
  return [...merged.values()];
}

function groupsOf({ groups }: Preview): TaskGroup[] {
  return groups.known ? groups.value : [];
}

function agentOf({ subject }: Preview): AgentId {
  return subject.kind === 'registered' ? subject.agent.agentId : subject.known.agentId;
}
