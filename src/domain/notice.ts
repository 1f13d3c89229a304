import type { AskedOfPlan } from './approval/asked.ts';
import type { ApprovalAbout, ApprovalNews, VoteRefused } from './approval/news.ts';
import type { AgentPrompt, PlanPrompt } from './approval/prompt.ts';
import type { BrakeReading } from './brake.ts';
import type { DeactivationAbout, DeactivationNews } from './deactivation/news.ts';
import type { DrainCard } from './drain/card.ts';
import type { Gap } from './drain.ts';
import type {
  AgentId,
  ApprovalId,
  ClusterName,
  DrainId,
  IncidentId,
  Instant,
  PlanId,
  UserId,
} from './ids.ts';
import type {
  MaintenanceAbout,
  MaintenanceCard,
  MaintenanceNews,
  MaintenancePreview,
} from './maintenance/news.ts';
import type { MachineTold } from './maintenance/standing.ts';
import type { MarkGoneAbout, MarkGoneNews } from './mark-gone/news.ts';
import type { AuditNotice } from './notice/audit.ts';
import type { DrainNotice } from './notice/drain.ts';
import type {
  AgentLine,
  DrainLine,
  MasterLine,
  MayDo,
  OtherLine,
  PlanLine,
  PromptLine,
} from './notice/lines.ts';
import type { OpsMatter } from './notice/ops.ts';
import type { OutsideLine } from './outside/news.ts';
import type { Person } from './person.ts';
import type { PlanCard } from './plan/card.ts';
import type { PlanAbout, PlanNews } from './plan/news.ts';
import type { Proposal } from './plan/proposal.ts';
import type { Preview } from './preview.ts';
import type { ReactivationAbout, ReactivationNews } from './reactivation/news.ts';
import type { Refusal } from './refusal.ts';
import type { RollingCard } from './rolling/card.ts';
import type { RollingAbout, RollingNews } from './rolling/news.ts';
import type { RollingProposal } from './rolling/proposal.ts';
import type { OutList } from './stay/out-line.ts';
import type { StayNews, StillOut } from './stay/reminder.ts';

export type * from './notice/audit.ts';
export type * from './notice/drain.ts';
export type * from './notice/lines.ts';
export type * from './notice/ops.ts';

/** Everything people are told, as data; slack/blocks/ turns each kind into text and blocks. */
export type Notice =
  // Answers to the person who typed
  | { kind: 'refused'; refusal: Refusal; typed: string }
  /** `clusters`: all that there are. */
  | { kind: 'help'; topic: string | null; clusters: string[] }
  /** A page of `of` agents, from the one after `from` on; `words`: the command that asks for the first page. */
  | {
      kind: 'agents';
      cluster: ClusterName;
      agents: AgentLine[];
      of: number;
      from: number;
      states: { state: AgentLine['state']; agents: number }[];
      words: string;
      asOf: Instant;
      filtered: boolean;
    }
  | {
      kind: 'status';
      cluster: ClusterName;
      lines: DrainLine[];
      prompts: PromptLine[];
      others: OtherLine[];
      /** Absent: written by an earlier version. */
      plans?: PlanLine[];
      master: MasterLine;
      /** Since when the database is known to be one from the past, so that changes wait; null: it is none. */
      restored: Instant | null;
      at: Instant;
      /** What else is out of service than by drains that are open. Absent: written by an earlier version. */
      out?: OutList;
      /** How much of the cluster takes no work, as it was last listed; null: it never was. Absent: written by an earlier version. */
      brake?: (BrakeReading & { listed: Instant }) | null;
    }
  | { kind: 'status-of-approval'; line: PromptLine }
  /** `scheduled`: how the maintenance schedule calls the machine of an agent that is out of service by this drain; null: it is
   * not scheduled, nobody could tell, or (absent) an earlier version wrote it. */
  | { kind: 'status-of-drain'; card: DrainCard; permalink: string | null; scheduled?: string | null }
  /** `file`: what it cuts goes to the typist as a file. */
  | { kind: 'preview'; preview: Preview; dryRun: boolean; file: boolean }
  /** The machines of the maintenance schedule; `more`: further ones, left out. `narrowed`: only those that were named. */
  | {
      kind: 'maintenance-status';
      cluster: ClusterName;
      at: Instant;
      machines: MachineTold[];
      more: number;
      narrowed: boolean;
    }
  | AuditNotice
  | {
      kind: 'whoami';
      person: Person;
      clusters: MayDo[];
    }
  | { kind: 'closed'; drain: DrainId }
  /** It stays out of service for another while. */
  | { kind: 'staying'; about: StillOut; permalink: string | null }
  /** `begun`: what it asked for, where a part of that is under way; absent: no plan's, or nothing is. */
  | {
      kind: 'cancelled';
      approval: ApprovalId;
      drain: DrainId | null;
      permalink: string | null;
      begun?: AskedOfPlan['does'];
    }
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
  /** A list of agents, and what would be done with them. */
  | { kind: 'plan-proposal'; proposal: Proposal }
  | { kind: 'fault'; incident: IncidentId; sent: 'no' | 'yes' | 'not-known' }
  /** Another answer, and the cluster that it is about, where there are several and it does not name its own. */
  | { kind: 'on-cluster'; cluster: ClusterName; answer: Notice }
  /** Another answer that the audit store could not log; promise 10. */
  | { kind: 'not-logged'; answer: Notice }
  | DrainNotice
  /** A question for a second person: the root of its thread, edited in place. */
  | { kind: 'prompt'; prompt: AgentPrompt; preview: Preview }
  | { kind: 'plan-prompt'; prompt: PlanPrompt }
  /** Of a plan over agents: the root of its thread, edited in place; and what people are told in it. */
  | { kind: 'plan-card'; card: PlanCard }
  | { kind: 'plan'; about: PlanAbout; news: PlanNews }
  | { kind: 'status-of-plan'; card: PlanCard; permalink: string | null }
  /** The same of a rolling plan. */
  /** What a drain in waves would do. */
  | { kind: 'rolling-proposal'; proposal: RollingProposal }
  | { kind: 'rolling-card'; card: RollingCard }
  | { kind: 'rolling'; about: RollingAbout; news: RollingNews }
  | { kind: 'status-of-rolling'; card: RollingCard; permalink: string | null }
  | { kind: 'status-of-machines'; card: MaintenanceCard; permalink: string | null }
  | { kind: 'plan-cancelled'; plan: PlanId; permalink: string | null }
  /** `underWay`: its agents that go on. */
  | { kind: 'plan-paused' | 'plan-resumed'; plan: PlanId; underWay: number; permalink: string | null }
  | { kind: 'approval'; about: ApprovalAbout; news: ApprovalNews }
  /** To one voter alone. */
  | ({ kind: 'vote-refused' } & VoteRefused)
  | { kind: 'mark-gone'; about: MarkGoneAbout; news: MarkGoneNews }
  | { kind: 'deactivation'; about: DeactivationAbout; news: DeactivationNews }
  /** A reactivation's, in the drain's thread or in one of its own. */
  | { kind: 'reactivation'; about: ReactivationAbout; news: ReactivationNews }
  /** To the asker alone: what would be done to the schedule and the machines, with the button that does it. */
  | { kind: 'maintenance-preview'; preview: MaintenancePreview }
  | { kind: 'maintenance-card'; card: MaintenanceCard }
  | { kind: 'maintenance'; about: MaintenanceAbout; news: MaintenanceNews }
  /** Milestones that had to wait and go out as one message, in order. */
  | { kind: 'several'; notices: Notice[] }
  /** A file with text that is too long for a message. */
  | { kind: 'snippet'; title: string; fileName: string; text: string }
  /** Slack can't say whether it already has this one. */
  | { kind: 'maybe-repeat'; notice: Notice }
  /** In the thread of a drain that was open when the database was set back. `knows`: the time of the log's last entry then. */
  | { kind: 'only-watched'; drain: DrainId; hostname: string; agentId: AgentId; knows: Instant }
  /** In the cluster's channel, once a week. `asOf`: when the agents were last listed; null: never. `late`: when it was due, long
   * ago; null: now. */
  | {
      kind: 'digest';
      cluster: ClusterName;
      at: Instant;
      asOf: Instant | null;
      late: Instant | null;
      out: OutList;
    }
  /** In the thread of a drain or a deactivation: of the time for which its agent is out of service. */
  | { kind: 'stay'; about: StillOut; news: StayNews }
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
