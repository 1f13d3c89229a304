import type { Knex } from 'knex';
import type { AuditDraft, AuditRow, Sha256 } from '../domain/audit.ts';
import { beginning } from '../domain/verify.ts';
import { appendAfter, auditHead } from './audit-log.ts';
import { storeDown } from './faults.ts';

/** Appends within the transaction `trx`, so that number and chain are its own. */
export type Append = (trx: Knex, draft: AuditDraft) => Promise<AuditRow>;

/** The appending of one process, which is the only one that may. Where the log does not end as this process left it,
 * somebody else wrote to it or set it back: a fault, and so it stays until the bot is started anew. */
export interface Appending {
  begin(): { append: Append; ended(how: 'committed' | 'failed'): void };
}

export function makeAppending(sha256: Sha256): Appending {
  /** How the log may end: as it was committed last, or with what failed since. A disk that failed at the very end may hold
   * such an entry all the same, and shows it when the file is opened anew. */
  let ends: string[] | null = null;
  return {
    begin() {
      let mine: AuditRow | null = null;
      return {
        append: async (trx, draft) => {
          const head = (await auditHead(trx)) ?? beginning;
          const allowed = mine === null ? ends : [mine.hash];
          if (allowed !== null && !allowed.includes(head.hash))
            throw storeDown('The audit log does not end as this process left it', 'ANOTHER WRITER');
          mine = await appendAfter(head, trx, sha256, draft);
          return mine;
        },
        ended: (how) => {
          if (mine === null) return;
          if (how === 'committed') ends = [mine.hash];
          else if (ends !== null) ends = [...ends.slice(0, 1), ...ends.slice(1).slice(-9), mine.hash];
        },
      };
    },
  };
}
