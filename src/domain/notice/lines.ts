import type { KnownAgent } from '../agent.ts';
import type { AskedOfPlan } from '../approval/asked.ts';
import type { Prompt } from '../approval/prompt.ts';
import type { DrainCard } from '../drain/card.ts';
import type { AgentId, ClusterName, Instant, PlanId, UserId } from '../ids.ts';
import type { RulesNow } from '../policy/rules-now.ts';
import type { WorkKind } from '../preview/open-work.ts';
import type { Refusal } from '../refusal.ts';
import type { HaltReason } from '../rolling.ts';
import type { Hour } from '../time/hour.ts';

/** A row of `agents`. */
export interface AgentLine {
  agentId: AgentId;
  hostname: string;
  state: KnownAgent['state'];
  /** Since when it is out of service, and who brought that about; null: it is not, or nobody saw how it came. */
  since: { at: Instant; by: UserId | 'outside' } | null;
  /** That run there; null: not known. */
  tasks: number | null;
  /** What of ours is open on it. */
  open: WorkKind | null;
  attributes: Record<string, string>;
}

/** A row of `status`. */
export interface DrainLine {
  card: DrainCard;
  permalink: string | null;
}

/** A question in `status`. */
export interface PromptLine {
  prompt: Prompt;
  permalink: string | null;
}

/** Other work in `status`, with its thread. */
export interface OtherLine {
  what: 'reactivation' | 'mark-gone';
  agentId: AgentId;
  hostname: string;
  requester: UserId;
  permalink: string | null;
}

/** A plan that runs, in `status`. */
export interface PlanLine {
  plan: PlanId;
  does: AskedOfPlan['does'];
  hostnames: string[];
  /** Lines that have come to their end, of how many; null: its steps are not its lines'. */
  done: { lines: number; of: number } | null;
  /** Of a rolling one that runs: which wave of how many it is in or before, and why the next does not begin; null: nothing
   * holds it. */
  wave?: { at: number; of: number; halt: HaltReason['code'] | null };
  /** It has not begun; absent: it runs. */
  hour?: Hour;
  requester: UserId;
  permalink: string | null;
}

/** How the cluster's master answered the status question. `since`: no sweep has reached one; null: the latest did. `swept`: when
 * one last listed the agents; null: never. */
export type MasterLine =
  | { reachable: true; leader: string; version: string }
  | { reachable: false; why: string; since: Instant | null; swept: Instant | null };

/** What somebody may do on one cluster, from where they asked, and every reason why not. */
export interface MayDo {
  cluster: ClusterName;
  operator: boolean;
  approver: boolean;
  channelAllowed: boolean;
  why: Refusal[];
  /** Absent: written by an earlier version. */
  rules?: RulesNow;
}
