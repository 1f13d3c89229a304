import type { AgentId, ApprovalId, ClusterName } from '../../domain/ids.ts';
import { type Work, worksOf } from '../../domain/open-work.ts';
import { ourRecords, type RecordReads } from './our-records.ts';

/** All work of ours on a cluster that is not finished; of one agent, or of one thread, the latest chapter comes first.
 * `besides`: a question that does not count. */
export async function ourOpenWork(
  store: RecordReads,
  cluster: ClusterName,
  besides: ApprovalId | null = null,
): Promise<Work[]> {
  return worksOf(await ourRecords(store, cluster, besides));
}

/** By the agent. */
export function byAgent(work: readonly Work[]): Map<AgentId, Work> {
  const all = new Map<AgentId, Work>();
  for (const each of work) if (!all.has(each.agentId)) all.set(each.agentId, each);
  return all;
}
