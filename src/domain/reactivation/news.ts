import type { AgentId, ClusterName, DrainId, Instant, UserId } from '../ids.ts';
import type { Reactivation, ReactivationEnd, ReturnCause } from '../reactivation.ts';
import type { AgentLabel } from '../refusal.ts';

/** Whose reactivation people are told of. */
export interface ReactivationAbout {
  /** Absent: written by an earlier version. */
  cluster?: ClusterName;
  agentId: AgentId;
  hostname: string;
  requester: UserId;
  /** Our drain that it ends. */
  drain: DrainId | null;
  /** One of many, whose end is told once. */
  inPlan?: true;
}

/** What people are told of a reactivation: in its thread, the first one also as the root of it. */
export type ReactivationNews =
  | {
      news: 'asked';
      reason: string | null;
      /** Not registered now: it takes tasks when it returns. */
      away: 'unreachable' | 'recovered' | null;
      /** Why the registered agent could not be asked whether it still drains; null: it was, or it is away. */
      agentNotAsked: string | null;
      /** By a fault of its version it goes on draining, though empty, until it has dropped a task. */
      dropsOne?: boolean;
      /** More ids of the same hostname, not chosen. */
      others: AgentLabel[];
      /** Nobody typed it: its time out of service is over. */
      byHour?: true;
    }
  /** `away`: the master changed it although the agent is not registered. */
  | { news: 'accepted'; away: boolean }
  | { news: 'unknown'; why: string }
  | { news: 'effect-seen' }
  /** `still-unknown`: what became of the call, for nobody could look. */
  | { news: 'waiting' | 'still-unknown'; cause: ReturnCause; since: Instant }
  | { news: 'ended'; end: ReactivationEnd }
  /** To the typist alone, where the story goes on in a thread from before. */
  | { news: 'begun'; permalink: string | null };

/** Of which reactivation a notice is. */
export function aboutOf(reactivation: Reactivation): ReactivationAbout {
  const { cluster, agentId, hostname, requester, drain, plan } = reactivation;
  return {
    cluster,
    agentId,
    hostname,
    requester: requester.userId,
    drain,
    ...(plan === null ? {} : { inPlan: true }),
  };
}
