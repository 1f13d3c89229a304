import type { AgentId, ApprovalId, DrainId, Instant, UserId } from '../ids.ts';
import type { GoneCause, MarkGone, MarkGoneCall, MarkGoneEnd } from '../mark-gone.ts';
import type { Person } from '../person.ts';

/** Whose mark gone people are told of. */
export interface MarkGoneAbout {
  agentId: AgentId;
  hostname: string;
  requester: UserId;
  approvedBy: Person[];
  approval: ApprovalId;
  /** Our drain that proved it empty; null: MARK_AGENT_GONE, without one. */
  drain: DrainId | null;
}

/** What people are told of it, in its thread. */
export type MarkGoneNews =
  | { news: 'accepted'; call: MarkGoneCall['by'] }
  | { news: 'unknown'; why: string }
  | { news: 'effect-seen' }
  | { news: 'waiting'; cause: GoneCause; since: Instant }
  | { news: 'ended'; end: MarkGoneEnd };

export function aboutMarkGone(marking: MarkGone): MarkGoneAbout {
  const { agentId, hostname, requester, approvedBy, approval, call } = marking;
  const drain = call.by === 'second-drain' ? call.drain : null;
  return { agentId, hostname, requester: requester.userId, approvedBy, approval, drain };
}
