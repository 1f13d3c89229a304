import type { KnownAgent } from '../agent.ts';
import type { Prompt } from '../approval/prompt.ts';
import type { DrainCard } from '../drain/card.ts';
import type { AgentId, ClusterName, DrainId, Instant, UserId } from '../ids.ts';
import type { RulesNow } from '../policy/rules-now.ts';
import type { Refusal } from '../refusal.ts';

/** A row of `agents`. */
export interface AgentLine {
  agentId: AgentId;
  hostname: string;
  state: KnownAgent['state'];
  attributes: Record<string, string>;
  drain: DrainId | null;
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

/** How the cluster's master answered the status question. */
export type MasterLine =
  | { reachable: true; leader: string; version: string }
  | { reachable: false; why: string; since: Instant | null };

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
