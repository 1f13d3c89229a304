import type { Restored } from '../../domain/anchor.ts';
import type { Drain } from '../../domain/drain.ts';
import type {
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
  PlanId,
  ThreadId,
  UserId,
} from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Schedule } from '../../domain/outside/machines.ts';
import type { TypedCommand } from './slack.ts';

/** An inbox row. `correlation` ties all that follows to it. */
export interface InboxCommand extends TypedCommand {
  id: number;
  correlation: CorrelationId;
  /** The cluster that it turned out to be for, where there are several: its answer says so. */
  onCluster?: ClusterName;
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
  /** The plan whose card its root is. */
  plan: PlanId | null;
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

export interface StoredDrain {
  drain: Drain;
  checkedAt: Instant | null;
}
