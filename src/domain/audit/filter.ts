import type { Verb } from '../command.ts';
import type { ClusterName, Instant, UserId } from '../ids.ts';

/** Which entries of the log are asked for; null: it does not matter. */
export interface AuditFilter {
  /** An agent's id, or a hostname. */
  agent: string | null;
  cluster: ClusterName | null;
  by: UserId | null;
  command: Verb | null;
  /** From then on, that instant included. */
  since: Instant | null;
  /** Up to then, that instant left out. */
  until: Instant | null;
}
