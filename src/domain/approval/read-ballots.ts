import {
  type Approval,
  type ApprovalEvent,
  approversOf,
  type Ballot,
  type Mark,
  type Requester,
  type Settlement,
} from '../approval.ts';
import type { Instant, UserId } from '../ids.ts';
import { inPerson, type PersonKey } from '../person.ts';
import { decideVote, type Voter } from './decide-vote.ts';
import { evolveApproval } from './evolve.ts';
import { leavesAt } from './patience.ts';
import { missingOf, type Needs } from './quorum.ts';

/** The reactions on a prompt, as Slack's copy has them now, beside what the policy of the moment asks for. */
export interface Reading extends Needs {
  /** The channel is shared with other organisations. */
  shared: boolean;
  /** How long a call waits in sight after its last vote, in milliseconds. */
  holdMs: number;
  /** Who the requester is now; null: Slack knows no such account any more, or names no team. */
  requester: PersonKey | null;
  ballots: { user: UserId; mark: Mark; voter: Voter; by: Requester | null }[];
}

/** What Slack's copy means for an approval: votes that came, went or changed their worth, and what follows from all that
 * stand. An unchanged reading yields nothing. Expiry comes before everything else. */
export function readBallots(approval: Approval, reading: Reading, at: Instant): ApprovalEvent[] {
  const { state } = approval;
  const late = at >= approval.expiresAt;
  const waits = state.status === 'holding' && approval.hour !== undefined;
  const runsOut = state.status === 'open' || (state.status === 'holding' && !waits);
  const events: ApprovalEvent[] = [];
  let now = approval;
  const note = (event: ApprovalEvent) => {
    events.push(event);
    now = evolveApproval(now, event);
  };

  // What is asked for by now comes first: votes are told of, and shown, by that.
  if (state.status !== 'settled' && asksOtherwise(approval, reading))
    note({ type: 'needs', at, needed: Math.max(1, reading.needed), oneOf: reading.oneOf });
  for (const ballot of approval.ballots)
    if (!reading.ballots.some((each) => sameBallot(each, ballot))) note({ type: 'vote-gone', at, ballot });
  for (const seen of reading.ballots) {
    const known = approval.ballots.find((ballot) => sameBallot(seen, ballot));
    const firstSeenAt = known?.firstSeenAt ?? at;
    const question = {
      status: state.status,
      runsOut: state.status !== 'standing' && !waits,
      seenLate: firstSeenAt >= approval.expiresAt,
      shared: reading.shared,
      requester: keysOfRequester(approval, reading, seen),
    };
    // A settled question is not judged again: what counted in it keeps its worth in the record.
    if (state.status === 'settled' && known !== undefined) continue;
    // Who could be judged before keeps that worth while Slack can't be asked; the call itself wants it fresh.
    const verdict = decideVote(question, seen.mark, seen.voter) ?? known?.verdict ?? null;
    const { user, mark } = seen;
    const ballot: Ballot = { user, mark, firstSeenAt, verdict, by: seen.by ?? known?.by ?? null };
    // Two accounts that turn out to be one human are one vote from then on.
    const another = known?.by != null && seen.by !== null && known.by.key !== seen.by.key;
    if (known === undefined || another || JSON.stringify(known.verdict) !== JSON.stringify(verdict))
      note({ type: 'voted', at, ballot });
  }
  if (state.status === 'settled') return events;
  if (runsOut && late) return [...events, settled({ how: 'expired' })];

  const end = endBy(now.ballots) ?? takenBack(approval, now, reading);
  if (end !== null) return [...events, settled(end)];
  const by = approversOf(now).map(inPerson);
  const enough = missingOf(now.ballots, reading) === null;
  const blocked = now.ballots.some(({ verdict }) => verdict?.is === 'objects');
  // A vote taken back stops the hold, also where the others are enough: theirs begins with what they stand for alone.
  const wasTakenBack = goneYes(approval, now) !== undefined;
  if (state.status === 'holding' && (!enough || blocked || wasTakenBack)) note({ type: 'released', at });
  if (late && now.state.status === 'open') return [...events, settled({ how: 'expired' })];
  if (now.state.status === 'open' && enough && !blocked)
    note({ type: 'held', at, until: leavesAt(approval, at, reading.holdMs), by });
  return events;

  function settled(how: Settlement): ApprovalEvent {
    return { type: 'settled', at, how, again: null };
  }
}

/** Whether the votes that stand are enough now, each judged afresh: nothing may leave on a vote that Slack could not be
 * asked about. */
export function mayLeave(approval: Approval, { ballots, shared, ...needs }: Reading): boolean {
  const judged = (user: UserId) => ballots.some((each) => each.user === user && each.voter.kind === 'person');
  const standing = approval.ballots.filter(({ verdict, user }) => verdict?.is === 'approves' && judged(user));
  const objections = approval.ballots.some(({ verdict, mark }) =>
    verdict === null ? mark !== 'approve' : verdict.is !== 'approves' && verdict.is !== 'refused',
  );
  return !shared && !objections && missingOf(standing, needs) === null;
}

/** The account that asked, whatever it has become, and the human behind it: at the question, and now. */
function keysOfRequester(
  { requester }: Approval,
  reading: Reading,
  { user, voter }: Reading['ballots'][number],
): PersonKey[] {
  const own = user === requester.userId && voter.kind === 'person' ? voter.key : null;
  return [requester.key, reading.requester, own].filter((key) => key !== null);
}

function endBy(ballots: Ballot[]): Settlement | null {
  for (const { verdict, by } of ballots) {
    if (by === null) continue;
    if (verdict?.is === 'withdraws') return { how: 'withdrawn', by: inPerson(by) };
    if (verdict?.is === 'denies') return { how: 'denied', by: inPerson(by) };
    if (verdict?.is === 'stops') return { how: 'stopped', by: inPerson(by) };
  }
  return null;
}

/** After the first call a vote taken back drops the second; one that lost its worth otherwise is judged before the call. */
function takenBack(before: Approval, now: Approval, needs: Needs): Settlement | null {
  if (before.state.status !== 'standing' || missingOf(now.ballots, needs) === null) return null;
  const gone = goneYes(before, now);
  return gone === undefined || gone.by === null ? null : { how: 'taken-back', by: inPerson(gone.by) };
}

/** A vote that counted, and is not on the prompt any more. */
function goneYes(before: Approval, now: Approval): Ballot | undefined {
  return before.ballots.find(
    (ballot) => ballot.verdict?.is === 'approves' && !now.ballots.some((each) => sameBallot(each, ballot)),
  );
}

function asksOtherwise(approval: Approval, { needed, oneOf }: Needs): boolean {
  return approval.needed !== Math.max(1, needed) || JSON.stringify(approval.oneOf) !== JSON.stringify(oneOf);
}

function sameBallot(a: { user: UserId; mark: Mark }, b: { user: UserId; mark: Mark }): boolean {
  return a.user === b.user && a.mark === b.mark;
}
