import type { KnownAgent } from '../agent.ts';
import type { AgentId, DrainId, Instant, UserId } from '../ids.ts';

/** An agent that is out of service: by whom, since when, why. */
export interface OutLine {
  agentId: AgentId;
  hostname: string;
  state: KnownAgent['state'];
  /** Null: nobody saw how it came. */
  since: Instant | null;
  by: UserId | 'outside' | null;
  reason: string | null;
  /** When its time is over; null: it has none. */
  until: Instant | null;
  /** Ours that did it; null: a plan that waits for its turn, or another hand. */
  drain: DrainId | null;
  permalink: string | null;
}

/** All that are out of service; `more`: further ones, left out. */
export interface OutList {
  lines: OutLine[];
  more: number;
}
