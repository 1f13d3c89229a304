import type { Approved } from '../drain.ts';
import type { AgentId, ApprovalId, Instant } from '../ids.ts';
import type { Person } from '../person.ts';
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
  /** Each agent of it has come to an end; what is next, the next event says. */
  | { type: 'wave-ended'; at: Instant; wave: number }
  /** What may pass by itself holds it up. */
  | { type: 'waits'; at: Instant; why: HaltReason; tell: boolean }
  | { type: 'halted'; at: Instant; why: HaltReason }
  | { type: 'resumed'; at: Instant; by: Person }
  /** From here on what is empty stays out of service: nobody's votes stand for marking it gone. */
  | { type: 'marking-dropped'; at: Instant }
  | { type: 'ended'; at: Instant; end: PlanEnd };

/** An agent's step. */
export type LineMoved = Extract<RollingEvent, { type: 'line-moved' }>;
