import type { DrainCard } from '../drain/card.ts';
import type { Cause } from '../drain/cause.ts';
import type { Approved, DrainEnd, Gap, Proof } from '../drain.ts';
import type { FrameworkUsual } from '../history/usual.ts';
import type { AgentId, DrainId, Instant, PlanId, UserId } from '../ids.ts';
import type { Preview } from '../preview.ts';

/** In the drain's thread; the card is its root and is edited in place. */
export type DrainNotice =
  | { kind: 'drain-card'; card: DrainCard; preview: Preview | null }
  | {
      kind: 'call-accepted';
      drain: DrainId;
      hostname: string;
      agentId: AgentId;
      maxGraceSeconds: number | null;
      tasks: number | null;
      expectedEnd: Instant | null;
      /** How long it took the frameworks before; absent: an older bot did not tell. */
      usual?: FrameworkUsual[];
      markGone: boolean;
      goneNext: boolean;
      approved: Approved | null;
    }
  /** It was under way by somebody else's call, and is followed from here on. */
  | { kind: 'adopted'; drain: DrainId; hostname: string; agentId: AgentId; approved: Approved | null }
  | { kind: 'recall'; drain: DrainId; hostname: string; requester: UserId; news: AmendNews }
  | {
      kind: 'hasten';
      drain: DrainId;
      hostname: string;
      requester: UserId;
      maxGraceSeconds: number;
      wasSeconds: number | null;
      news: AmendNews;
    }
  /** The same drain was sent once more, for the master to look again. `failed` null: it is on its way. */
  | {
      kind: 'nudge';
      drain: DrainId;
      hostname: string;
      nudge: number;
      of: number;
      failed: { outcome: 'rejected' | 'unknown'; why: string } | null;
    }
  | { kind: 'call-unknown'; drain: DrainId; hostname: string; why: string }
  | { kind: 'effect-seen'; drain: DrainId; hostname: string }
  /** Its tasks are there for longer than they used to be; all in seconds. `left` null: not known how many of them. */
  | {
      kind: 'framework-slow';
      drain: DrainId;
      hostname: string;
      framework: string;
      left: number | null;
      of: number;
      seconds: number;
      usual: { drains: number; p50: number; p90: number };
    }
  | { kind: 'progress'; drain: DrainId; hostname: string; left: number; of: number; at: Instant }
  | {
      kind: 'waiting';
      drain: DrainId;
      hostname: string;
      cause: Cause;
      since: Instant;
      at: Instant;
      requester: UserId;
    }
  /** The fate of its call is still unknown, for nobody can look. */
  | {
      kind: 'still-unknown';
      drain: DrainId;
      hostname: string;
      cause: Cause;
      since: Instant;
      at: Instant;
      requester: UserId;
    }
  /** Nobody had looked for a while: what follows did not happen just now. */
  | { kind: 'looked-again'; drain: DrainId; hostname: string; gap: Gap }
  | { kind: 'moving-again'; drain: DrainId; hostname: string; was: Cause }
  | {
      kind: 'drained';
      drain: DrainId;
      hostname: string;
      agentId: AgentId;
      proof: Proof;
      requester: UserId;
      tookSeconds: number;
      tasks: number | null;
      goneNext: boolean;
      /** One of many, whose end is told once. */
      inPlan?: true;
      /** This plan takes its machine down next. */
      thenDown?: PlanId;
      /** In which it became so, unseen; absent: it was seen. */
      gap?: Gap;
      /** When its time out of service is over; absent: it has none. */
      until?: Instant;
    }
  | {
      kind: 'ended';
      drain: DrainId;
      hostname: string;
      agentId: AgentId;
      end: DrainEnd;
      wasDrained: boolean;
      requester: UserId;
      markGone: boolean;
      approved: Approved | null;
      /** Our own deactivation of the agent that it went on from; null: there was none. */
      tookOver: DrainId | null;
      inPlan?: true;
      gap?: Gap;
    };

/** How a drain that is under way is changed: its `mark_gone` taken back, or its grace shortened. */
export type AmendNews =
  | { step: 'begun'; by: UserId }
  | { step: 'rejected'; httpStatus: number | null; body: string }
  | { step: 'unknown'; why: string }
  | { step: 'not-applied' }
  | { step: 'done' };
