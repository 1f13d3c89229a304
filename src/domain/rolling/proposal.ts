import type { Collision } from '../collisions.ts';
import type { AgentId, ClusterName, Instant, PlanId } from '../ids.ts';
import type { ChangedLine } from '../plan/as-shown.ts';
import type { ApprovalReason, Refusal } from '../refusal.ts';
import type { RollingWork, WaveObjection } from '../rolling.ts';
import type { Hour } from '../time/hour.ts';
import type { LastInstances } from './alike.ts';
import type { RoomForWave } from './room-for-waves.ts';

/** What a drain in waves would do and cost, as its asker is shown it. */
export interface RollingProposal {
  /** Null: nothing can be confirmed, it is only shown. */
  plan: { id: PlanId; expiresAt: Instant } | null;
  cluster: ClusterName;
  at: Instant;
  work: RollingWork;
  reason: string | null;
  /** When it is to begin; absent: once it is confirmed. */
  hour?: Hour;
  waves: ProposedWave[];
  /** What was asked for and can't be done. */
  refused: { agentId: AgentId; hostname: string; state: string; refusal: Refusal }[];
  /** The policy's own, beside what was typed; `open`: drains that are open already. */
  limits: { atOnce: number; open: number };
  /** Null: nobody is asked. */
  gate: string | null;
  minFreePercent: number;
  because: ApprovalReason[];
  /** Work of others beside which it would go on; absent: none. */
  collisions?: Collision[];
  /** What marking these gone would destroy on top; null: nothing is marked gone. `notKnown`: agents of which nobody knows. */
  destroyed: { volumes: number; reservations: number; notKnown: number } | null;
  /** Why the plan that was confirmed is shown anew instead of done; empty: it is shown for the first time. */
  changed: ChangedLine[];
}

/** One wave of it. */
export interface ProposedWave {
  agents: ProposedAgent[];
  /** Null: not known. */
  expectedEnd: Instant | null;
  /** On the rest of the cluster; null: not known, or nothing runs there. */
  room: Pick<RoomForWave, 'free' | 'needed' | 'agents'> | null;
  /** What runs on one agent alone, and is down while that moves. */
  sole: LastInstances[];
  /** As it is now, it would halt before this wave; or it is not known. */
  objections: WaveObjection[];
}

export interface ProposedAgent {
  agentId: AgentId;
  hostname: string;
  state: string;
  /** Null: not known. */
  tasks: number | null;
}
