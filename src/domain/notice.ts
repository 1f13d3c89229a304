import type { KnownAgent } from './agent.ts';
import type { AuditEntry } from './audit.ts';
import type { Cause } from './drain/stuck.ts';
import type { Drain, DrainEnd, Proof } from './drain.ts';
import type { AgentId, ClusterName, DrainId, IncidentId, Instant, UserId } from './ids.ts';
import type { Person } from './person.ts';
import type { Preview } from './preview.ts';
import type { ReactivationAbout, ReactivationNews } from './reactivation/news.ts';
import type { Refusal } from './refusal.ts';

/** Everything people are told, as data; slack/blocks/ turns each kind into text and blocks. */
export type Notice =
  // Answers to the person who typed
  | { kind: 'refused'; refusal: Refusal; typed: string }
  | { kind: 'help'; topic: string | null }
  | { kind: 'agents'; cluster: ClusterName; agents: AgentLine[]; asOf: Instant; filtered: boolean }
  | { kind: 'status'; cluster: ClusterName; lines: DrainLine[]; master: MasterLine; at: Instant }
  | { kind: 'status-of-drain'; card: DrainCard; permalink: string | null }
  | { kind: 'preview'; preview: Preview; dryRun: boolean }
  | {
      kind: 'audit-page';
      entries: AuditLine[];
      total: number;
      filters: string;
      chainHead: { seq: number; hash: string } | null;
    }
  | {
      kind: 'whoami';
      person: Person;
      operator: boolean;
      approver: boolean;
      channelAllowed: boolean;
      why: Refusal[];
    }
  | { kind: 'closed'; drain: DrainId }
  | { kind: 'fault'; incident: IncidentId; sent: 'no' | 'yes' | 'not-known' }
  /** Another answer that the audit store could not log; promise 10. */
  | { kind: 'not-logged'; answer: Notice }
  // In the drain's thread; the card is its root and is edited in place
  | { kind: 'drain-card'; card: DrainCard; preview: Preview | null }
  | {
      kind: 'call-accepted';
      drain: DrainId;
      hostname: string;
      agentId: AgentId;
      maxGraceSeconds: number | null;
      tasks: number | null;
      expectedEnd: Instant | null;
    }
  | { kind: 'call-unknown'; drain: DrainId; hostname: string; why: string }
  | { kind: 'effect-seen'; drain: DrainId; hostname: string }
  | { kind: 'progress'; drain: DrainId; hostname: string; left: number; of: number; at: Instant }
  | { kind: 'waiting'; drain: DrainId; hostname: string; cause: Cause; since: Instant; requester: UserId }
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
    }
  | {
      kind: 'ended';
      drain: DrainId;
      hostname: string;
      agentId: AgentId;
      end: DrainEnd;
      wasDrained: boolean;
      requester: UserId;
    }
  /** A reactivation's, in the drain's thread or in one of its own. */
  | { kind: 'reactivation'; about: ReactivationAbout; news: ReactivationNews }
  /** Milestones that had to wait and go out as one message, in order. */
  | { kind: 'several'; notices: Notice[] }
  /** Slack can't say whether it already has this one. */
  | { kind: 'maybe-repeat'; notice: Notice }
  // In the ops channel: what concerns the bot itself
  | { kind: 'ops'; what: OpsMatter };

export type OpsMatter =
  | { matter: 'undeliverable'; channel: string; why: string; notice: string }
  | { matter: 'fault'; incident: IncidentId; where: string; why: string }
  | { matter: 'started'; version: string; openDrains: number }
  | { matter: 'commands-limited'; user: UserId; count: number };

/** A row of `agents`. */
export interface AgentLine {
  agentId: AgentId;
  hostname: string;
  state: KnownAgent['state'];
  attributes: Record<string, string>;
  drain: DrainId | null;
}

/** A row of `status`. */
export interface DrainLine {
  card: DrainCard;
  permalink: string | null;
}

/** How the cluster's master answered the status question. */
export type MasterLine =
  | { reachable: true; leader: string; version: string }
  | { reachable: false; why: string; since: Instant | null };

/** The face of a drain: what its card shows. */
export interface DrainCard {
  drain: DrainId;
  cluster: ClusterName;
  agentId: AgentId;
  hostname: string;
  requester: Person;
  reason: string | null;
  maxGraceSeconds: number | null;
  state: DrainFace;
  tasksLeft: number | null;
  tasksAtStart: number | null;
  startedAt: Instant;
  /** Elapsed counts from the start to this. */
  until: Instant;
  expectedEnd: Instant | null;
  checkedAt: Instant | null;
}

export type DrainFace =
  | { status: 'calling' }
  | { status: 'checking'; why: string }
  | { status: 'draining'; waiting: Cause | null; masterSaysDrained: boolean }
  | { status: 'drained'; proof: Proof }
  | { status: 'ended'; end: DrainEnd; wasDrained: boolean };

/** A row of `audit`, with its thread where there is one. */
export interface AuditLine {
  entry: AuditEntry;
  permalink: string | null;
}

/** The card of a drain as it stands. `checkedAt` null: not looked at yet. */
export function cardOf(drain: Drain, now: Instant, checkedAt: Instant | null): DrainCard {
  const { state } = drain;
  return {
    drain: drain.id,
    cluster: drain.cluster,
    agentId: drain.agentId,
    hostname: drain.hostname,
    requester: drain.requester,
    reason: drain.reason,
    maxGraceSeconds: drain.maxGrace,
    state: faceOf(drain),
    tasksLeft: state.status === 'draining' ? state.progress.left : state.status === 'drained' ? 0 : null,
    tasksAtStart: drain.tasksAtStart,
    startedAt: drain.intendedAt,
    until:
      state.status === 'drained'
        ? state.provenAt
        : state.status === 'ended'
          ? (state.drainedAt ?? state.at)
          : now,
    expectedEnd: drain.expectedEnd,
    checkedAt,
  };
}

function faceOf({ state }: Drain): DrainFace {
  switch (state.status) {
    case 'calling':
      return { status: 'calling' };
    case 'checking':
      return { status: 'checking', why: state.why };
    case 'draining':
      return {
        status: 'draining',
        // Tasks inside their grace are no wait: the bar and the expected end tell of them.
        waiting: state.waiting?.cause.code === 'tasks-in-grace' ? null : (state.waiting?.cause ?? null),
        masterSaysDrained: state.firstDrained !== null,
      };
    case 'drained':
      return { status: 'drained', proof: state.proof };
    case 'ended':
      return { status: 'ended', end: state.end, wasDrained: state.drainedAt !== null };
  }
}
