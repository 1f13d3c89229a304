import type { Policy } from '../../domain/policy.ts';

/** The policy of one cluster. Asked at every use and kept over none: a reload counts at once. */
export interface PolicyInForce {
  current(): Policy;
  /** Why the latest file could not be taken, so that an older policy stands and nothing irreversible leaves; null: the
   * policy that stands is the latest. */
  trouble(): string | null;
}
