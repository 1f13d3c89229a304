import { noProgress } from '../../src/cli/progress.ts';
import { nothingKept, verifyLog } from '../../src/cli/verify-log.ts';
import type { AuditFilter } from '../../src/domain/audit/filter.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { openAuditFile } from '../../src/store/audit-file.ts';
import { sha256 } from '../../src/store/sha256.ts';

/** The filter that lets everything pass. */
export const everyEntry: AuditFilter = {
  agent: null,
  cluster: null,
  by: null,
  command: null,
  since: null,
  until: null,
};

/** The log of a database file, oldest first, and what is wrong with its chain (empty: it is whole). */
export async function readAudit(path: string): Promise<{ entries: AuditEntry[]; flaws: string[] }> {
  const file = await openAuditFile(path);
  try {
    const entries: AuditEntry[] = [];
    for await (const { entry } of file.entries(everyEntry)) entries.push(entry);
    const lines: string[] = [];
    const whole = await verifyLog(file, nothingKept, {
      sha256,
      progress: noProgress,
      print: async (line) => void lines.push(line),
    });
    return { entries, flaws: whole ? [] : lines };
  } finally {
    await file.close();
  }
}
