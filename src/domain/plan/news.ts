import type { PlanId, UserId } from '../ids.ts';
import type { AgentsWork, PlanEnd } from '../plan.ts';
import type { Refusal } from '../refusal.ts';
import type { Tally } from './agents-evolve.ts';

/** Of which plan over agents a notice is. */
export interface PlanAbout {
  plan: PlanId;
  work: AgentsWork;
  requester: UserId;
  /** Lines. */
  agents: number;
}

/** What people are told of a plan over agents in its thread; what its lines do, their own records tell. */
export type PlanNews =
  /** It was scheduled, and begins. */
  | { news: 'hour-came' }
  | { news: 'line-refused'; hostname: string; refusal: Refusal }
  /** `goOn`: lines that have begun, and go on. */
  | { news: 'rest-dropped'; by: UserId; dropped: number; goOn: number }
  /** `notBegun`: it was scheduled until then. `failed`: the hostnames of lines that were refused, or came to another end than was meant. */
  | { news: 'ended'; end: PlanEnd; tally: Tally; failed: string[]; notBegun?: true };
