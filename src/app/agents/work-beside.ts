import type { KnownAgent } from '../../domain/agent.ts';
import type { AgentId, ApprovalId } from '../../domain/ids.ts';
import { type OpenWork, sharedWith } from '../../domain/preview/open-work.ts';
import type { TaskGroup } from '../../domain/preview.ts';
import { linkTo } from '../answers/with-link.ts';
import type { Master, Store } from '../ports.ts';
import { ourOpenWork } from './our-open-work.ts';

/** Our other open work on the same agent, in the same rack or for the same frameworks, with the way to its thread.
 * `besides`: the question that this is looked at for. */
export async function workBeside(
  { store, master: { cluster } }: { store: Store; master: Pick<Master, 'cluster'> },
  about: { agentId: AgentId; attributes: KnownAgent['attributes']; groups: TaskGroup[] },
  directory: readonly KnownAgent[],
  besides: ApprovalId | null,
): Promise<OpenWork[]> {
  const all = await ourOpenWork(store, cluster, besides);
  const found: OpenWork[] = [];
  const told = new Set<string>();
  for (const { kind, agentId, hostname, thread, frameworks } of all) {
    // Of one agent a thread tells one story, whose latest chapter comes first.
    const story = `${thread} ${agentId}`;
    if (told.has(story)) continue;
    told.add(story);
    const attributes = directory.find((agent) => agent.agentId === agentId)?.attributes ?? {};
    const shared = sharedWith(about, kind, {
      agentId,
      hostname,
      attributes,
      frameworks: frameworks ?? [],
    });
    if (shared !== null) found.push({ ...shared, permalink: await linkTo(store, { thread }) });
  }
  return found;
}
