import { isWaitDue } from '../../../domain/approval/patience.ts';
import type { Approval } from '../../../domain/approval.ts';
import type { ApprovalId, Instant } from '../../../domain/ids.ts';
import type { Clock, Store } from '../../ports.ts';
import { applyApproval, type Telling } from '../apply-approval.ts';

/** Tells people that a second call, whose turn has come, can't be judged: nobody should take its silence for work. Since
 * when, is kept in memory: after a restart it is counted, and told, anew. */
export function makeTellWait({ store, clock }: { store: Store; clock: Clock }, telling: Telling) {
  const waits = new Map<ApprovalId, { since: Instant; toldAt: Instant | null }>();
  return {
    async waiting(approval: Approval, why: string): Promise<void> {
      const at = clock.now();
      const wait = waits.get(approval.id) ?? { since: at, toldAt: null };
      waits.set(approval.id, wait);
      if (!isWaitDue(wait, at)) return;
      const { since } = wait;
      await store.transact((tx) => applyApproval(tx, approval, [{ type: 'waits', at, since, why }], telling));
      waits.set(approval.id, { since, toldAt: at });
    },
    /** It could be judged, or has ended. */
    over: (id: ApprovalId) => void waits.delete(id),
  };
}
