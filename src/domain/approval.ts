import { type Covers, coveredAgents } from './approval/covers.ts';
import type { Drift } from './approval/drift.ts';
import type { Loss } from './approval/loss.ts';
import type { MasterWord } from './approval/witness.ts';
import type { Beside } from './beside.ts';
import type {
  AgentId,
  ApprovalId,
  ChannelId,
  ClusterName,
  CorrelationId,
  DrainId,
  Instant,
  PlanId,
  Seconds,
  ThreadId,
  UserId,
} from './ids.ts';
import type { Person, PersonKey } from './person.ts';
import type { Entitled } from './policy.ts';
import type { ApprovalReason, Refusal } from './refusal.ts';
import type { Hour } from './time/hour.ts';

/** What an approval is asked for: one exact thing, done to one exact agent. */
export type Act =
  /** One call. It comes back: by itself `outFor` after it is drained; absent: once somebody reactivates it. */
  | { kind: 'drain'; maxGrace: Seconds | null; outFor?: Seconds }
  /** Two calls: a plain drain, and once the agent is proven empty the same again with `mark_gone: true`. */
  | { kind: 'drain-then-gone'; maxGrace: Seconds | null }
  /** One call, `mark_gone: true` from the start: the master marks it gone by itself. */
  | { kind: 'drain-unattended'; maxGrace: Seconds | null }
  /** MARK_AGENT_GONE, for machines that are dead. `now`: even if it is alive and runs tasks. */
  | { kind: 'mark-gone'; now: boolean };

/** A question that a second person answers by a reaction: about one agent, or about a plan. */
export type Approval = AgentApproval | PlanApproval;

export interface ApprovalBase {
  id: ApprovalId;
  /** Counts its transitions; a write with a stale one is refused. */
  version: number;
  cluster: ClusterName;
  requester: Requester;
  channel: ChannelId;
  /** The prompt is the root of it. */
  thread: ThreadId;
  correlation: CorrelationId;
  typed: string;
  reason: string;
  /** Why a second person is asked, as the prompt shows it. */
  because: ApprovalReason[];
  /** The question that this one asks again; null: it is the first. */
  follows: ApprovalId | null;
  /** Votes needed, and of whom one must be among them (null: of nobody in particular), as the prompt shows it. The policy
   * of the moment decides. */
  needed: number;
  oneOf: Entitled | null;
  askedAt: Instant;
  expiresAt: Instant;
  /** What was approved waits for it, in sight; absent: for nothing but its hold. */
  hour?: Hour;
  ballots: Ballot[];
  state: ApprovalState;
}

/** One exact thing, done to one exact agent. */
export interface AgentApproval extends ApprovalBase {
  of: 'agent';
  agentId: AgentId;
  hostname: string;
  /** As shown; null: not known. */
  address: { ip: string; port: number } | null;
  act: Act;
  /** What would be destroyed, as the prompt shows it: the approval covers this and no more. */
  loss: Loss;
  /** The prompt says that the agent can't be asked, so that emptiness will be the master's word. */
  masterWordOnly: boolean;
  /** The drain that this goes on from; null: its first call is still to come, or it needs none. */
  drain: DrainId | null;
  /** What the master showed of that drain when this was asked; null: it had not begun. */
  witness: MasterWord | null;
  /** Beside what of others it goes on; absent: an older version did not judge that. */
  beside?: Beside;
}

/** One exact list of agents or machines, and what is done with all of them. */
export interface PlanApproval extends ApprovalBase {
  of: 'plan';
  plan: PlanId;
  covers: Covers;
}

/** Whoever asked, with what a second person is told apart by. */
export interface Requester extends Person {
  key: PersonKey;
}

/** What a reaction on a prompt means. `mistaken`: looks like a yes and is none. */
export type Mark = 'approve' | 'deny' | 'stop' | 'mistaken';

/** One reaction of one person on a prompt. */
export interface Ballot {
  user: UserId;
  mark: Mark;
  firstSeenAt: Instant;
  /** Null: could not be judged yet. */
  verdict: Verdict | null;
  /** Who they are, as Slack named them when it was judged; null: not judged yet, or Slack knows no such user. */
  by: Requester | null;
}

/** What a ballot counts as. */
export type Verdict =
  /** `oneOf`: whoever gave it is one of those of whom one must be among the votes. */
  | { is: 'approves'; oneOf: boolean }
  | { is: 'denies' }
  /** The requester takes the question back. */
  | { is: 'withdraws' }
  /** Stops a call that is about to leave, or drops the second one. */
  | { is: 'stops' }
  /** Nothing leaves while it stands. */
  | { is: 'objects' }
  | { is: 'refused'; why: VoteRefusal };

export type VoteRefusal =
  | 'own-vote'
  | 'not-entitled'
  | 'bot'
  | 'guest'
  | 'deactivated'
  | 'other-workspace'
  | 'no-team'
  | 'nobody'
  | 'shared-channel'
  | 'expired'
  | 'settled'
  | 'not-a-vote';

/** Where an approval stands. */
export type ApprovalState =
  | { status: 'open' }
  /** Enough votes stand; the call leaves at `until` unless somebody objects. `since`: when this process began it. */
  | { status: 'holding'; quorumAt: Instant; since: Instant; until: Instant; by: Person[] }
  /** What was approved has begun; the call that can't be undone is to come, and votes still count. */
  | { status: 'standing'; quorumAt: Instant; since: Instant; by: Person[]; waits: Waits | null }
  | { status: 'settled'; at: Instant; how: Settlement; wasStanding: boolean; again: ApprovalId | null };

/** Since when a second call, whose turn has come, can't be judged, and when people last heard of that. */
export interface Waits {
  since: Instant;
  toldAt: Instant | null;
}

/** How an approval came to its end. Only `used` let its last call leave. */
export type Settlement =
  | { how: 'used'; by: Person[] }
  | { how: 'denied'; by: Person }
  | { how: 'withdrawn'; by: Person }
  | { how: 'stopped'; by: Person }
  /** A vote that it rested on was taken back, after the first call. */
  | { how: 'taken-back'; by: Person }
  | { how: 'expired' }
  /** Enough had approved, and the call could not leave in time. `limit`: 15 minutes, or a day for the second one. */
  | { how: 'late'; limit: Seconds }
  /** Something is not as it was shown. */
  | { how: 'changed'; what: Drift[] }
  /** What was approved is refused by now. */
  | { how: 'refused'; refusal: Refusal }
  /** The prompt can't be read as a prompt any more. */
  | { how: 'no-prompt'; why: 'deleted' | 'closed' | 'shared' | 'undeliverable' | 'left' | 'archived' }
  /** The drain it stood for came to another end. */
  | { how: 'drain-ended'; end: string }
  /** So did the plan, before the call that the approval stood for. */
  | { how: 'plan-ended'; end: string }
  /** The database is from the past. `shown`: whether its message read as open then; another one keeps its face. */
  | { how: 'restored'; shown: 'open' | 'closed' | 'not-read' };

/** What happened to an approval. Past tense, facts only. */
export type ApprovalEvent =
  /** A ballot was seen or judged (anew). */
  | { type: 'voted'; at: Instant; ballot: Ballot }
  | { type: 'vote-gone'; at: Instant; ballot: Ballot }
  | { type: 'held'; at: Instant; until: Instant; by: Person[] }
  /** Cut by a stop of the bot: the hold runs in full, in sight. */
  | { type: 'held-anew'; at: Instant; until: Instant }
  /** Not enough votes stand any more. */
  | { type: 'released'; at: Instant }
  /** The second call's turn has come, and since then nobody can say whether it may leave. */
  | { type: 'waits'; at: Instant; why: string; tell: boolean }
  /** The policy asks for other votes by now than the prompt shows. */
  | { type: 'needs'; at: Instant; needed: number; oneOf: Entitled | null }
  /** What it covers is under way. `drain` null: a plan is. */
  | { type: 'stands'; at: Instant; drain: DrainId | null }
  | { type: 'settled'; at: Instant; how: Settlement; again: ApprovalId | null };

/** Whether it can still grant anything. */
export function isPending(approval: Approval): boolean {
  return approval.state.status !== 'settled';
}

/** The drain that it goes on from, or has begun; null: there is none, or it is about a plan. */
export function drainUnder(approval: Approval): DrainId | null {
  return approval.of === 'agent' ? approval.drain : null;
}

/** Every agent that it is about. */
export function agentsOf(approval: Approval): AgentId[] {
  return approval.of === 'agent'
    ? [approval.agentId]
    : coveredAgents(approval.covers).map(({ agentId }) => agentId);
}

/** The people whose standing votes count, each human once. */
export function approversOf({ ballots }: Pick<Approval, 'ballots'>): Requester[] {
  const by = new Map<PersonKey, Requester>();
  for (const ballot of ballots)
    if (ballot.verdict?.is === 'approves' && ballot.by !== null && !by.has(ballot.by.key))
      by.set(ballot.by.key, ballot.by);
  return [...by.values()];
}

/** Whether running tasks are part of what is destroyed, or end as in any drain. */
export function tasksAreLoss(act: Act): boolean {
  return act.kind === 'drain-unattended' || act.kind === 'mark-gone';
}

/** Whether the agent is gone for ever after it. */
export function marksGone(act: Act): boolean {
  return act.kind !== 'drain';
}
