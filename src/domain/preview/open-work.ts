import type { Attributes } from '../agent.ts';
import type { Way } from '../drain.ts';
import type { AgentId, ApprovalId, DrainId, PlanId } from '../ids.ts';
import type { TaskGroup } from '../preview.ts';
import type { Hour } from '../time/hour.ts';

/** Work of ours that is not finished. `drained`: proven, and still out of service. */
export type WorkKind =
  | { what: 'drain' | 'drained'; drain: DrainId; way: Way }
  | { what: 'approval'; approval: ApprovalId }
  /** Its turn in a plan is still to come; `hour`: when the plan begins, where it has not; `wave`: of a rolling one. */
  | { what: 'plan'; plan: PlanId; hour?: Hour; wave?: number }
  | { what: 'mark-gone' | 'reactivation' };

/** The agent that work is on, as far as is known. */
export interface WorkedOn {
  agentId: AgentId;
  hostname: string;
  attributes: Attributes;
  /** The frameworks that had tasks there when the work began; empty: not known, or none. */
  frameworks: readonly { id: string; name: string | null }[];
}

/** Other work of ours that touches what a preview is about. */
export interface OpenWork {
  work: WorkKind;
  agentId: AgentId;
  hostname: string;
  sameAgent: boolean;
  /** The rack that both agents are in; null: not the same, or it has none. */
  rack: string | null;
  /** Frameworks that lose tasks by both, by name where one is known. */
  frameworks: string[];
  permalink: string | null;
}

/** What that work shares with a drain of this agent; null: nothing. */
export function sharedWith(
  about: { agentId: AgentId; attributes: Attributes; groups: TaskGroup[] },
  work: WorkKind,
  on: WorkedOn,
): Omit<OpenWork, 'permalink'> | null {
  const sameAgent = on.agentId === about.agentId;
  const rack = about.attributes['rack'] ?? null;
  const sameRack = rack !== null && on.attributes['rack'] === rack ? rack : null;
  // What is drained has ended its tasks already.
  const ends = !sameAgent && work.what !== 'drained' && work.what !== 'reactivation';
  const frameworks = about.groups
    .filter(({ framework }) => ends && on.frameworks.some(({ id }) => id === framework.id))
    .map(({ framework }) => framework.name ?? framework.id);
  if (!sameAgent && sameRack === null && frameworks.length === 0) return null;
  return { work, agentId: on.agentId, hostname: on.hostname, sameAgent, rack: sameRack, frameworks };
}
