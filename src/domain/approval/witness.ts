import type { MasterSighting } from '../agent.ts';
import type { Instant, MasterId } from '../ids.ts';

/** By what a drain at the master is known again: a failover, a reactivation or another drain changes it. */
export interface MasterWord {
  leader: MasterId;
  /** The master's `estimated_drain_start_time`; null: it lost that in a failover. */
  startedAt: Instant | null;
}

/** What the master shows of the drain of a registered agent; null: none, or the agent is away. */
export function wordOf(seen: MasterSighting): MasterWord | null {
  if (seen.kind !== 'registered' || seen.agent.drain === null) return null;
  return { leader: seen.leader, startedAt: seen.agent.drainStartedAt };
}
