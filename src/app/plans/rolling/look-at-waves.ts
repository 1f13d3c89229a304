import type { AgentId } from '../../../domain/ids.ts';
import { hiddenFrom } from '../../../domain/preview/spread.ts';
import type { Preview } from '../../../domain/preview.ts';
import { type Alike, alikeIn } from '../../../domain/rolling/alike.ts';
import type { Around } from '../../../domain/rolling/lay-out.ts';
import { knownFrom } from '../../agents/find-agent.ts';
import { forWaves, listFrameworks } from '../../agents/list-framework.ts';
import type { Clock, Master, Store } from '../../ports.ts';
import { mergedGroups } from '../spread-of-list.ts';

interface WavesDeps {
  store: Pick<Store, 'directory'>;
  master: Master;
  clock: Clock;
}

/** Looks at the cluster around these agents: one read of all agents, and the tasks of each framework that has some there. Throws
 * a MasterFault where the master can't list its agents. */
export async function lookAround(
  { store, master, clock }: WavesDeps,
  looked: readonly { agent: { agentId: AgentId }; preview: Preview | null }[],
): Promise<Around> {
  const before = await store.directory(master.cluster);
  const directory = knownFrom(await master.sweep(), clock.now(), before);
  const away = directory.filter(({ state }) => state === 'recovered').length;
  const groups = mergedGroups(looked.flatMap(({ preview }) => preview ?? []));
  const alike: Alike[] = [];
  const unknown: Around['unknown'][number][] = [];
  const agents = looked.map(({ agent }) => agent.agentId);
  for (const { group, tasks } of await listFrameworks({ master, clock }, groups, away, forWaves)) {
    const { id, name } = group.framework;
    const hidden = tasks.known ? hiddenFrom(tasks.value, agents) : tasks;
    if (hidden !== null) unknown.push({ id, name, why: hidden.why });
    else if (tasks.known) alike.push(...alikeIn({ id, name }, tasks.value));
  }
  return { directory, alike, unknown };
}
