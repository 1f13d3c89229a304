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
  DrainId,
  Instant,
  MessageTs,
  NoticeId,
  PlanId,
  ThreadId,
} from '../../domain/ids.ts';
import type { MarkGone } from '../../domain/mark-gone.ts';
import type { Notice } from '../../domain/notice.ts';
import type { OwnWork } from '../../domain/outside/own-work.ts';
import type { Believed } from '../../domain/outside/service.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Reactivation } from '../../domain/reactivation.ts';
import type { OutboxTo, Swept } from './rows.ts';
import type { TypedCommand } from './slack.ts';
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
    plan?: PlanId;
  }): Promise<void>;
  nextPlanId(): Promise<PlanId>;
  /** Throws AgentHeld (app/faults.ts) where another plan that is under way holds one of its agents. */
  insertPlan(plan: Plan): Promise<void>;
  /** Writes it over the row that holds the version before; throws VersionConflict otherwise, and AgentHeld as above. */
  savePlan(plan: Plan): Promise<void>;
  /** A plan as this transaction sees it. */
  plan(id: PlanId): Promise<Plan | null>;
  unendedPlans(cluster: ClusterName): Promise<Plan[]>;
  /** Plans that have not ended, or not before `since`, as this transaction sees them. */
  plansSince(cluster: ClusterName, since: Instant): Promise<Plan[]>;
  /** The thread goes on as this plan's: its root becomes the plan's card. */
  planInThread(thread: ThreadId, plan: PlanId): Promise<void>;
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
  /** The directory as this transaction sees it. */
  directory(cluster: ClusterName): Promise<KnownAgent[]>;
  /** The directory as this transaction sees it. */
  directory(cluster: ClusterName): Promise<KnownAgent[]>;
  /** Replaces what the directory knows of these agents. */
  rememberAgents(cluster: ClusterName, agents: KnownAgent[]): Promise<void>;
  /** Null: nothing is believed of it any more. */
  believe(cluster: ClusterName, agents: [AgentId, Believed | null][]): Promise<void>;
  noteSwept(cluster: ClusterName, swept: Swept): Promise<void>;
  /** Null: its masters answer. */
  noteUnreached(cluster: ClusterName, since: Instant | null): Promise<void>;
  noteDigested(cluster: ClusterName, at: Instant): Promise<void>;
  /** What has not ended, or not before `since`, as this transaction sees it. */
  ownWork(cluster: ClusterName, since: Instant): Promise<OwnWork>;
  /** The agents of which the log tells anything after this entry. */
  agentsFiledAfter(seq: number): Promise<AgentId[]>;
}
