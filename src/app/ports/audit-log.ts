import type { Anchor } from '../../domain/anchor.ts';
import type { ClosedFile } from '../../domain/audit/closed-file.ts';
import type { LoggedEntry } from '../../domain/audit/export/fields.ts';
import type { AuditFilter } from '../../domain/audit/filter.ts';
import type { AuditEntry, AuditRow } from '../../domain/audit.ts';
import type { ClusterName, CorrelationId, DrainId, Instant } from '../../domain/ids.ts';
import type { PolicyWords } from '../../domain/policy/in-words.ts';

/** A deed as the log has it. `place`: the entry that stands for it in what was asked. `sequels`: entries of the drain that it
 * changed, which tell what became of that. */
export interface DeedEntries {
  place: number;
  entries: AuditEntry[];
  sequels: AuditEntry[];
}

/** A policy as the log has it. */
export interface FiledPolicy {
  /** `broken`: it stood on, for the file after it could not be read. */
  event: 'policy.changed' | 'policy.broken';
  hash: string;
  policy: PolicyWords[];
}

/** The audit log, read. Throws a StoreFault (app/faults.ts). */
export interface AuditReads {
  /** Entries that pass and stand before `seq`, newest first. */
  auditBefore(filter: AuditFilter, seq: number, limit: number): Promise<LoggedEntry[]>;
  /** The deeds that pass, newest first, from before an entry (null: from the newest on); `older`: there are more. */
  auditDeeds(
    filter: AuditFilter,
    page: { before: number | null; limit: number },
  ): Promise<{ deeds: DeedEntries[]; older: boolean }>;
  /** All entries of one correlation, oldest first; of very many the middle is left out. */
  auditEntries(correlation: CorrelationId): Promise<AuditEntry[]>;
  /** What happened in one piece of work, oldest first, from the entry after `after`; `later`: there are more. */
  auditStory(
    work: { correlation: CorrelationId; drain: DrainId | null },
    page: { after: number; limit: number },
  ): Promise<{ entries: AuditEntry[]; later: boolean }>;
  /** In how many seconds the last task of each of these frameworks left an agent, the latest first; without those that the
   * log knows nothing of. */
  departures(
    cluster: ClusterName,
    names: readonly string[],
    page: { since: Instant; most: number },
  ): Promise<Map<string, number[]>>;
  /** What the log last had of a cluster's policy; null: nothing. */
  latestPolicy(cluster: ClusterName): Promise<FiledPolicy | null>;
  auditHead(): Promise<AuditRow | null>;
  /** The hashes of these entries, as far as the log has them. */
  auditHashes(seqs: number[]): Promise<Map<number, string>>;
  /** The closed file that this log goes on from; null: it begins here. */
  closedFile(): Promise<ClosedFile | null>;
  /** The committed head of the log, as messages carry it; null: the log is empty. */
  anchor(): Promise<Anchor | null>;
}
