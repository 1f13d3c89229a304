import type { KnownAgent } from '../../../domain/agent.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { hiddenFrom } from '../../../domain/preview/spread.ts';
import type { Preview } from '../../../domain/preview.ts';
import { type Alike, alikeIn } from '../../../domain/rolling/alike.ts';
import { knownFrom } from '../../agents/find-agent.ts';
import { forWaves, listFrameworks } from '../../agents/list-framework.ts';
import type { Clock, Master, Store } from '../../ports.ts';
import { mergedGroups } from '../spread-of-list.ts';

interface WavesDeps {
  store: Pick<Store, 'directory'>;
  master: Master;
  clock: Clock;
}

/** What waves are judged by, beside their own agents: one look at the whole cluster. */
export interface Around {
  /** Every agent that the master has now. */
  directory: KnownAgent[];
  alike: Alike[];
  /** Frameworks of which nobody can say where else their tasks run. */
  unknown: { id: string; name: string | null; why: string }[];
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
  const around: Around = { directory, alike: [], unknown: [] };
  const agents = looked.map(({ agent }) => agent.agentId);
  for (const { group, tasks } of await listFrameworks({ master, clock }, groups, away, forWaves)) {
    const { id, name } = group.framework;
    const hidden = tasks.known ? hiddenFrom(tasks.value, agents) : tasks;
    if (hidden !== null) around.unknown.push({ id, name, why: hidden.why });
    else if (tasks.known) around.alike.push(...alikeIn({ id, name }, tasks.value));
  }
  return around;
}
