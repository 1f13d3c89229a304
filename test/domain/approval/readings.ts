import { evolveApproval } from '../../../src/domain/approval/evolve.ts';
import { type Reading, readBallots } from '../../../src/domain/approval/read-ballots.ts';
import type { Approval, ApprovalEvent, ApprovalState, Mark } from '../../../src/domain/approval.ts';
import {
  approval,
  approvalStates,
  ballot,
  reaction,
  reading,
  voter,
} from '../../support/approval-samples.ts';
import { at, bob } from '../../support/samples.ts';

export type Status = ApprovalState['status'];
export const statuses: Status[] = ['open', 'holding', 'standing', 'settled'];
/** bob's ✅ stands in all but the open one. */
export const before: Record<Status, Approval> = {
  open: approval(),
  holding: approval({ state: approvalStates.holding, ballots: [ballot()] }),
  standing: approval({ state: approvalStates.standing, ballots: [ballot()] }),
  settled: approval({ state: approvalStates.settled, ballots: [ballot()] }),
};

export const signs: Record<Mark, string> = { approve: '✅', deny: '❌', stop: '🛑', mistaken: '👍' };

/** Events as the tables write them: `bob ✅ approves`, `bob ✅ off`, `held`, `settled denied bob`. */
export function inShort(events: ApprovalEvent[]): string {
  const words = events.map((event) => {
    switch (event.type) {
      case 'voted':
      case 'vote-gone': {
        const { user, mark, verdict } = event.ballot;
        const worth = verdict === null ? 'later' : verdict.is === 'refused' ? verdict.why : verdict.is;
        const name = user.replace(/^[UW]0/, '').toLowerCase();
        return `${name} ${signs[mark]} ${event.type === 'voted' ? worth : 'off'}`;
      }
      case 'settled':
        return [
          'settled',
          event.how.how,
          'by' in event.how && !Array.isArray(event.how.by) && event.how.by.name,
        ]
          .filter(Boolean)
          .join(' ');
      default:
        return event.type;
    }
  });
  return words.length === 0 ? '-' : words.join(', ');
}

export function read(
  of: Approval,
  ballots: Reading['ballots'],
  seconds = 70,
  over: Partial<Reading> = {},
): string {
  return inShort(readBallots(of, reading(ballots, over), at(seconds)));
}

/** The approval after such a reading. */
export function afterReading(
  of: Approval,
  ballots: Reading['ballots'],
  seconds = 70,
  over: Partial<Reading> = {},
) {
  return readBallots(of, reading(ballots, over), at(seconds)).reduce(evolveApproval, of);
}

/** bob’s ✅, and what it is once he is no more what he was. */
export const yes = reaction(bob);
export const lost = (over: Parameters<typeof voter>[1]) => reaction(bob, 'approve', voter(bob, over));
