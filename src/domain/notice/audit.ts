import type { Anchor } from '../anchor.ts';
import type { CommandDeed, Deed } from '../audit/deed.ts';
import type { SharedFormat } from '../audit/export/formats.ts';
import type { AuditFilter } from '../audit/filter.ts';
import type { AuditEntry } from '../audit.ts';
import type { Work } from '../command.ts';
import type { ChannelId } from '../ids.ts';
import type { WorkKind } from '../preview/open-work.ts';

/** What `audit` answers, and what else leaves the log. */
export type AuditNotice =
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
  /** To whoever asked: the head that goes to the anchor channel. */
  | { kind: 'anchored'; anchor: Anchor; channel: ChannelId }
  /** The same as a file, which is made when it is delivered. */
  | { kind: 'audit-export'; format: SharedFormat; filter: AuditFilter; upTo: number }
  /** In the anchor channel: a head of the log. */
  | { kind: 'anchor'; anchor: Anchor };

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
