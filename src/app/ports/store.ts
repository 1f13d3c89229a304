import type { KnownAgent } from '../../domain/agent.ts';
import type { Anchor, Restored } from '../../domain/anchor.ts';
import type { Approval } from '../../domain/approval.ts';
import type { AuditDraft, AuditRow } from '../../domain/audit.ts';
import type { Drain } from '../../domain/drain.ts';
import type {
  AgentId,
  ApprovalId,
  ChannelId,
  ClusterName,
  CorrelationId,
  DatabaseId,
  DrainId,
  Instant,
  MasterId,
  MessageTs,
  NoticeId,
  ThreadId,
  UserId,
} from '../../domain/ids.ts';
import type { MarkGone } from '../../domain/mark-gone.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Schedule } from '../../domain/outside/machines.ts';
import type { OwnWork } from '../../domain/outside/own-work.ts';
import type { Believed } from '../../domain/outside/service.ts';
import type { Reactivation } from '../../domain/reactivation.ts';
import type { AuditReads } from './audit-log.ts';
import type { TypedCommand } from './slack.ts';

/** An inbox row. `correlation` ties all that follows to it. */
export interface InboxCommand extends TypedCommand {
  id: number;
  correlation: CorrelationId;
}

/** A message that waits to be delivered. Rows of one thread go out in the order of `seq`. */
export interface OutboxRow {
  id: NoticeId;
  seq: number;
  to: OutboxTo;
  notice: Notice;
  attempts: number;
  /** When the first attempt was made whose outcome may be in doubt; null before. */
  firstAttemptAt: Instant | null;
  doubtful: boolean;
  dueAt: Instant;
  createdAt: Instant;
}

export type OutboxTo =
  /** `replaces`: in the place of the message whose button was clicked. */
  | { kind: 'answer'; responseUrl: string; expiresAt: Instant; replaces?: true }
  | { kind: 'root'; thread: ThreadId }
  | { kind: 'reply'; thread: ThreadId; broadcast: boolean }
  | { kind: 'channel'; channel: ChannelId }
  /** In the conversation that this person has with the bot alone. */
  | { kind: 'person'; user: UserId }
  /** Seen by one person alone, in a channel. */
  | { kind: 'whisper'; channel: ChannelId; user: UserId; expiresAt: Instant };

/** A thread of ours and what Slack knows of it. `ts` null: its root is not delivered yet. */
export interface ThreadRow {
  id: ThreadId;
  channel: ChannelId;
  rootNotice: NoticeId;
  drain: DrainId | null;
  /** The question that its root asks, or asked. */
  approval: ApprovalId | null;
  ts: MessageTs | null;
  permalink: string | null;
  /** The card no longer shows the truth since then; null: it does. */
  cardStaleSince: Instant | null;
  /** Counts the changes that the card has to show. */
  cardRevision: number;
  cardEditedAt: Instant | null;
  /** The root can never be delivered; why. */
  dead: string | null;
}

/** Which database this is, and whether it was set back. */
export interface ThisDatabase {
  id: DatabaseId;
  /** The head that was last queued for the anchor channel, and when; null: none yet. */
  anchored: { seq: number; at: Instant } | null;
  /** Null: it was not set back, or that was accepted. */
  restored: Restored | null;
  /** Anchors up to then no longer tell of a restore; null: none was accepted. */
  acceptedUpTo: Instant | null;
}

/** The last sweep of a cluster that could read its agents. `schedule` null: it could never be read. */
export interface Swept {
  at: Instant;
  leader: MasterId;
  schedule: Schedule | null;
}

/** The database. Throws a StoreFault (app/faults.ts). */
export interface Store extends AuditReads {
  /** One transaction: all of `work`'s writes or none. `work` awaits nothing but `tx`. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Commands committed and not settled, oldest first. */
  waitingCommands(): Promise<InboxCommand[]>;
  drain(id: DrainId): Promise<StoredDrain | null>;
  /** Drains that are open (calling, checking, draining), oldest first. */
  openDrains(cluster: ClusterName): Promise<StoredDrain[]>;
  /** Drained and still out of service. */
  outOfService(cluster: ClusterName): Promise<StoredDrain[]>;
  /** Reactivations that have not ended, oldest first. */
  openReactivations(cluster: ClusterName): Promise<Reactivation[]>;
  approval(id: ApprovalId): Promise<Approval | null>;
  /** Approvals that may still grant something, oldest first. */
  pendingApprovals(cluster: ClusterName): Promise<Approval[]>;
  /** The approval whose prompt is this very message; null: none. */
  approvalByPrompt(channel: ChannelId, ts: MessageTs): Promise<Approval | null>;
  latestApprovals(limit: number): Promise<Approval[]>;
  /** Mark gones that have not ended, oldest first. */
  openMarkGones(cluster: ClusterName): Promise<MarkGone[]>;
  /** What left on this approval as its last call; null: nothing. */
  markGoneOf(approval: ApprovalId): Promise<MarkGone | null>;
  latestDrains(limit: number): Promise<StoredDrain[]>;
  directory(cluster: ClusterName): Promise<KnownAgent[]>;
  /** What operators had made of each agent when it was last judged. */
  believed(cluster: ClusterName): Promise<Map<AgentId, Believed>>;
  /** Null: this cluster was never swept. */
  swept(cluster: ClusterName): Promise<Swept | null>;
  thread(id: ThreadId): Promise<ThreadRow | null>;
  /** A message as it was queued, delivered or not. */
  notice(id: NoticeId): Promise<Notice | null>;
  /** Undelivered messages that may go out now or later, by thread and order. */
  outbox(): Promise<OutboxRow[]>;
  staleCards(): Promise<ThreadRow[]>;
  thisDatabase(): Promise<ThisDatabase>;
  close(): Promise<void>;
}

export interface StoredDrain {
  drain: Drain;
  checkedAt: Instant | null;
}

/** Writes, all inside one transaction; the type is the only way to write. */
export interface Tx {
  /** `seen`: the same `triggerId` is committed already. */
  takeIn(command: TypedCommand, correlation: CorrelationId): Promise<'new' | 'seen'>;
  settleCommand(id: number, as: 'done' | 'refused' | 'failed' | 'late' | 'void'): Promise<void>;
  /** By trigger, for a row whose commit came too late to be acknowledged. */
  voidCommand(triggerId: string): Promise<void>;
  append(draft: AuditDraft): Promise<AuditRow>;
  nextDrainId(): Promise<DrainId>;
  /** The open drains as this transaction sees them, for limits that must hold when the intent is written. */
  openDrains(cluster: ClusterName): Promise<Drain[]>;
  outOfService(cluster: ClusterName): Promise<Drain[]>;
  /** Throws OpenDrainExists (app/faults.ts) where the agent has an open drain. */
  insertDrain(drain: Drain): Promise<void>;
  /** Writes `drain` over the row that holds version `drain.version - 1`; throws VersionConflict otherwise. */
  saveDrain(drain: Drain): Promise<void>;
  /** Marks when a drain was last looked at; its card is stale from then. */
  noteChecked(drain: DrainId, at: Instant): Promise<void>;
  /** A drain as this transaction sees it. */
  drain(id: DrainId): Promise<Drain | null>;
  /** The reactivations that have not ended, as this transaction sees them. */
  openReactivations(cluster: ClusterName): Promise<Reactivation[]>;
  /** At most one per agent may be under way: ask `openReactivations` first. */
  insertReactivation(reactivation: Reactivation): Promise<void>;
  /** Writes it over the row that holds the version before; throws VersionConflict otherwise. */
  saveReactivation(reactivation: Reactivation): Promise<void>;
  nextApprovalId(): Promise<ApprovalId>;
  /** At most one per agent may be pending: ask `pendingApprovals` first. */
  insertApproval(approval: Approval): Promise<void>;
  /** Writes it over the row that holds the version before; throws VersionConflict otherwise. */
  saveApproval(approval: Approval): Promise<void>;
  approval(id: ApprovalId): Promise<Approval | null>;
  pendingApprovals(cluster: ClusterName): Promise<Approval[]>;
  /** At most one per agent may be under way: ask `openMarkGones` first. */
  insertMarkGone(marking: MarkGone): Promise<void>;
  /** Writes it over the row that holds the version before; throws VersionConflict otherwise. */
  saveMarkGone(marking: MarkGone): Promise<void>;
  openMarkGones(cluster: ClusterName): Promise<MarkGone[]>;
  openThread(thread: {
    id: ThreadId;
    channel: ChannelId;
    rootNotice: NoticeId;
    drain: DrainId | null;
    approval: ApprovalId | null;
  }): Promise<void>;
  /** The thread goes on as this drain's: its root becomes the drain's card. */
  drainInThread(thread: ThreadId, drain: DrainId): Promise<void>;
  queue(row: { id: NoticeId; to: OutboxTo; notice: Notice; createdAt: Instant }): Promise<void>;
  /** All of `ids` went out as one message. */
  markSent(ids: NoticeId[], ts: MessageTs | null, at: Instant): Promise<void>;
  /** One more attempt begins: until its outcome is written it may have been posted. */
  markTried(ids: NoticeId[], at: Instant): Promise<void>;
  /** The attempt failed: when to try again, and whether it may have been posted all the same. */
  markDue(ids: NoticeId[], next: { dueAt: Instant; doubtful: boolean }): Promise<void>;
  markDead(ids: NoticeId[], why: string, at: Instant): Promise<void>;
  rootDelivered(thread: ThreadId, ts: MessageTs, permalink: string | null): Promise<void>;
  rootDead(thread: ThreadId, why: string): Promise<void>;
  /** The link to a thread, once Slack has told it. */
  permalinkOf(thread: ThreadId): Promise<string | null>;
  cardStale(thread: ThreadId, since: Instant): Promise<void>;
  /** `shown`: the `cardRevision` that was read before what the card shows; after a later one it stays stale. */
  cardEdited(thread: ThreadId, shown: number, at: Instant): Promise<void>;
  /** Null: it was not set back, as this transaction sees it. */
  restored(): Promise<Restored | null>;
  setRestored(restored: Restored): Promise<void>;
  /** The restore is accepted: anchors up to then no longer count, and numbers go on above those of the lost part. */
  acceptRestore(upTo: Instant, numbers: Restored['numbers']): Promise<void>;
  /** The head of the log as this transaction sees it; null: the log is empty. */
  anchor(): Promise<Anchor | null>;
  /** The log up to here is anchored. */
  noteAnchored(seq: number, at: Instant): Promise<void>;
  /** Replaces what the directory knows of these agents. */
  rememberAgents(cluster: ClusterName, agents: KnownAgent[]): Promise<void>;
  /** Null: nothing is believed of it any more. */
  believe(cluster: ClusterName, agents: [AgentId, Believed | null][]): Promise<void>;
  noteSwept(cluster: ClusterName, swept: Swept): Promise<void>;
  /** What has not ended, or not before `since`, as this transaction sees it. */
  ownWork(cluster: ClusterName, since: Instant): Promise<OwnWork>;
  /** The agents of which the log tells anything after this entry. */
  agentsFiledAfter(seq: number): Promise<AgentId[]>;
}
