import type { Cause } from '../drain/cause.ts';
import type { DrainEnd, Proof } from '../drain.ts';
import type { AgentId, DrainId, Instant, UserId } from '../ids.ts';

/** Whose deactivation people are told of. */
export interface DeactivationAbout {
  drain: DrainId;
  agentId: AgentId;
  hostname: string;
  requester: UserId;
  /** One of many, whose end is told once. */
  inPlan?: true;
}

/** What people are told in the thread of a deactivation. */
export type DeactivationNews =
  /** `tasks` null: could not be read. `until`: when its time out of service is over; absent: it has none. */
  | { news: 'accepted'; tasks: number | null; until?: Instant }
  | { news: 'unknown'; why: string }
  | { news: 'effect-seen'; until?: Instant }
  | { news: 'progress'; left: number; of: number; at: Instant }
  | { news: 'waiting'; cause: Cause; since: Instant }
  /** The fate of its call is still unknown, for nobody can look. */
  | { news: 'still-unknown'; cause: Cause; since: Instant }
  | { news: 'moving-again'; was: Cause }
  /** It holds nothing any more. */
  | { news: 'empty'; proof: Proof; tookSeconds: number; tasks: number | null }
  | { news: 'ended'; end: DrainEnd; wasEmpty: boolean };
