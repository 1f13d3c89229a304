import { existsSync } from 'node:fs';
import { StoreFault } from '../app/faults.ts';
import { auditHead, readEntry } from './audit-log.ts';
import { connectReadOnly } from './connection.ts';

/** Throws a StoreFault where the file's log was closed: no bot may work on it, and opening it to write would change its bytes. */
export async function refuseClosed(file: string): Promise<void> {
  const where = await closedAt(file);
  if (where !== null)
    throw new StoreFault(`${where}. The file is kept as it is; set DATABASE_PATH to the other one.`);
}

/** Throws a StoreFault where the file's log was closed: the file that goes on from it knows its bytes, and SQLite makes a copy
 * with others. */
export async function refuseCopyOfClosed(file: string): Promise<void> {
  const where = await closedAt(file);
  if (where !== null)
    throw new StoreFault(
      `${where}, which knows this file by its SHA-256. Nobody writes to it any more: copy the file itself, with cp.`,
    );
}

/** That it was closed, in words; null: it was not. */
async function closedAt(file: string): Promise<string | null> {
  if (!existsSync(file)) return null;
  const closing = await lastEntry(file);
  if (closing?.event !== 'log.closed') return null;
  const { continuesIn = 'another file' } = (closing.facts ?? {}) as { continuesIn?: string };
  return `The log of ${file} was closed at entry ${closing.seq}, ${closing.at}: it goes on in ${continuesIn}`;
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
