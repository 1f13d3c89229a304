import type { Restored } from '../anchor.ts';
import type { ApprovalId, ClusterName, DrainId, IncidentId, Instant, UserId } from '../ids.ts';
import type { PolicyChange } from '../policy/in-words.ts';
import type { StoreTrouble } from '../refusal.ts';

/** What concerns the bot itself. */
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
  | { matter: 'commands-limited'; user: UserId; count: number }
  | { matter: 'policy'; news: PolicyNews };

/** What became of the policies when the configuration was read again, or at the start. */
export type PolicyNews =
  | {
      what: 'changed';
      clusters: { cluster: ClusterName; changes: PolicyChange[] }[];
      /** It could not be read before. */
      restored: boolean;
      /** Settings besides the policies that count from the next start on, by name. */
      restart: string[];
    }
  | { what: 'broken'; problems: string[] };

/** Old messages of one thread, or of none, that are not sent any more. */
export interface UnsentLine {
  drain: DrainId | null;
  approval: ApprovalId | null;
  permalink: string | null;
  messages: number;
}
