import type { Attributes } from './agent.ts';
import type { Drift } from './approval/drift.ts';
import type { Cause } from './drain/cause.ts';
import type { Read } from './drain.ts';
import type { AgentId, ApprovalId, DrainId, Instant, ReactivationId, Seconds } from './ids.ts';
import type { Person } from './person.ts';
import type { PlanBase, PlanState } from './plan/base.ts';
import type { AgentAsShown } from './plan.ts';
import type { Refusal } from './refusal.ts';

/** One frozen list of agents that is drained in waves (ADR 0015): new tasks are kept away from all of it first, so that those
 * that leave do not land on the next one; then no more at once than was shown. */
export interface RollingPlan extends PlanBase {
  of: 'rolling';
  work: RollingWork;
  lines: RollingLine[];
  /** What nobody could say when it was shown: whoever confirmed it took it as such. */
  unjudged: Unjudged;
  /** Since when it runs, or ran; null: it never did. */
  begunAt: Instant | null;
  state: PlanState<RollingRun>;
}

export interface RollingWork {
  do: 'roll';
  maxGrace: Seconds | null;
  /** Agents of one wave. */
  parallel: number;
  /** Of one wave, those that have the same value of an attribute. */
  per: { attribute: string; allowed: number }[];
  /** Between the end of a wave and the next one. */
  pause: Seconds;
  afterwards: RollingThen;
}

/** What becomes of an agent once it is proven empty. */
export type RollingThen =
  /** It stays out of service, for whoever has work on it. */
  | { do: 'wait' }
  /** `after` its proof. */
  | { do: 'reactivate'; after: Seconds }
  /** By a second call, under the plan's approval. */
  | { do: 'mark-gone' };

/** What of the waves could not be judged. */
export interface Unjudged {
  /** Whether the rest has room for any of them. */
  room: boolean;
  /** The frameworks, by id, of which it is not known where else their tasks run. */
  frameworks: string[];
}

/** One agent of the frozen list. */
export interface RollingLine {
  agentId: AgentId;
  hostname: string;
  /** As shown; null: not known. */
  address: { ip: string; port: number } | null;
  attributes: Attributes;
  shown: AgentAsShown;
  /** Counts from 1; as shown, and never changed. */
  wave: number;
  state: RollingLineState;
}

export type RollingLineState =
  /** Nothing of it has been done. */
  | { is: 'todo' }
  /** New tasks are to be kept away from it: the line's own call, which leaves once. */
  | { is: 'deactivating'; call: KeepingAway }
  /** The leading master shows it deactivated. `ours`: by us, so that a plan that is cancelled gives it back. */
  | {
      is: 'kept-away';
      since: Instant;
      ours: boolean;
      /** The first read that shows it in service, or nowhere. */
      amiss: Read | null;
      /** Why it is left out of its wave, and given back by itself; null: its turn is to come. */
      leftOut: Refusal | null;
    }
  /** From here on records of their own tell. */
  | {
      is: 'draining';
      drain: DrainId;
      /** Others had it out of service before; absent: the plan kept it away. */
      others?: true;
    }
  /** Proven empty; what is to become of it has not begun. */
  | { is: 'drained'; drain: DrainId; at: Instant }
  | { is: 'marking'; drain: DrainId }
  /** `drain` null: it was only kept away. */
  | { is: 'returning'; drain: DrainId | null; reactivation: ReactivationId }
  /** It came to the end that was meant. */
  | { is: 'done'; how: 'drained' | 'gone' | 'back'; drain: DrainId }
  /** It was only kept away, and is in service again: the plan was cancelled, or it was left out. */
  | { is: 'given-back'; reactivation: ReactivationId }
  | { is: 'failed'; drain: DrainId | null; why: LineFailure }
  /** It was refused when it was shown, or at its moment. */
  | { is: 'refused'; refusal: Refusal }
  /** The plan was cancelled before anything was done with it, or it was kept away by others. */
  | { is: 'dropped' };

/** How far the call that keeps new tasks away has come. */
export type KeepingAway =
  /** The intent is on disk; it may or may not have left. */
  | { at: 'calling'; intendedAt: Instant }
  /** Its fate is unknown, and is found out by looking. `noEffect`: the first read that shows none. */
  | { at: 'checking'; intendedAt: Instant; why: string; noEffect: Read | null }
  /** It was taken; the leading master's word is waited for. */
  | { at: 'confirming'; acceptedAt: Instant; amiss: Read | null };

/** Why one agent came to another end than was meant. */
export type LineFailure =
  | { code: 'rejected'; httpStatus: number | null; body: string }
  | { code: 'not-applied' }
  /** Its drain or mark gone ended otherwise; `end`: the kind of that end. */
  | { code: 'ended-otherwise'; end: string }
  /** Proven empty, it was not as it was approved to be marked gone: it stays out of service. */
  | { code: 'not-marked'; what: Drift[] }
  /** So did its reactivation: it may still be out of service. */
  | { code: 'return-ended'; end: string }
  /** While it waited for its turn. */
  | { code: 'reactivated-elsewhere' | 'drained-elsewhere' | 'gone' | 'removed' }
  /** It could not be taken back into service. */
  | { code: 'not-returned'; refusal: Refusal };

/** What a running one is at. */
export interface RollingRun {
  phase: RollingPhase;
  /** Why the next wave does not begin; null: nothing holds it. A wave that drains goes on under it. */
  halt: Halt | null;
  /** What may pass by itself, and is waited for before it halts the plan; null: nothing is. */
  waits: Waits | null;
  /** When somebody last had it go on; what people were told before then halts it no more. */
  resumedAt: Instant | null;
  /** Refused at their turn, and tried once more since somebody had it go on: refused again, they are left out. */
  retrying: AgentId[];
}

export interface Waits {
  since: Instant;
  why: HaltReason;
  toldAt: Instant | null;
}

export type RollingPhase =
  /** The whole list is kept away from, wave or no wave. */
  | { at: 'deactivating' }
  /** `wave` is the next one, and does not begin before `notBefore`. */
  | { at: 'between'; wave: number; notBefore: Instant }
  | { at: 'wave'; wave: number; since: Instant }
  /** It was cancelled: what was only kept away is taken back into service. */
  | { at: 'giving-back'; by: Person };

export interface Halt {
  since: Instant;
  why: HaltReason;
}

export type HaltReason =
  | { code: 'paused'; by: Person }
  | { code: 'line-failed'; agentId: AgentId; hostname: string; why: LineFailure }
  | { code: 'line-refused'; agentId: AgentId; hostname: string; refusal: Refusal }
  | { code: 'stuck'; agentId: AgentId; hostname: string; drain: DrainId; cause: Cause }
  /** Limits, a freeze, the brake, the policy: what speaks against a wave that single commands are refused by too. */
  | { code: 'refused'; refusal: Refusal }
  | { code: 'wave'; objection: WaveObjection }
  | { code: 'gate'; why: string }
  /** `approval` does not stand any more. */
  | { code: 'votes'; approval: ApprovalId; why: string }
  /** The master can't say what is there. */
  | { code: 'unreadable'; why: string };

/** What speaks against a wave as such. */
export type WaveObjection =
  /** The rest has no room for what it runs; kinds of which there is too little, or tasks that fit on no single agent. */
  | { code: 'no-room'; short: string[]; misfits: number }
  | { code: 'too-little-free'; kind: 'cpus' | 'mem'; freePercent: number; wantedPercent: number }
  /** It would take the last instances of these together; `agents`: on how many of the wave. */
  | { code: 'last-instances'; names: { framework: string; name: string; instances: number }[] }
  | { code: 'not-known'; what: 'room' | 'instances'; why: string };
