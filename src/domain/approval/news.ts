import type { Act, Approval, Mark, Settlement, VoteRefusal } from '../approval.ts';
import type { AgentId, ApprovalId, DrainId, Instant, UserId } from '../ids.ts';
import type { Person } from '../person.ts';

/** Which question people are told of. */
export interface ApprovalAbout {
  approval: ApprovalId;
  agentId: AgentId;
  hostname: string;
  requester: UserId;
  act: Act;
  drain: DrainId | null;
}

/** What people are told of a question, in its thread. */
export type ApprovalNews =
  /** One of several votes that are needed. */
  | { news: 'counted'; by: Person; votes: number; needed: number }
  | { news: 'objected'; by: Person }
  | { news: 'taken-back'; by: Person }
  | { news: 'held'; by: Person[]; until: Instant; anew: boolean }
  | { news: 'released' }
  /** The drain begins, or has; the second call waits for its proof. `already`: it was under way before. */
  | { news: 'stands'; by: Person[]; drain: DrainId; already: boolean }
  /** The second call can't be judged now. */
  | { news: 'waits'; since: Instant; why: string }
  | { news: 'settled'; how: Settlement; wasStanding: boolean; again: ApprovalId | null };

/** Told to one voter alone. */
export interface VoteRefused {
  about: ApprovalAbout;
  mark: Mark;
  why: VoteRefusal;
  /** The one emoji that approves, by its name. */
  approving: string;
}

export function aboutApproval(approval: Approval): ApprovalAbout {
  const { id, agentId, hostname, requester, act, drain } = approval;
  return { approval: id, agentId, hostname, requester: requester.userId, act, drain };
}
