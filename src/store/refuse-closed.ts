import { existsSync } from 'node:fs';
import { StoreFault } from '../app/faults.ts';
import { auditHead, readEntry } from './audit-log.ts';
import { connectReadOnly } from './connection.ts';

/** Throws a StoreFault where the file's log was closed: no bot may work on it, and opening it to write would change its bytes. */
export async function refuseClosed(file: string): Promise<void> {
  if (!existsSync(file)) return;
  const closing = await lastEntry(file);
  if (closing?.event !== 'log.closed') return;
  const { continuesIn = 'another file' } = (closing.facts ?? {}) as { continuesIn?: string };
  throw new StoreFault(
    `The log of ${file} was closed at entry ${closing.seq}, ${closing.at}: it goes on in ${continuesIn}. The file is kept as it is; set DATABASE_PATH to the other one.`,
  );
}

/** Null also where that can't be read: whoever opens the file finds out why. */
async function lastEntry(file: string) {
  try {
    const db = await connectReadOnly(file);
    try {
      const head = await auditHead(db);
      return head === null ? null : readEntry(head.seq, head.text);
    } finally {
      await db.destroy();
    }
  } catch {
    return null;
  }
}
