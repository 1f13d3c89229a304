import type { BrakeReading } from './brake.ts';
import type { Collision } from './collisions.ts';
import type { AgentId, ApprovalId, DrainId, Instant, UserId } from './ids.ts';
import type { ObjectedMachine } from './maintenance/may-maintain.ts';
import type { ChangeKind, Entitled, Hours } from './policy.ts';
import type { MarkingRefusal } from './refusal/marking.ts';
import type { PlanRefusal } from './refusal/plans.ts';
import type { ServiceRefusal } from './refusal/service.ts';
import type { HourRefusal } from './time/hour.ts';

/** What keeps the bot's own database from being used. Nothing in it comes from people. */
export interface StoreTrouble {
  /** SQLite's code, like `SQLITE_FULL`, or a word of the same kind. */
  code: string;
  toDo: string;
}

/** An expected "no": what stands in the way, with the facts that a person needs to get past it.
 * One switch (slack/blocks/refusals/refusal.ts) turns each into what, why, and what to do. */
export type Refusal =
  // The words
  | { code: 'bad-command'; problems: Problem[]; typed: string; example: string }
  // The cluster
  | { code: 'which-cluster'; clusters: string[] }
  | { code: 'no-such-cluster'; typed: string; near: string | null; clusters: string[] }
  /** `work`: its short id. */
  | { code: 'other-clusters-work'; work: string; cluster: string; named: string }
  /** What the configuration had once. */
  | { code: 'cluster-not-configured'; work: string; cluster: string; clusters: string[] }
  | { code: 'name-not-typed'; cluster: string }
  // The person and the place
  | { code: 'not-operator'; user: UserId; operatorsConfigured: boolean }
  | { code: 'person-unknown'; why: string }
  | {
      code: 'not-a-member-of-workspace';
      why: 'bot' | 'guest' | 'deactivated' | 'other-workspace' | 'no-team';
    }
  | { code: 'channel-not-allowed'; allowed: string[] }
  | { code: 'direct-message' }
  | { code: 'shared-channel' }
  | { code: 'bot-not-in-channel' }
  | { code: 'channel-unknown'; why: string }
  // The moment
  | { code: 'not-recorded'; why: 'slow' | StoreTrouble }
  | { code: 'picked-up-late'; afterSeconds: number }
  | { code: 'too-many-commands'; retryAfterSeconds: number }
  /** The database is from the past, and nobody has accepted that yet. */
  | { code: 'database-restored'; since: Instant }
  /** Of heads of the log: nowhere to post them. */
  | { code: 'no-anchor-channel' }
  /** Whether this is a database from the past can't be told now, and a head of one must not go out. */
  | { code: 'anchors-not-known'; why: string }
  | HourRefusal
  // The target
  | UnclearName
  /** Several such names in one command. */
  | { code: 'targets-unclear'; each: UnclearName[] }
  /** By selectors; how many each of them matches alone, and what is near to one that matches none. */
  | {
      code: 'nothing-selected';
      registered: number;
      parts: { shown: string; matches: number; near: string[] }[];
    }
  | { code: 'agent-not-drainable'; agent: AgentLabel; why: 'gone' | 'absent' | 'unreadable'; detail: string }
  | { code: 'already-open'; drain: DrainId; agent: AgentLabel; permalink: string | null }
  | {
      code: 'already-draining';
      agent: AgentLabel;
      state: 'DRAINING' | 'DRAINED';
      maxGraceSeconds: number | null;
      /** Our own drain that it is out of service for; null: none that we know of. */
      ours: { drain: DrainId; permalink: string | null } | null;
    }
  | { code: 'scheduled-for-maintenance'; agent: AgentLabel; machine: string }
  | { code: 'cannot-drain-capability'; agent: AgentLabel; version: string }
  | ServiceRefusal
  // The policy of the cluster
  | { code: 'against-policy'; objections: PolicyObjection[] }
  /** Its latest file can't be used: nothing irreversible is done until it can. */
  | { code: 'policy-broken'; why: string }
  /** Open work of others; `canInsist`: whether `--anyway` is a way out. */
  | { code: 'collides'; with: Collision[]; canInsist: boolean }
  // Two people
  /** It may not be done alone, and nobody can be asked for it in this way. */
  | { code: 'needs-approval'; because: ApprovalReason[] }
  | { code: 'reason-needed'; because: ApprovalReason[] }
  /** `oneOf`: one of them must approve, and none of them but the asker could; absent: there are too few in all. */
  | { code: 'nobody-can-approve'; approversConfigured: boolean; needed: number; oneOf?: Entitled }
  | { code: 'approval-open'; agent: AgentLabel; approval: ApprovalId; permalink: string | null }
  | { code: 'approval-settled'; approval: ApprovalId; how: string }
  | { code: 'no-such-approval'; typed: string; near: ApprovalId[]; archive?: string }
  | MarkingRefusal
  | { code: 'recall-open'; drain: DrainId }
  | { code: 'hasten-open'; drain: DrainId }
  /** `maxGraceSeconds`: its grace now; null: each task keeps its own. */
  | {
      code: 'cannot-hasten';
      drain: DrainId;
      why: 'approved' | 'changed' | 'not-shorter' | 'too-short' | 'deactivation';
      approval: ApprovalId | null;
      maxGraceSeconds: number | null;
    }
  /** `archive`: it was given, and ended before this log's file began, which goes on from that one. */
  | { code: 'no-such-drain'; typed: string; near: DrainId[]; archive?: string }
  | PlanRefusal
  // Machines
  | { code: 'machines-not-ready'; command: string; machines: ObjectedMachine[] }
  /** Where its agent is, nobody knows, so neither does anybody know its machine. */
  | { code: 'machine-unknown'; agent: AgentLabel }
  | { code: 'drain-ended'; drain: DrainId; end: string }
  | { code: 'call-under-way'; drain: DrainId }
  | { code: 'cannot-cancel-drain'; drain: DrainId }
  | { code: 'master-unreadable'; cluster: string; why: string };

/** A name by which no agent, or more than one, is known. */
export type UnclearName =
  | { code: 'no-such-agent'; typed: string; near: AgentLabel[] }
  | { code: 'ambiguous-agent'; typed: string; candidates: AgentLabel[] };

/** Whether it stands for "nobody can say now": what waits may wait on. */
export function isUnreadable(refusal: Refusal): boolean {
  return (
    (refusal.code === 'agent-not-drainable' ||
      refusal.code === 'agent-not-deactivatable' ||
      refusal.code === 'agent-not-reactivatable' ||
      refusal.code === 'not-markable') &&
    refusal.why === 'unreadable'
  );
}

/** One objection to a command's words. `at` and `length` count UTF-16 units in the text as typed. */
export interface Problem {
  at: number;
  length: number;
  what: string;
  allowed: string[];
  nearest: string | null;
}

/** Why a command can't be undone lightly and so needs a second person. */
export type ApprovalReason =
  | { why: 'irreversible'; command: string }
  /** `under`: what is too short; absent: 5, written by an earlier version. */
  | { why: 'short-grace'; seconds: number; under?: number }
  | { why: 'many-agents'; agents: number; over: number }
  /** The policy asks for it, whenever this is done. */
  | { why: 'policy-verb'; command: ChangeKind }
  | { why: 'hours'; hours: Hours }
  /** A freeze window is overridden. */
  | { why: 'freeze'; name: string; until: Instant }
  /** So much of the cluster is out of service already, and that is overridden. */
  | ({ why: 'brake' } & BrakeReading);

/** What the policy has against a change. */
export type PolicyObjection =
  /** `canOverride`: whether `--override-freeze` is a way out. */
  | { about: 'freeze'; name: string; until: Instant; command: ChangeKind; canOverride: boolean }
  /** So much of the cluster is out of service. `canOverride`: whether `--override-brake` is a way out. */
  | ({ about: 'brake'; canOverride: boolean } & BrakeReading)
  | { about: 'reason'; words: string; example: string; given: boolean };

/** Enough of an agent to tell it from the others. */
export interface AgentLabel {
  agentId: AgentId;
  hostname: string;
  state: string;
}

/** A value, or the "no" in its place. */
export type Result<T, R = Refusal> = { ok: true; value: T } | { ok: false; refusal: R };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refuse<T = never, R extends Refusal = Refusal>(refusal: R): Result<T, R> {
  return { ok: false, refusal };
}
