import type { SharedFormat } from './audit/export/formats.ts';
import type { ApprovalId, DrainId, Instant, PlanId, Seconds, UserId } from './ids.ts';
import { showApprovalId, showDrainId, showPlanId } from './ids.ts';
import type { WholeMachine } from './maintenance/machine.ts';
import type { Selection, Target, Targets } from './targets.ts';
import type { HourMeant } from './time/hour.ts';

/** A command, and the cluster that was named with it, as it was typed; null: none was. */
export interface Asked {
  command: Command;
  cluster: string | null;
}

/** What a person meant, out of words and into data. */
export type Command =
  | { verb: 'help'; topic: string | null }
  | {
      verb: 'agents';
      state: AgentStateFilter | null;
      selection: Selection;
      /** The list from the agent after this one on; null: from its beginning. */
      after: string | null;
    }
  | { verb: 'status'; about: Work | { target: Target } | null }
  | { verb: 'preview'; targets: Targets; maxGrace: Seconds | null; markGone: boolean }
  | DrainCommand
  | DeactivateCommand
  | ReactivateCommand
  | MarkGoneCommand
  | CancelCommand
  | ConfirmCommand
  | PauseCommand
  | HastenCommand
  | { verb: 'close'; drain: DrainId; reason: string }
  | MaintenanceCommand
  | { verb: 'maintenance status'; target: Target | null }
  | AuditCommand
  | { verb: 'whoami' };

/** `drain TARGET… …`. `maxGrace` null: each task keeps its own kill policy. */
export interface DrainCommand extends KnowingOf {
  verb: 'drain';
  targets: Targets;
  maxGrace: Seconds | null;
  markGone: boolean;
  unattended: boolean;
  reason: string | null;
  dryRun: boolean;
  overrideFreeze: boolean;
  /** How long it is to stay out of service then; absent: until somebody reactivates it. */
  outFor?: Seconds;
  /** When it is to begin; absent: at once. */
  hour?: HourMeant;
  /** In waves; absent: all of them as soon as that is confirmed. */
  rolling?: RollingMeant;
}

/** How a drain in waves was typed. Null: as the policy has it, or for `pause` none. */
export interface RollingMeant {
  parallel: number | null;
  per: { attribute: string; allowed: number }[];
  pause: Seconds | null;
  afterwards: 'wait' | 'mark-gone' | 'reactivate';
}

/** What somebody says that they know of: the open work of others, and how much is out of service. Absent: nothing. */
export interface KnowingOf {
  anyway?: true;
  overrideBrake?: true;
}

/** `deactivate TARGET… …`: the manual way of emptying an agent. */
export interface DeactivateCommand extends KnowingOf {
  verb: 'deactivate';
  targets: Targets;
  reason: string | null;
  overrideFreeze: boolean;
  /** Counted from when the master has taken it; absent: until somebody reactivates it. */
  outFor?: Seconds;
  /** When it is to begin; absent: at once. */
  hour?: HourMeant;
}

/** `hasten DRAIN …`. `insteadOf`: the grace that the asker saw; null: none was named. */
export interface HastenCommand {
  verb: 'hasten';
  drain: DrainId;
  maxGrace: Seconds;
  insteadOf: Seconds | null;
}

/** `reactivate TARGET… …`. */
export interface ReactivateCommand {
  verb: 'reactivate';
  targets: Targets;
  reason: string | null;
  overrideFreeze: boolean;
  /** When it is to begin; absent: at once. */
  hour?: HourMeant;
}

/** `mark-gone TARGET`. */
export interface MarkGoneCommand extends KnowingOf {
  verb: 'mark-gone';
  target: Target;
  /** Even if the agent is alive and runs tasks. */
  now: boolean;
  reason: string;
  overrideFreeze: boolean;
  /** When it is to begin; absent: at once. */
  hour?: HourMeant;
}

/** `confirm PLAN`: what was shown to the asker is to be done. */
export interface ConfirmCommand {
  verb: 'confirm';
  plan: PlanId;
}

/** `pause PLAN`, `resume PLAN`: of a rolling drain, whether its next wave may begin. */
export interface PauseCommand {
  verb: 'pause' | 'resume';
  plan: PlanId;
}

/** `cancel DRAIN | APPROVAL | PLAN`. */
export interface CancelCommand {
  verb: 'cancel';
  work: Work;
}

/** `maintenance …`, as far as it changes something. */
export type MaintenanceCommand = (
  | {
      verb: 'maintenance schedule';
      machines: MachinesMeant;
      from: HourMeant;
      lasts: Seconds;
      reason: string | null;
    }
  | { verb: 'maintenance clear' | 'maintenance stop'; machines: MachinesMeant; reason: string | null }
  | ({
      verb: 'maintenance start';
      machines: MachinesMeant;
      /** Null: its tasks are lost at once. */
      drainFirst: { maxGrace: Seconds | null } | null;
      /** Null: without an end. */
      lasts: Seconds | null;
      reason: string;
    } & KnowingOf)
) & { overrideFreeze: boolean };

/** The machines of agents, or one that never had an agent. */
export type MachinesMeant = { targets: Targets } | { machine: WholeMachine };

/** `audit …`: the deeds that pass all of the filters, or what `about` names. */
export interface AuditCommand {
  verb: 'audit';
  /** `who`: an agent, to be told who did what to it. `anchor`: the head of the log is to be posted. Null: the log as such. */
  about: Work | { who: Target } | { anchor: 'now' } | null;
  agent: string | null;
  by: UserId | null;
  command: Verb | null;
  since: When | null;
  until: When | null;
  /** A page further: deeds that stand before this entry of the log; of one drain or approval, entries that stand after it. */
  before: number | null;
  after: number | null;
  /** As a file for the asker, in this format; null: as an answer. */
  exportAs: SharedFormat | null;
}

/** Work of ours by the short id that people type. */
export type Work = { drain: DrainId } | { approval: ApprovalId } | { plan: PlanId };

/** As people type it: `d17`, `a9`, `p3`. */
export function showWork(work: Work): string {
  if ('drain' in work) return showDrainId(work.drain);
  return 'approval' in work ? showApprovalId(work.approval) : showPlanId(work.plan);
}

/** Commands that change something, or ask a second person to let it be changed. */
export type ChangingCommand = Extract<
  Command,
  {
    verb:
      | 'drain'
      | 'deactivate'
      | 'reactivate'
      | 'mark-gone'
      | 'hasten'
      | 'cancel'
      | 'confirm'
      | 'pause'
      | 'resume'
      | 'close'
      | MaintenanceCommand['verb'];
  }
>;

export type Verb = Command['verb'];

/** The first word of several commands, no command by itself. */
export type Group = 'maintenance';

/** `7d` back from now, or an instant. */
export type When = { ago: Seconds } | { at: Instant };

export const agentStates = [
  'active',
  'deactivated',
  'draining',
  'drained',
  'disconnected',
  'recovered',
  'unreachable',
  'gone',
] as const;
/** What `agents --state` takes; product.md's words in lower case. */
export type AgentStateFilter = (typeof agentStates)[number];

/** *read*: anyone in an allowed channel. *reversible*: operators. *irreversible*: operators and an approval. */
export type Risk = 'read' | 'reversible' | 'irreversible';

/** Whether the head of the log is to be posted: that writes, if only to log and channel. */
export function asksAnchor({ about }: AuditCommand): boolean {
  return about !== null && 'anchor' in about;
}

/** The risk of what was really asked for, not of its first word: a dry run only reads. */
export function riskOf(command: Command): Risk {
  switch (command.verb) {
    case 'help':
    case 'agents':
    case 'status':
    case 'preview':
    case 'maintenance status':
    case 'whoami':
      return 'read';
    case 'audit':
      return asksAnchor(command) ? 'reversible' : 'read';
    case 'deactivate':
    case 'reactivate':
    case 'cancel':
    case 'confirm':
    case 'pause':
    case 'resume':
    case 'hasten':
    case 'close':
    case 'maintenance schedule':
    case 'maintenance clear':
    case 'maintenance stop':
      return 'reversible';
    case 'drain':
      if (command.dryRun) return 'read';
      return command.markGone || command.rolling?.afterwards === 'mark-gone' ? 'irreversible' : 'reversible';
    case 'mark-gone':
    case 'maintenance start':
      return 'irreversible';
  }
}
