import type { Approved } from '../drain.ts';
import type { AgentId, ApprovalId, Instant } from '../ids.ts';
import type { PlanEnd } from '../plan/base.ts';
import type { HaltReason, RollingLineState, RollingPhase } from '../rolling.ts';
import type { Hour } from '../time/hour.ts';

/** What happened to a rolling plan. Past tense, facts only. */
export type RollingEvent =
  /** It waits for its hour. */
  | { type: 'scheduled'; at: Instant; hour: Hour }
  /** A second person is asked. */
  | { type: 'asked'; at: Instant; approval: ApprovalId }
  /** `approved` null: it needed nobody. */
  | { type: 'begun'; at: Instant; approved: Approved | null }
  | { type: 'line-moved'; at: Instant; agentId: AgentId; from: RollingLineState['is']; to: RollingLineState }
  | { type: 'phase-begun'; at: Instant; phase: RollingPhase }
  | { type: 'halted'; at: Instant; why: HaltReason }
  | { type: 'resumed'; at: Instant }
  | { type: 'ended'; at: Instant; end: PlanEnd };
