import { showApprovalId } from '../../../domain/ids.ts';
import type { RollingCard } from '../../../domain/rolling/card.ts';
import { openForVotes } from '../approvals/open-for-votes.ts';
import { waysToStop } from '../approvals/reactions.ts';
import { type Part, text } from '../text/part.ts';

/** That votes on the card still count, right under its verdict: what the bot looks for in its own message. */
export function votesOfPlan({ votes, approved }: RollingCard): Part[] {
  if (votes === undefined || approved === null) return [];
  return [
    text(
      `*${openForVotes}* until the last agent is marked gone. What drops that, and leaves plain drains: ${waysToStop(
        votes.approving,
      )}; \`/mesos cancel ${showApprovalId(approved.approval)}\`.`,
    ),
  ];
}
