import type { Machine } from '../agent.ts';

/** One window of the maintenance schedule, exactly as the master has it. Source: mesos include/mesos/v1/maintenance. */
export interface Window {
  /** A part that is null is not set, which differs from an empty one. */
  machines: Machine[];
  /** Since the epoch; any int64. */
  startNs: bigint;
  /** Null: without an end. */
  durationNs: bigint | null;
}
