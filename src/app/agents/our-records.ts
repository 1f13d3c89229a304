import type { OtherWork } from '../../domain/approval/may-ask.ts';
import type { ApprovalId, ClusterName } from '../../domain/ids.ts';
import type { Store, Tx } from '../ports.ts';

export type RecordReads = Pick<
  Store,
  'openMarkGones' | 'openReactivations' | 'openDrains' | 'outOfService' | 'pendingApprovals' | 'unendedPlans'
>;

/** All work of ours on a cluster that is not finished. `besides`: a question that does not count. */
export async function ourRecords(
  store: RecordReads,
  cluster: ClusterName,
  besides: ApprovalId | null = null,
): Promise<OtherWork> {
  const [markings, reactivations, open, drained, approvals, plans] = await Promise.all([
    store.openMarkGones(cluster),
    store.openReactivations(cluster),
    store.openDrains(cluster),
    store.outOfService(cluster),
    store.pendingApprovals(cluster),
    store.unendedPlans(cluster),
  ]);
  return {
    drains: open.map(({ drain }) => drain),
    drained: drained.map(({ drain }) => drain),
    approvals: approvals.filter(({ id }) => id !== besides),
    markings,
    plans,
    reactivations,
  };
}

/** The same as a transaction has it. */
export async function ourRecordsIn(
  tx: Tx,
  cluster: ClusterName,
  besides: ApprovalId | null = null,
): Promise<OtherWork> {
  return {
    drains: await tx.openDrains(cluster),
    drained: await tx.outOfService(cluster),
    approvals: (await tx.pendingApprovals(cluster)).filter(({ id }) => id !== besides),
    markings: await tx.openMarkGones(cluster),
    plans: await tx.unendedPlans(cluster),
    reactivations: await tx.openReactivations(cluster),
  };
}
