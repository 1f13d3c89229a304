import type { AuditEntry } from '../audit.ts';

/** All that followed from one command, or one thing that happened by itself. */
export type Deed = CommandDeed | Occurrence;

/** What nobody asked the bot for: its start, a change made by others, a message that can't be delivered, … */
export interface Occurrence {
  kind: 'occurrence';
  entry: AuditEntry;
}

/** What a person asked for, on whose approval, and what came of it. */
export interface CommandDeed {
  kind: 'command';
  /** The number of its first entry. */
  seq: number;
  /** When it was asked for (ISO 8601, UTC). */
  at: string;
  by: AuditEntry['actor'];
  asked: Asked;
  cluster: string | null;
  reason: string | null;
  /** The latest question of it, and whose votes stand, or stood. */
  approval: { id: number; by: { user: string; name: string }[] } | null;
  /** Every reaction on its questions, as it was last counted: `approves`, `refused own-vote`, … */
  votes: { user: string; outcome: string }[];
  /** One for each agent that it is about; at least one. */
  parts: DeedPart[];
  /** The link to its thread; null: not known. */
  thread: string | null;
}

/** What was asked for. */
export interface Asked {
  typed: string;
  via: 'typed' | 'button';
  /** Null: the words were not understood. */
  verb: string | null;
  /** The agent as it was named; null: none was. */
  target: string | null;
  /** The drain, question or plan that it is about, like `d17`. */
  work: string | null;
  markGone: boolean;
  unattended: boolean;
  dryRun: boolean;
}

/** What it came to on one agent. */
export interface DeedPart {
  agent: { id: string; hostname: string } | null;
  drain: number | null;
  state: DeedState;
}

/** How far it has come. Codes are the log's own (docs/audit-format.md); times are ISO 8601, UTC. */
export type DeedState =
  /** It only read. */
  | { is: 'answered' }
  | { is: 'refused'; code: string }
  | { is: 'failed' }
  /** It was picked up too late, and not run. */
  | { is: 'late' }
  /** A second person is asked. */
  | { is: 'asked' }
  /** It begins at that time. */
  | { is: 'scheduled'; hour: string }
  /** Enough approve; its call leaves in a moment, or at its hour. */
  | { is: 'held'; hour?: string }
  /** The question ended without a call. */
  | { is: 'settled'; how: string; at: string; by: string | null }
  /** A call is on its way, or what became of it is being found out. */
  | { is: 'sent'; unknown: boolean }
  | { is: 'under-way'; left: number | null; of: number | null; waiting: string | null; gone: GonePlan }
  /** Proven, and out of service since. */
  | { is: 'drained'; at: string; gone: GonePlan }
  /** `drainedAt`: when it was proven before. `by`: the user whose doing the end was; `outside`: it was nobody's of this bot. */
  | {
      is: 'ended';
      how: string;
      at: string;
      drainedAt: string | null;
      by: string | null;
      outside: boolean;
      gone: GonePlan;
    };

/** What is meant to become of a drained agent: nothing more, or to be marked gone; or that was dropped. */
export type GonePlan = 'none' | 'planned' | 'dropped';

/** Whether something of it is still to come. */
export function isUnderWay(state: DeedState): boolean {
  switch (state.is) {
    case 'asked':
    case 'scheduled':
    case 'held':
    case 'sent':
    case 'under-way':
      return true;
    case 'drained':
      return state.gone === 'planned';
    case 'answered':
    case 'refused':
    case 'failed':
    case 'late':
    case 'settled':
    case 'ended':
      return false;
  }
}
