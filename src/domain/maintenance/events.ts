import type { Approved } from '../drain.ts';
import type { AgentId, ApprovalId, DrainId, Instant, MasterId } from '../ids.ts';
import type { MachinesCall, MachinesStep, PlanEnd, WholeMachine } from '../plan.ts';
import type { Loss } from './after-write.ts';
import type { ScheduleLine, WindowText } from './text.ts';

/** What happens to a plan over machines. Past tense, facts only. */
export type MachinesEvent =
  /** A second person is asked. */
  | { type: 'asked'; at: Instant; approval: ApprovalId }
  /** `approved` null: it needed nobody. */
  | { type: 'begun'; at: Instant; approved: Approved | null; step: MachinesStep }
  /** `drain`: what empties this agent. */
  | { type: 'drain-begun'; at: Instant; agentId: AgentId; drain: DrainId }
  | { type: 'step-begun'; at: Instant; step: MachinesStep }
  /** `base`: the schedule that ours is made from; null: the call does not write it. */
  | { type: 'call-intended'; at: Instant; call: MachinesCall; base: WindowText[] | null }
  | { type: 'call-accepted'; at: Instant; master: MasterId | null }
  | { type: 'call-rejected'; at: Instant; httpStatus: number | null; body: string }
  | { type: 'call-unknown'; at: Instant; why: string }
  | { type: 'effect-seen'; at: Instant; leader: MasterId }
  | { type: 'no-effect-seen'; at: Instant; leader: MasterId }
  /** Others changed the schedule before ours was seen in it. */
  | { type: 'read-between'; at: Instant; windows: WindowText[] }
  /** Nobody can find out what became of the call. */
  | { type: 'unseen'; at: Instant; why: string; tell: boolean }
  | { type: 'seen-again'; at: Instant }
  /** It was taken, and what it is to bring about does not show. */
  | { type: 'amiss-seen'; at: Instant; leader: MasterId }
  /** It was taken, and agents of these machines are registered still. */
  | { type: 'still-there'; at: Instant; agents: AgentId[] }
  /** What the call was for is seen. */
  | { type: 'step-done'; at: Instant; leader: MasterId; call: MachinesCall; beside: Beside | null }
  /** `was`: the agents that were there before. */
  | { type: 'agent-back'; at: Instant; machine: WholeMachine; agentId: AgentId; was: AgentId[] }
  | { type: 'not-back'; at: Instant; machines: WholeMachine[] }
  | { type: 'ended'; at: Instant; end: PlanEnd };

/** What others did to the schedule around our write. */
export interface Beside {
  lost: (ScheduleLine & Pick<Loss, 'byUs'>)[];
  added: ScheduleLine[];
}
