import type { KnownAgent } from './agent.ts';
import type { Anchor, Restored } from './anchor.ts';
import type { ApprovalAbout, ApprovalNews, VoteRefused } from './approval/news.ts';
import type { Prompt } from './approval/prompt.ts';
import type { CommandDeed, Deed } from './audit/deed.ts';
import type { SharedFormat } from './audit/export/formats.ts';
import type { AuditFilter } from './audit/filter.ts';
import type { AuditEntry } from './audit.ts';
import type { Work } from './command.ts';
import type { DeactivationAbout, DeactivationNews } from './deactivation/news.ts';
import type { DrainCard } from './drain/card.ts';
import type { Cause } from './drain/cause.ts';
import type { Approved, DrainEnd, Gap, Proof } from './drain.ts';
import type {
  AgentId,
  ApprovalId,
  ChannelId,
  ClusterName,
  DrainId,
  IncidentId,
  Instant,
  UserId,
} from './ids.ts';
import type { MarkGoneAbout, MarkGoneNews } from './mark-gone/news.ts';
import type { OutsideLine } from './outside/news.ts';
import type { Person } from './person.ts';
import type { WorkKind } from './preview/open-work.ts';
import type { Preview } from './preview.ts';
import type { ReactivationAbout, ReactivationNews } from './reactivation/news.ts';
import type { Refusal, StoreTrouble } from './refusal.ts';

/** Everything people are told, as data; slack/blocks/ turns each kind into text and blocks. */
export type Notice =
  // Answers to the person who typed
  | { kind: 'refused'; refusal: Refusal; typed: string }
  | { kind: 'help'; topic: string | null }
  | { kind: 'agents'; cluster: ClusterName; agents: AgentLine[]; asOf: Instant; filtered: boolean }
  | {
      kind: 'status';
      cluster: ClusterName;
      lines: DrainLine[];
      prompts: PromptLine[];
      others: OtherLine[];
      master: MasterLine;
      /** Since when the database is known to be one from the past, so that changes wait; null: it is none. */
      restored: Instant | null;
      at: Instant;
    }
  | { kind: 'status-of-approval'; line: PromptLine }
  | { kind: 'status-of-drain'; card: DrainCard; permalink: string | null }
  /** `file`: what it cuts goes to the typist as a file. */
  | { kind: 'preview'; preview: Preview; dryRun: boolean; file: boolean }
  /** A page of the audit log, newest first. */
  | {
      kind: 'audit-deeds';
      deeds: DeedLine[];
      filter: AuditFilter;
      /** An agent, of which is told who did what to it; null: it is a list. */
      who: { hostname: string; open: OpenLine[] } | null;
      /** The command that shows its first page, as one would type it behind the slash command. */
      words: string;
      isFirst: boolean;
      older: boolean;
      /** The closed file that has what is older still; null: there is none, or this page is not the last. */
      archive: string | null;
    }
  /** What happened in one drain or question, oldest first. */
  | {
      kind: 'audit-story';
      /** Null: entries of the log, as an older version of the bot showed them. */
      about: Work | null;
      deed: CommandDeed | null;
      entries: AuditEntry[];
      permalink: string | null;
      words: string;
      isFirst: boolean;
      later: boolean;
      /** The closed file that has its beginning; null: it is here. */
      archive: string | null;
    }
  /** A file comes to the asker, with the entries that pass, up to one. `found`: there is such an entry; else no file comes. */
  | { kind: 'audit-exporting'; format: SharedFormat; filter: AuditFilter; upTo: number; found: boolean }
  | {
      kind: 'whoami';
      person: Person;
      operator: boolean;
      approver: boolean;
      channelAllowed: boolean;
      why: Refusal[];
    }
  | { kind: 'closed'; drain: DrainId }
  /** To whoever asked: the head that goes to the anchor channel. */
  | { kind: 'anchored'; anchor: Anchor; channel: ChannelId }
  | { kind: 'cancelled'; approval: ApprovalId; drain: DrainId | null; permalink: string | null }
  | { kind: 'recalling'; drain: DrainId; permalink: string | null }
  | { kind: 'hastening'; drain: DrainId; maxGraceSeconds: number; permalink: string | null }
  /** The agent is being drained by us; a shorter grace wants a confirmation. */
  | {
      kind: 'hasten-offer';
      drain: DrainId;
      agentId: AgentId;
      hostname: string;
      requester: UserId;
      reason: string | null;
      startedAt: Instant;
      wasSeconds: number | null;
      maxGraceSeconds: number;
      permalink: string | null;
    }
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
      markGone: boolean;
      goneNext: boolean;
      approved: Approved | null;
    }
  /** It was under way by somebody else's call, and is followed from here on. */
  | { kind: 'adopted'; drain: DrainId; hostname: string; agentId: AgentId; approved: Approved | null }
  | { kind: 'recall'; drain: DrainId; hostname: string; requester: UserId; news: AmendNews }
  | {
      kind: 'hasten';
      drain: DrainId;
      hostname: string;
      requester: UserId;
      maxGraceSeconds: number;
      wasSeconds: number | null;
      news: AmendNews;
    }
  /** The same drain was sent once more, for the master to look again. `failed` null: it is on its way. */
  | {
      kind: 'nudge';
      drain: DrainId;
      hostname: string;
      nudge: number;
      of: number;
      failed: { outcome: 'rejected' | 'unknown'; why: string } | null;
    }
  | { kind: 'call-unknown'; drain: DrainId; hostname: string; why: string }
  | { kind: 'effect-seen'; drain: DrainId; hostname: string }
  | { kind: 'progress'; drain: DrainId; hostname: string; left: number; of: number; at: Instant }
  | {
      kind: 'waiting';
      drain: DrainId;
      hostname: string;
      cause: Cause;
      since: Instant;
      at: Instant;
      requester: UserId;
    }
  /** The fate of its call is still unknown, for nobody can look. */
  | {
      kind: 'still-unknown';
      drain: DrainId;
      hostname: string;
      cause: Cause;
      since: Instant;
      at: Instant;
      requester: UserId;
    }
  /** Nobody had looked for a while: what follows did not happen just now. */
  | { kind: 'looked-again'; drain: DrainId; hostname: string; gap: Gap }
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
      goneNext: boolean;
      /** In which it became so, unseen; absent: it was seen. */
      gap?: Gap;
    }
  | {
      kind: 'ended';
      drain: DrainId;
      hostname: string;
      agentId: AgentId;
      end: DrainEnd;
      wasDrained: boolean;
      requester: UserId;
      markGone: boolean;
      approved: Approved | null;
      /** Our own deactivation of the agent that it went on from; null: there was none. */
      tookOver: DrainId | null;
      gap?: Gap;
    }
  /** A question for a second person: the root of its thread, edited in place. */
  | { kind: 'prompt'; prompt: Prompt; preview: Preview }
  | { kind: 'approval'; about: ApprovalAbout; news: ApprovalNews }
  /** To one voter alone. */
  | ({ kind: 'vote-refused' } & VoteRefused)
  | { kind: 'mark-gone'; about: MarkGoneAbout; news: MarkGoneNews }
  | { kind: 'deactivation'; about: DeactivationAbout; news: DeactivationNews }
  /** A reactivation's, in the drain's thread or in one of its own. */
  | { kind: 'reactivation'; about: ReactivationAbout; news: ReactivationNews }
  /** Milestones that had to wait and go out as one message, in order. */
  | { kind: 'several'; notices: Notice[] }
  /** A file with text that is too long for a message. */
  | { kind: 'snippet'; title: string; fileName: string; text: string }
  /** The same as a file, which is made when it is delivered. */
  | { kind: 'audit-export'; format: SharedFormat; filter: AuditFilter; upTo: number }
  /** Slack can't say whether it already has this one. */
  | { kind: 'maybe-repeat'; notice: Notice }
  /** In the thread of a drain that was open when the database was set back. `knows`: the time of the log's last entry then. */
  | { kind: 'only-watched'; drain: DrainId; hostname: string; agentId: AgentId; knows: Instant }
  /** In the anchor channel: a head of the log. */
  | { kind: 'anchor'; anchor: Anchor }
  /** In the cluster's channel: changes that this bot did not make. `away`: the latest time in which nobody looked; null:
   * there was none. `restored`: some may be its own doing, by a part of its log that is lost. `more`: further ones, which
   * are in the log alone. */
  | {
      kind: 'outside';
      cluster: ClusterName;
      at: Instant;
      away: Gap | null;
      restored: boolean;
      lines: OutsideLine[];
      more: number;
    }
  // In the ops channel: what concerns the bot itself
  | { kind: 'ops'; what: OpsMatter };

/** How a drain that is under way is changed: its `mark_gone` taken back, or its grace shortened. */
export type AmendNews =
  | { step: 'begun'; by: UserId }
  | { step: 'rejected'; httpStatus: number | null; body: string }
  | { step: 'unknown'; why: string }
  | { step: 'not-applied' }
  | { step: 'done' };

export type OpsMatter =
  | { matter: 'undeliverable'; channel: string; why: string; notice: string }
  | { matter: 'fault'; incident: IncidentId; where: string; why: string }
  | {
      matter: 'started';
      version: string;
      openDrains: number;
      /** Its database was set back, and nobody has accepted that yet. */
      restored: boolean;
      /** Why nobody can say whether it was; null: that is known. */
      notCompared: string | null;
    }
  | { matter: 'restored'; restored: Restored; unsent: UnsentLine[] }
  /** Its database takes nothing; `commands`: so many were answered without a record by then. */
  | ({ matter: 'store-down'; since: Instant; commands: number } & StoreTrouble)
  | { matter: 'store-recovered'; from: Instant; to: Instant; code: StoreTrouble['code']; commands: number }
  | { matter: 'commands-limited'; user: UserId; count: number };

/** Old messages of one thread, or of none, that are not sent any more. */
export interface UnsentLine {
  drain: DrainId | null;
  approval: ApprovalId | null;
  permalink: string | null;
  messages: number;
}

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

/** A question in `status`. */
export interface PromptLine {
  prompt: Prompt;
  permalink: string | null;
}

/** Other work in `status`, with its thread. */
export interface OtherLine {
  what: 'reactivation' | 'mark-gone';
  agentId: AgentId;
  hostname: string;
  requester: UserId;
  permalink: string | null;
}

/** How the cluster's master answered the status question. */
export type MasterLine =
  | { reachable: true; leader: string; version: string }
  | { reachable: false; why: string; since: Instant | null };

/** A row of `audit`. `place`: the entry of the log that stands for it. */
export interface DeedLine {
  place: number;
  deed: Deed;
  permalink: string | null;
}

/** Work on an agent that is not finished. */
export interface OpenLine {
  work: WorkKind;
  permalink: string | null;
}
