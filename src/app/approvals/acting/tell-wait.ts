import { isWaitDue } from '../../../domain/approval/patience.ts';
import type { Approval } from '../../../domain/approval.ts';
import type { Clock, Store } from '../../ports.ts';
import { applyApproval, type Telling } from '../apply-approval.ts';

/** Writes down that a second call, whose turn has come, can't be judged, and tells people when that has lasted: nobody
 * should take its silence for work. */
export async function tellWait(
  { store, clock }: { store: Store; clock: Clock },
  approval: Approval,
  why: string,
  telling: Telling,
): Promise<void> {
  if (approval.state.status !== 'standing') return;
  const at = clock.now();
  const { waits } = approval.state;
  const tell = waits !== null && isWaitDue(waits, at);
  if (waits !== null && !tell) return;
  await store.transact((tx) => applyApproval(tx, approval, [{ type: 'waits', at, why, tell }], telling));
}
