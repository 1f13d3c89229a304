import type { ApprovalState, Mark, Verdict, VoteRefusal } from '../approval.ts';
import type { PersonFacts, PersonKey } from '../person.ts';

/** Whoever reacted, as Slack tells of them now. `unknown`: Slack could not be asked. */
export type Voter =
  | { kind: 'unknown'; why: string }
  /** Not asked about: nothing that Slack could tell would change what this vote is worth. */
  | { kind: 'as-known' }
  /** Slack knows no such user. */
  | { kind: 'nobody' }
  | {
      kind: 'person';
      standing: PersonFacts['standing'];
      /** Null: Slack names no team, so nobody can tell that this is not the requester. */
      key: PersonKey | null;
      ofThisWorkspace: boolean;
      /** Named as approver, or in a group of approvers, now. */
      entitled: boolean;
      /** So among those of whom one must have approved. */
      oneOf: boolean;
    };

/** What a vote is judged by, beside the voter. */
export interface Question {
  status: ApprovalState['status'];
  /** Whether it ends at its expiry: not once the first of two calls has left, or it waits for its hour. */
  runsOut: boolean;
  /** Whether this ballot was first seen at or after the question's expiry. */
  seenLate: boolean;
  /** The channel is shared with other organisations. */
  shared: boolean;
  /** Every key that the requester is or was known by: an enterprise may give them another one while a question is open. */
  requester: readonly PersonKey[];
}

/** What one reaction counts as; null: it can't be judged now, and is kept. A pure table: question × mark × voter. */
export function decideVote(question: Question, mark: Mark, voter: Voter): Verdict | null {
  const { status, runsOut, seenLate, shared } = question;
  if (status === 'settled') return refused('settled');
  if (mark === 'mistaken') return refused('not-a-vote');
  if (shared) return refused('shared-channel');
  // A yes that came late never counts; what stops it does to the last.
  if (seenLate && (mark === 'approve' || runsOut)) return refused('expired');
  if (voter.kind === 'unknown' || voter.kind === 'as-known') return null;
  if (voter.kind === 'nobody') return refused('nobody');
  if (voter.standing !== 'full') return refused(voter.standing);
  if (voter.key === null) return refused('no-team');
  if (!voter.ofThisWorkspace) return refused('other-workspace');
  const own = question.requester.includes(voter.key);
  const leaving = status === 'holding' || status === 'standing';
  switch (mark) {
    case 'approve':
      if (own) return refused('own-vote');
      return voter.entitled ? { is: 'approves', oneOf: voter.oneOf } : refused('not-entitled');
    case 'deny':
      if (own) return { is: 'withdraws' };
      if (voter.entitled) return { is: 'denies' };
      return { is: leaving ? 'stops' : 'objects' };
    case 'stop':
      return { is: leaving ? 'stops' : 'objects' };
  }
}

function refused(why: VoteRefusal): Verdict {
  return { is: 'refused', why };
}

/** Looks like a yes, and is none: people mean it, and are told. Source: Slack's emoji names. */
const mistaken = new Set([
  '+1',
  'thumbsup',
  'heavy_check_mark',
  'ballot_box_with_check',
  'white_check_mark',
  'ok',
  'ok_hand',
]);

/** What a reaction means by its name; null: nothing, it is nobody's business. `approving`: the one name that is a yes. */
export function markOf(name: string, approving: string): Mark | null {
  const plain = name.replace(/::skin-tone-[2-6]$/, '');
  if (plain === approving) return 'approve';
  if (plain === 'x') return 'deny';
  if (plain === 'octagonal_sign' || plain === 'no_entry') return 'stop';
  return mistaken.has(plain) ? 'mistaken' : null;
}
