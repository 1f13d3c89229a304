import type {
  AgentSighting,
  FrameworkFacts,
  KnownAgent,
  Leader,
  MasterSighting,
  RegisteredAgent,
  TaskFacts,
} from '../domain/agent.ts';
import type { AuditDraft, AuditEntry, AuditRow } from '../domain/audit.ts';
import type { Call, CallOutcome, Drain } from '../domain/drain.ts';
import type {
  AgentId,
  ChannelId,
  ClusterName,
  CorrelationId,
  DrainId,
  Instant,
  MessageTs,
  NoticeId,
  TeamId,
  ThreadId,
  UserGroupId,
  UserId,
} from '../domain/ids.ts';
import type { Notice } from '../domain/notice.ts';
import type { ChannelFacts, PersonFacts } from '../domain/person.ts';

/** Time. Everything in src/ that waits or tells the hour does it through this. */
export interface Clock {
  now(): Instant;
  /** Runs `fn` once, `ms` from now; answers a function that cancels it. */
  after(ms: number, fn: () => void): () => void;
}

/** A fresh random UUID. */
export type NewId = () => string;

/** The log for those who run the bot (not the audit log). Static message, facts as fields. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  /** Someone must act now. */
  error(facts: object, message: string): void;
}

/** Reads of one cluster through its leading master and its agents. Every read is a projection.
 * Throws a MasterFault (app/faults.ts) where nothing could be read; `lookAt` answers `not-read` instead. */
export interface Master {
  readonly cluster: ClusterName;
  leader(): Promise<Leader>;
  /** One shared read of all agents (GET_AGENTS), for the directory and for `agents`. */
  sweep(): Promise<Sweep>;
  /** One look at one agent: `/slaves?slave_id=`, and the registry of the same leader where it isn't listed. */
  lookAt(agent: AgentId): Promise<MasterSighting>;
  /** The agent's own API; never throws. */
  askAgent(agent: AgentId, address: { ip: string; port: number }): Promise<AgentSighting>;
  /** The frameworks that the master knows now (GET_FRAMEWORKS). */
  frameworks(): Promise<FrameworkFacts[]>;
  /** The master's own tasks of one agent; reads GET_TASKS of the whole cluster: never on a timer. */
  tasksOf(agent: AgentId): Promise<TaskFacts[]>;
  /** Pending operations on one agent (GET_OPERATIONS), resource providers included. */
  pendingOperationsOf(agent: AgentId): Promise<number>;
  /** The machine's entry in the maintenance schedule as the master writes it, or null. */
  scheduled(machine: { hostname: string; ip: string }): Promise<string | null>;
}

export interface Sweep {
  leader: Leader;
  registered: RegisteredAgent[];
  /** Known from the registry, not re-registered since a failover. */
  recovered: Pick<KnownAgent, 'agentId' | 'hostname' | 'attributes'>[];
}

/** The one way to change a cluster; handed to submit-call.ts and to nobody else (promise 1). */
export interface Calls {
  /** Sends at most once to a master that can apply it; never throws. `body` is what leaves, byte for byte. */
  submit(call: Call): Promise<CallOutcome>;
  /** The request body that `submit` will send, for the audit log. */
  bodyOf(call: Call): string;
}

/** What came of handing Slack a message. `doubtful`: it may have been posted. */
export type Delivery =
  | { kind: 'sent'; ts: MessageTs | null }
  | { kind: 'limited'; retryAfterMs: number }
  | { kind: 'refused'; code: string }
  | { kind: 'doubtful'; why: string };

/** Messages out. Never throws; never tries twice by itself: the outbox does. */
export interface Chat {
  post(to: PostTo, notice: Notice, ids: NoticeId[]): Promise<Delivery>;
  /** Edits a message of ours; latest wins. */
  edit(channel: ChannelId, ts: MessageTs, notice: Notice, ids: NoticeId[]): Promise<Delivery>;
  /** Answers by a slash command's `response_url`, visible to its user only. */
  answer(responseUrl: string, notice: Notice): Promise<Delivery>;
  /** Looks whether a doubtful post arrived: in its thread, or in its channel from `since`. */
  findPosted(
    to: PostTo,
    id: NoticeId,
    since: Instant,
  ): Promise<{ found: MessageTs | null } | { unknown: string }>;
  permalink(channel: ChannelId, ts: MessageTs): Promise<string | null>;
}

export interface PostTo {
  channel: ChannelId;
  threadTs: MessageTs | null;
  /** Shown in the channel too. */
  broadcast: boolean;
}

/** Who is who, asked of Slack. Throws a ChatFault (app/faults.ts) where Slack could not be asked. */
export interface People {
  /** Null: Slack knows no such user. */
  person(user: UserId): Promise<PersonFacts | null>;
  membersOf(group: UserGroupId): Promise<UserId[]>;
  /** Null: not visible to the bot (a private channel it isn't in). */
  channel(channel: ChannelId): Promise<ChannelFacts | null>;
  /** The bot's own workspace. */
  readonly team: TeamId;
}

/** A slash command as it came, before anybody read its words. */
export interface TypedCommand {
  triggerId: string;
  user: UserId;
  userName: string;
  team: TeamId;
  channel: ChannelId;
  text: string;
  responseUrl: string;
  receivedAt: Instant;
}

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
  | { kind: 'answer'; responseUrl: string; expiresAt: Instant }
  | { kind: 'root'; thread: ThreadId }
  | { kind: 'reply'; thread: ThreadId; broadcast: boolean }
  | { kind: 'channel'; channel: ChannelId };

/** A thread of ours and what Slack knows of it. `ts` null: its root is not delivered yet. */
export interface ThreadRow {
  id: ThreadId;
  channel: ChannelId;
  rootNotice: NoticeId;
  drain: DrainId | null;
  ts: MessageTs | null;
  permalink: string | null;
  /** The card no longer shows the truth since then; null: it does. */
  cardStaleSince: Instant | null;
  cardEditedAt: Instant | null;
  /** The root can never be delivered; why. */
  dead: string | null;
}

export interface AuditFilter {
  agent: string | null;
  by: UserId | null;
  since: Instant | null;
  limit: number;
}

/** The database. Throws a StoreFault (app/faults.ts). */
export interface Store {
  /** One transaction: all of `work`'s writes or none. `work` awaits nothing but `tx`. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Commands committed and not settled, oldest first. */
  waitingCommands(): Promise<InboxCommand[]>;
  drain(id: DrainId): Promise<StoredDrain | null>;
  /** Drains that are open (calling, checking, draining), oldest first. */
  openDrains(cluster: ClusterName): Promise<StoredDrain[]>;
  /** Drained and still out of service. */
  outOfService(cluster: ClusterName): Promise<StoredDrain[]>;
  latestDrains(limit: number): Promise<StoredDrain[]>;
  directory(cluster: ClusterName): Promise<KnownAgent[]>;
  thread(id: ThreadId): Promise<ThreadRow | null>;
  /** A message as it was queued, delivered or not. */
  notice(id: NoticeId): Promise<Notice | null>;
  /** Undelivered messages that may go out now or later, by thread and order. */
  outbox(): Promise<OutboxRow[]>;
  staleCards(): Promise<ThreadRow[]>;
  auditPage(filter: AuditFilter): Promise<{ entries: AuditEntry[]; total: number }>;
  auditHead(): Promise<AuditRow | null>;
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
  /** Throws OpenDrainExists (app/faults.ts) where the agent has an open drain. */
  insertDrain(drain: Drain): Promise<void>;
  /** Writes `drain` over the row that holds version `drain.version - 1`; throws VersionConflict otherwise. */
  saveDrain(drain: Drain): Promise<void>;
  /** Marks when a drain was last looked at; its card is stale from then. */
  noteChecked(drain: DrainId, at: Instant): Promise<void>;
  openThread(thread: {
    id: ThreadId;
    channel: ChannelId;
    rootNotice: NoticeId;
    drain: DrainId | null;
  }): Promise<void>;
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
  cardStale(thread: ThreadId, since: Instant): Promise<void>;
  /** `shown`: the instant of the state that was shown; a later change leaves the card stale. */
  cardEdited(thread: ThreadId, shown: Instant, at: Instant): Promise<void>;
  /** Replaces what the directory knows of these agents. */
  rememberAgents(cluster: ClusterName, agents: KnownAgent[]): Promise<void>;
}
