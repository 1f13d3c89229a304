declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** The master's name of an agent, like `3669…-S42`. Opaque, compared exactly. */
export type AgentId = Branded<string, 'AgentId'>;
/** The master's name of a framework. */
export type FrameworkId = Branded<string, 'FrameworkId'>;
/** The id of one master process; a new one leads after a failover. Source: GET_MASTER `master_info.id`. */
export type MasterId = Branded<string, 'MasterId'>;
/** A cluster's name in our configuration. */
export type ClusterName = Branded<string, 'ClusterName'>;
/** Slack user, `U…` or `W…`. */
export type UserId = Branded<string, 'UserId'>;
/** Slack workspace, `T…`. */
export type TeamId = Branded<string, 'TeamId'>;
/** Slack user group, `S…`. */
export type UserGroupId = Branded<string, 'UserGroupId'>;
/** Slack channel, `C…`, `G…` or `D…`. */
export type ChannelId = Branded<string, 'ChannelId'>;
/** Slack's name of a message in its channel, like `1700000000.000100`. Text: it does not survive a float. */
export type MessageTs = Branded<string, 'MessageTs'>;
/** One of our drains, typed by people as `d17`. Counted per database, from 1. */
export type DrainId = Branded<number, 'DrainId'>;
/** One of our approvals, typed by people as `a9`. Counted per database, from 1. */
export type ApprovalId = Branded<number, 'ApprovalId'>;
/** One of our plans: work on several agents or on machines, typed by people as `p3`. Counted per database, from 1. */
export type PlanId = Branded<number, 'PlanId'>;
/** One of our mark gones; nobody types it. */
export type MarkGoneId = Branded<string, 'MarkGoneId'>;
/** One of our reactivations; nobody types it. */
export type ReactivationId = Branded<string, 'ReactivationId'>;
/** Ties everything that follows from one command together. */
export type CorrelationId = Branded<string, 'CorrelationId'>;
/** A thread of ours; it exists before Slack knows its root. */
export type ThreadId = Branded<string, 'ThreadId'>;
/** A notice of ours; travels in the message's metadata, so that a doubtful delivery can be looked up. */
export type NoticeId = Branded<string, 'NoticeId'>;
/** A person's handle on something that broke; stands in the log beside the cause. */
export type IncidentId = Branded<string, 'IncidentId'>;
/** One database of the bot's; a copy of it has the same. */
export type DatabaseId = Branded<string, 'DatabaseId'>;
/** Whole seconds, 0 or more. */
export type Seconds = Branded<number, 'Seconds'>;
/** Milliseconds since the epoch, UTC. */
export type Instant = Branded<number, 'Instant'>;

function named<T extends string>(what: string, allowed: RegExp) {
  return (text: string): T => {
    if (!allowed.test(text)) throw new TypeError(`not ${what}: ${JSON.stringify(text)}`);
    return text as T;
  };
}

const printable = /^[^\s\p{Cc}]{1,512}$/u;

/** Throws a TypeError on an empty text or one with spaces or control characters; so do its siblings. */
export const agentId = named<AgentId>('an agent id', printable);
export const frameworkId = named<FrameworkId>('a framework id', printable);
export const masterId = named<MasterId>('a master id', printable);
export const clusterName = named<ClusterName>('a cluster name', /^[A-Za-z0-9][\w.-]{0,63}$/);
export const userId = named<UserId>('a Slack user id', /^[UW][A-Z0-9]{1,30}$/);
export const teamId = named<TeamId>('a Slack team id', /^[TE][A-Z0-9]{1,30}$/);
export const userGroupId = named<UserGroupId>('a Slack user group id', /^S[A-Z0-9]{1,30}$/);
export const channelId = named<ChannelId>('a Slack channel id', /^[CGD][A-Z0-9]{1,30}$/);
export const messageTs = named<MessageTs>('a Slack message ts', /^\d{1,12}\.\d{6}$/);
export const markGoneId = named<MarkGoneId>('a mark gone id', printable);
export const reactivationId = named<ReactivationId>('a reactivation id', printable);
export const correlationId = named<CorrelationId>('a correlation id', printable);
export const threadId = named<ThreadId>('a thread id', printable);
export const noticeId = named<NoticeId>('a notice id', printable);
export const databaseId = named<DatabaseId>('a database id', printable);
export const incidentId = named<IncidentId>('an incident id', printable);

function counted<T extends number>(what: string) {
  return (n: number): T => {
    if (!Number.isSafeInteger(n) || n < 1) throw new TypeError(`not ${what}: ${n}`);
    return n as T;
  };
}

/** Throws a TypeError unless a whole number from 1; so do its siblings. */
export const drainId = counted<DrainId>('a drain id');
export const approvalId = counted<ApprovalId>('an approval id');
export const planId = counted<PlanId>('a plan id');

/** What people type and read: `d17`. */
export function showDrainId(id: DrainId): string {
  return `d${id}`;
}

/** What people type and read: `a9`. */
export function showApprovalId(id: ApprovalId): string {
  return `a${id}`;
}

/** What people type and read: `p3`. */
export function showPlanId(id: PlanId): string {
  return `p${id}`;
}

/** The most that `max_grace_period` holds without overflowing the master's int64 of nanoseconds.
 * Source: mesos-api 0 (mesos src/internal/devolve.cpp). */
export const maxSeconds = 9_223_372_036;

/** Throws a TypeError unless a whole number from 0 to {@link maxSeconds}. */
export function seconds(n: number): Seconds {
  if (!Number.isSafeInteger(n) || n < 0 || n > maxSeconds) throw new TypeError(`not seconds: ${n}`);
  return n as Seconds;
}

/** Throws a TypeError unless finite; fractions of a millisecond are cut. */
export function instant(ms: number): Instant {
  if (!Number.isFinite(ms)) throw new TypeError(`not an instant: ${ms}`);
  return Math.trunc(ms) as Instant;
}

/** `ms` later (or earlier, when negative). */
export function after(at: Instant, ms: number): Instant {
  return instant(at + ms);
}

/** ISO 8601, UTC, milliseconds: the one form in which the audit log and the API speak of time. */
export function iso(at: Instant): string {
  return new Date(at).toISOString();
}
