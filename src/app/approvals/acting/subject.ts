import type { Reading } from '../../../domain/approval/read-ballots.ts';
import type { Approval, Settlement } from '../../../domain/approval.ts';
import type { ApprovalId } from '../../../domain/ids.ts';
import type { Log, Prompts } from '../../ports.ts';
import type { PlanActsByKind } from '../plans/plan-acts.ts';
import type { CarryOutDeps } from './carry-out.ts';

export type JudgeDeps = CarryOutDeps & {
  prompts: Prompts;
  log: Log;
  planActs: PlanActsByKind;
  /** The questions whose prompts this process has read, and found open: no other may be edited (edit-cards.ts). */
  seenOpen: Set<ApprovalId>;
};

/** What a question is about, as one look at it needs to know it: an agent with its drain, or a plan. */
export interface Subject<A extends Approval> {
  /** What it stood for came to an end by itself; null: it has not. */
  end: Settlement | null;
  /** The turn has come of the last call, for which the approval stands. */
  isLastDue: boolean;
  /** Looks at the master where something is due by now. */
  look(): Promise<LookedAt<A>>;
  /** Settles the question, and asks again in a new message with what is there now. */
  askAgain(how: Settlement): Promise<void>;
}

/** `act` null: nothing is due, or, where `unread` says why, what is due can't be looked at now. It does what is due, and is
 * called right after the votes were read for the last time. */
export interface LookedAt<A extends Approval> {
  unread: string | null;
  act: ((now: A, reading: Reading) => Promise<void>) | null;
}
