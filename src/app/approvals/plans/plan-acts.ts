import type { Covers } from '../../../domain/approval/covers.ts';
import type { Approved } from '../../../domain/drain.ts';
import type { ApprovalId, Instant } from '../../../domain/ids.ts';
import type { Plan } from '../../../domain/plan.ts';
import type { Refusal, Result } from '../../../domain/refusal.ts';
import type { Tx } from '../../ports.ts';

/** What questions about plans need to have done with them: one for agents, one for machines. Who votes, and when a call may
 * leave, is none of its business. */
export interface PlanActs {
  /** Looks at every line as if the plan were asked for now: limits, freezes, and other work but that of this plan and of its
   * own question. Where one line may not be done any more, that is what it answers. `forPeople`: with what costs the master
   * many answers and is only shown. Throws a MasterFault where the master can't say what is there. */
  look(plan: Plan, besides: ApprovalId | null, forPeople: boolean): Promise<Result<Covers>>;
  /** The same judgement by what this transaction sees; null: nothing speaks against it. */
  overtakenBy(tx: Tx, plan: Plan, besides: ApprovalId | null): Promise<Refusal | null>;
  /** Writes it as running under this approval, with its own words and entries; its root becomes its card by itself. */
  begin(tx: Tx, plan: Plan, approved: Approved, at: Instant): Promise<void>;
  /** Sends the call that can't be undone, from `asked` or from the step that waits for it. Answers why not, where a rule broke
   * in the meantime; then nothing was sent. Throws what `voted` throws. */
  send(plan: Plan, approved: Approved, question: Question): Promise<Refusal | null>;
}

/** The question that such a call rests on. */
export interface Question {
  /** Reads the votes for the last time: to be called when all else has been waited for. Throws a VersionConflict where they are
   * not as they were, or can't be read. */
  voted(): Promise<void>;
  /** Settles it, in the transaction of the intent. */
  used(tx: Tx, at: Instant): Promise<void>;
}

/** What to do with each kind of plan. */
export type PlanActsByKind = Record<Plan['of'], PlanActs>;
