import { mayLeave, readBallots } from '../../../domain/approval/read-ballots.ts';
import type { HaltReason, RollingPlan } from '../../../domain/rolling.ts';
import { readVotes, type VoteDeps } from '../../approvals/read-votes.ts';
import { ChatFault } from '../../faults.ts';
import type { Clock, Store } from '../../ports.ts';

/** What has become of the votes that a plan runs on, read anew from Slack; null: they stand, or it needs none that do. */
export async function whyVotesFail(
  deps: VoteDeps & { store: Store; clock: Clock },
  { approved, work }: RollingPlan,
): Promise<HaltReason | null> {
  if (approved === null) return null;
  const approval = await deps.store.approval(approved.approval);
  if (approval === null) return votes(approved.approval, 'it is not in this database any more');
  const { state } = approval;
  // Once its marking gone is dropped, it goes on as a plan that began on these votes, and needs them no more.
  const isDropped = work.afterwards.do !== 'mark-gone' && state.status === 'settled' && state.wasStanding;
  if (state.status === 'settled')
    return isDropped || state.how.how === 'used'
      ? null
      : votes(approval.id, state.how.how.replaceAll('-', ' '));
  const ts = (await deps.store.thread(approval.thread))?.ts ?? null;
  if (ts === null) return { code: 'unreadable', why: 'the question is not in Slack yet' };
  try {
    const read = await readVotes(deps, approval, ts);
    if ('noPrompt' in read) return votes(approval.id, `its message is ${read.noPrompt}`);
    const isAsKnown = readBallots(approval, read.read, deps.clock.now()).length === 0;
    if (mayLeave(approval, read.read) && isAsKnown) return null;
    // What changed, the question's own loop judges and tells.
    return isAsKnown
      ? votes(approval.id, 'not enough people approve any more')
      : { code: 'unreadable', why: 'the votes are being judged anew' };
  } catch (fault) {
    if (!(fault instanceof ChatFault)) throw fault;
    return { code: 'unreadable', why: `the votes can't be read: ${fault.message}` };
  }
}

function votes(approval: NonNullable<RollingPlan['approved']>['approval'], why: string): HaltReason {
  return { code: 'votes', approval, why };
}
