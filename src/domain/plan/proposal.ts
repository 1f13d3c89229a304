import type { Collision } from '../collisions.ts';
import type { AgentId, ClusterName, Instant, PlanId } from '../ids.ts';
import type { AgentsWork } from '../plan.ts';
import type { OpenWork } from '../preview/open-work.ts';
import type { RoomElsewhere } from '../preview/room.ts';
import type { Spread } from '../preview/spread.ts';
import type { Known } from '../preview.ts';
import type { ApprovalReason, Refusal } from '../refusal.ts';
import type { Hour } from '../time/hour.ts';
import type { ChangedLine } from './as-shown.ts';

/** What a plan over agents would do and cost, as its asker is shown it. */
export interface Proposal {
  /** Null: nothing can be confirmed, it is only shown. */
  plan: { id: PlanId; expiresAt: Instant } | null;
  cluster: ClusterName;
  at: Instant;
  work: AgentsWork;
  reason: string | null;
  /** When it is to begin; absent: once it is confirmed. */
  hour?: Hour;
  lines: ProposedLine[];
  totals: Totals;
  because: ApprovalReason[];
  /** Work of others beside which it would go on; absent: none, or an older version did not judge that. */
  collisions?: Collision[];
  /** Why the plan that was confirmed is shown anew instead of done; empty: it is shown for the first time. */
  changed: ChangedLine[];
}

/** One agent of it. */
export interface ProposedLine {
  agentId: AgentId;
  hostname: string;
  /** The word that `agents` has for it. */
  state: string;
  /** Null: not known, or it does not matter. */
  tasks: number | null;
  /** What of ours is open on it already. */
  open: OpenWork['work'] | null;
  /** More ids of the same hostname, which are not meant. */
  others: number;
  /** Why it can't be done; null: it can. */
  refusal: Refusal | null;
}

/** Of all lines that can be done, together. */
export interface Totals {
  agents: number;
  tasks: number;
  /** Agents of which the tasks are not known. */
  tasksNotKnown: number;
  /** The last task must be gone then; null: nothing runs, or it is not known. */
  expectedEnd: Instant | null;
  /** Null: there is nothing that would need room, or nothing is ended. */
  room: Known<RoomElsewhere> | null;
  spread: Spread[];
  /** Drains that are open already, and how many may be; null: there is no limit to this. */
  limit: { open: number; allowed: number } | null;
}
