import type { KnownAgent } from '../../domain/agent.ts';
import type { Approval } from '../../domain/approval.ts';
import type {
  AgentId,
  ApprovalId,
  ChannelId,
  ClusterName,
  DrainId,
  Instant,
  MessageTs,
  NoticeId,
  PlanId,
  ReactivationId,
  ThreadId,
} from '../../domain/ids.ts';
import type { MarkGone } from '../../domain/mark-gone.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Believed } from '../../domain/outside/service.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Reactivation } from '../../domain/reactivation.ts';
import type { AuditReads } from './audit-log.ts';
import type { InboxCommand, OutboxRow, StoredDrain, Swept, ThisDatabase, ThreadRow } from './rows.ts';
import type { Tx } from './tx.ts';
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
  reactivation(id: ReactivationId): Promise<Reactivation | null>;
  approval(id: ApprovalId): Promise<Approval | null>;
  /** Approvals that may still grant something, oldest first. */
  pendingApprovals(cluster: ClusterName): Promise<Approval[]>;
  /** The approval whose prompt is this very message; null: none. */
  approvalByPrompt(channel: ChannelId, ts: MessageTs): Promise<Approval | null>;
  latestApprovals(limit: number): Promise<Approval[]>;
  /** Mark gones that have not ended, oldest first. */
  openMarkGones(cluster: ClusterName): Promise<MarkGone[]>;
  /** What left on this approval as the last call of this agent; null: nothing. */
  markGoneOf(approval: ApprovalId, agentId: AgentId): Promise<MarkGone | null>;
  plan(id: PlanId): Promise<Plan | null>;
  /** Plans that have not ended, proposed ones too, oldest first. */
  unendedPlans(cluster: ClusterName): Promise<Plan[]>;
  latestPlans(limit: number): Promise<Plan[]>;
  latestDrains(limit: number): Promise<StoredDrain[]>;
  directory(cluster: ClusterName): Promise<KnownAgent[]>;
  /** What operators had made of each agent when it was last judged. */
  believed(cluster: ClusterName): Promise<Map<AgentId, Believed>>;
  /** Null: this cluster was never swept. */
  swept(cluster: ClusterName): Promise<Swept | null>;
  /** Since when no sweep of it could reach its masters; null: the latest one did. */
  unreached(cluster: ClusterName): Promise<Instant | null>;
  /** The week's hour for which the digest of this cluster was posted last; null: never. */
  digested(cluster: ClusterName): Promise<Instant | null>;
  thread(id: ThreadId): Promise<ThreadRow | null>;
  /** A message as it was queued, delivered or not. */
  notice(id: NoticeId): Promise<Notice | null>;
  /** Undelivered messages that may go out now or later, by thread and order. */
  outbox(): Promise<OutboxRow[]>;
  staleCards(): Promise<ThreadRow[]>;
  thisDatabase(): Promise<ThisDatabase>;
  close(): Promise<void>;
}
