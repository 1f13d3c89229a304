import type { PlanId } from '../ids.ts';
import type { WholeMachine } from '../maintenance/machine.ts';
import type { LineChange } from '../plan/as-shown.ts';
import type { OverLimit } from '../plan/over-limits.ts';
import type { MachinesCall } from '../plan.ts';
import type { AgentLabel } from '../refusal.ts';
import type { HaltReason } from '../rolling.ts';

/** What stands in the way of a plan, or of one line of it. */
export type PlanRefusal =
  | { code: 'no-such-plan'; typed: string; near: PlanId[] }
  /** `how` it stands, in a word. */
  | { code: 'plan-settled'; plan: PlanId; how: string }
  | { code: 'not-your-plan'; plan: PlanId }
  /** All of it, and what it does can't be taken back. */
  | { code: 'plan-begun'; plan: PlanId; work: 'drain' | 'deactivate' | 'reactivate' }
  /** Of machines: a call of it has left, or may have. */
  | { code: 'plan-calls'; plan: PlanId; call: MachinesCall; machines: WholeMachine[] }
  /** More agents than one list takes. */
  | { code: 'plan-too-long'; agents: number; most: number }
  /** All its agents at once would break these. */
  | { code: 'plan-over-limits'; agents: number; over: OverLimit[] }
  /** A wave that was typed is larger than the policy allows. `attribute` null: in all. */
  | { code: 'waves-over-limits'; over: { attribute: string | null; wanted: number; allowed: number }[] }
  /** It is away, and a wave would wait for it. */
  | { code: 'not-rollable'; agent: AgentLabel }
  | { code: 'held-by-plan'; agent: AgentLabel; plan: PlanId; permalink: string | null }
  /** One line, at its turn. */
  | { code: 'not-as-shown'; agent: AgentLabel; changes: LineChange[] }
  | { code: 'one-at-a-time'; command: string }
  /** Only a rolling drain has waves between which it can be held up. */
  | { code: 'plan-not-rolling'; plan: PlanId; command: 'pause' | 'resume' }
  /** `how` it stands: shown, asked, or waiting for its hour. */
  | { code: 'plan-not-begun'; plan: PlanId; how: 'proposed' | 'asked' | 'scheduled' }
  /** Nothing more of it begins before it is resumed. */
  | { code: 'plan-halted'; plan: PlanId; halt: HaltReason['code'] }
  /** Nothing holds it up. */
  | { code: 'plan-goes-on'; plan: PlanId };
