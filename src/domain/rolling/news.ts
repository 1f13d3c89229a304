import type { Instant, PlanId, UserId } from '../ids.ts';
import type { PlanEnd } from '../plan/base.ts';
import type { Refusal } from '../refusal.ts';
import type { HaltReason, LineFailure, RollingLine, RollingPlan, RollingWork } from '../rolling.ts';
import type { RollingTally } from './tally.ts';

/** Of which rolling plan a notice is. */
export interface RollingAbout {
  plan: PlanId;
  work: RollingWork;
  requester: UserId;
  agents: number;
  waves: number;
}

/** One agent, and what it came to. */
export type LineOfNews = Pick<RollingLine, 'agentId' | 'hostname' | 'state'>;

/** The wave that is next; null: none is. */
export interface NextWave {
  wave: number;
  hostnames: string[];
  notBefore: Instant;
}

/** What people are told of a rolling plan in its thread. The usual steps of its agents are told here once a wave; what is
 * unusual, their own records tell. */
export type RollingNews =
  /** New tasks are kept away from all of it. `before`: from these others had kept them already. */
  | { news: 'kept-away'; kept: number; before: number; next: NextWave | null }
  | { news: 'wave-ended'; wave: number; lines: LineOfNews[]; next: NextWave | null }
  /** What may pass by itself holds it up. */
  | { news: 'waiting'; why: HaltReason; since: Instant }
  /** `goOn`: agents whose drain goes on; `toBegin`: those whose turn is still to come. */
  | { news: 'halted'; why: HaltReason; goOn: number; toBegin: number }
  | { news: 'resumed'; by: UserId }
  /** Beside a halt that was told already, or a cancel. */
  | { news: 'line-failed'; hostname: string; why: LineFailure }
  /** `givenBack`: new tasks were kept away from it, and it goes back into service. */
  | { news: 'line-left-out'; hostname: string; refusal: Refusal; givenBack: boolean }
  | { news: 'cancelled'; by: UserId; goOn: number; giveBack: number }
  | { news: 'marking-dropped' }
  /** It was scheduled, and begins. */
  | { news: 'hour-came' }
  /** `keptAway`: agents that it leaves out of service although nothing was done with them. `notBegun`: it was scheduled until
   * then. */
  | {
      news: 'ended';
      end: PlanEnd;
      tally: RollingTally;
      failed: string[];
      keptAway: string[];
      notBegun?: true;
    };

/** Of which plan a notice is. */
export function aboutRolling({ id, work, requester, lines }: RollingPlan): RollingAbout {
  return {
    plan: id,
    work,
    requester: requester.userId,
    agents: lines.length,
    waves: Math.max(0, ...lines.map(({ wave }) => wave)),
  };
}
