import { isWaitDue } from '../../../domain/approval/patience.ts';
import type { Reading } from '../../../domain/approval/read-ballots.ts';
import type { Approval } from '../../../domain/approval.ts';
import type { Clock, NewId, PolicyInForce, Store } from '../../ports.ts';
import { applyApproval } from '../apply-approval.ts';

interface WaitDeps {
  store: Store;
  clock: Clock;
  newId: NewId;
  policy: PolicyInForce;
}

/** Writes down that a second call, whose turn has come, can't be judged, and tells people when that has lasted: nobody
 * should take its silence for work. */
export async function tellWait(
  { store, clock, newId, policy }: WaitDeps,
  approval: Approval,
  why: string,
): Promise<void> {
  if (approval.state.status !== 'standing') return;
  const at = clock.now();
  const { waits } = approval.state;
  const tell = waits !== null && isWaitDue(waits, at);
  if (waits !== null && !tell) return;
  const telling = { newId, approving: policy.current().approvals.approving };
  await store.transact((tx) => applyApproval(tx, approval, [{ type: 'waits', at, why, tell }], telling));
}

/** The same, where somebody who voted can't be asked about: they may well be entitled still, and whoever objects must be
 * heard. Answers whether there is such a one. */
export async function tellUnknownVoter(
  deps: WaitDeps,
  approval: Approval,
  { ballots }: Reading,
): Promise<boolean> {
  const unknown = ballots.find(({ voter }) => voter.kind === 'unknown')?.voter;
  if (unknown?.kind !== 'unknown') return false;
  await tellWait(deps, approval, `Slack can't be asked who voted: ${unknown.why}`);
  return true;
}
