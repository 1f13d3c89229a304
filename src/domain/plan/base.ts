import type { Requester } from '../approval.ts';
import type { Beside } from '../beside.ts';
import type { Approved } from '../drain.ts';
import type { ApprovalId, ChannelId, ClusterName, CorrelationId, Instant, PlanId, ThreadId } from '../ids.ts';
import type { LeftStanding } from '../maintenance/left-standing.ts';
import type { Person } from '../person.ts';
import type { MachinesFailure } from '../plan.ts';
import type { ApprovalReason, Refusal } from '../refusal.ts';
import type { Hour } from '../time/hour.ts';

/** What every plan has. */
export interface PlanBase {
  id: PlanId;
  /** Counts its transitions; a write with a stale one is refused. */
  version: number;
  cluster: ClusterName;
  requester: Requester;
  channel: ChannelId;
  /** Its card is the root of it, from the moment on in which others see it. */
  thread: ThreadId;
  correlation: CorrelationId;
  typed: string;
  reason: string | null;
  /** Why a second person has to be asked, as the asker was shown; empty: nobody has to. */
  because: ApprovalReason[];
  /** Under which approval it runs; null: it needed none, or has none yet. */
  approved: Approved | null;
  /** Beside what of others it goes on; absent: an older version did not judge that. */
  beside?: Beside;
  proposedAt: Instant;
}

/** Where a plan stands. `Running` is what its kind has to know meanwhile. */
export type PlanState<Running extends object> =
  /** Only the asker has seen it, and can confirm it until then. Nothing of it is done by itself. `hour`: when it is to begin;
   * absent: once it is confirmed. */
  | { status: 'proposed'; expiresAt: Instant; hour?: Hour }
  /** It needs nobody else, and begins at its hour, judged anew. */
  | { status: 'scheduled'; hour: Hour }
  /** A second person is asked; the question knows its hour. */
  | { status: 'asked'; approval: ApprovalId }
  | ({ status: 'running'; since: Instant } & Running)
  | { status: 'ended'; at: Instant; end: PlanEnd };

export type PlanEnd =
  /** Every line has come to its end, whatever that was: the lines tell. */
  | { kind: 'done' }
  /** The asker did not confirm it in time. */
  | { kind: 'not-confirmed' }
  /** Its question came to another end than a yes; the approval tells which. */
  | { kind: 'not-approved'; approval: ApprovalId; left?: LeftStanding }
  /** `by` had it stopped; what had begun by then goes on. `left`: of machines. */
  | { kind: 'cancelled'; by: Person; left?: LeftStanding }
  /** It could not begin within 15 minutes of its hour: the bot was down, or nobody could say how things stand. */
  | { kind: 'late'; hour: Hour }
  /** A rule broke before anything of it was done, or between two of its calls. */
  | { kind: 'refused'; refusal: Refusal }
  /** Of machines: a call of it did not do what it should, or what it waited for did not come. */
  | { kind: 'failed'; why: MachinesFailure }
  | { kind: 'given-up'; by: Person; reason: string }
  /** The database is from the past: nothing more of it is begun, and what has begun is only watched. */
  | { kind: 'restored' };
