import type { Approval, Mark, Settlement, VoteRefusal } from '../approval.ts';
import type { ApprovalId, DrainId, Instant, UserId } from '../ids.ts';
import type { Person } from '../person.ts';
import type { Hour } from '../time/hour.ts';
import { type Asked, askedOf } from './asked.ts';
import type { Missing, Needs } from './quorum.ts';

/** Which question people are told of. */
export type ApprovalAbout = { approval: ApprovalId; requester: UserId } & Asked;

/** What people are told of a question, in its thread. */
export type ApprovalNews =
  /** One of several votes that are needed. */
  | { news: 'counted'; by: Person; votes: number; needed: number; missing: Missing | null }
  /** The policy asks for other votes by now. `missing` null: those that stand are enough. */
  | ({ news: 'needs'; votes: number; missing: Missing | null } & Needs)
  | { news: 'objected'; by: Person }
  | { news: 'taken-back'; by: Person }
  /** `hour`: what it waits for beside its hold. */
  | { news: 'held'; by: Person[]; until: Instant; anew: boolean; hour?: Hour }
  | { news: 'released' }
  /** The drain begins, or has (null: the plan does); the call that can't be undone waits for its proof. `already`: it was
   * under way before. */
  | { news: 'stands'; by: Person[]; drain: DrainId | null; already: boolean }
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
  return { approval: approval.id, requester: approval.requester.userId, ...askedOf(approval) };
}
