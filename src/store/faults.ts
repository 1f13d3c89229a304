import { isNativeError } from 'node:util/types';
import { StoreFault } from '../app/faults.ts';

/** What each of SQLite's error codes asks of an operator. Source: sqlite.org/rescode.html. */
const advice: Record<string, string> = {
  SQLITE_BUSY: 'Another program is writing to the file; only the bot may.',
  SQLITE_LOCKED: 'Another program is writing to the file; only the bot may.',
  SQLITE_FULL: 'The disk is full: make room.',
  SQLITE_IOERR: 'The disk failed: check it, and the mount.',
  SQLITE_READONLY: 'The file or its directory is read-only: check owner and permissions.',
  SQLITE_PERM: 'Check owner and permissions of the file and its directory.',
  SQLITE_CANTOPEN: 'Check that the directory exists and that the bot may write to it.',
  SQLITE_CORRUPT: 'The file is damaged: keep a copy, and restore the newest backup.',
  SQLITE_NOTADB: 'The file is no SQLite database: check DATABASE_PATH.',
};

/** SQLite's own code of a driver error, like `SQLITE_FULL`; null: it has none. */
export function codeOf(error: unknown): string | null {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Any error on the way to the database, as a StoreFault that says what was being done. A StoreFault stays as it is. */
export function storeFault(doing: string, error: unknown): StoreFault {
  if (error instanceof StoreFault) return error;
  if (isNativeError(error) && error.name === 'KnexTimeoutError')
    return new StoreFault(
      `${doing}: the database's one connection stayed taken. A transaction does not end, or awaits something else than its own writes.`,
      { cause: error },
    );
  const code = codeOf(error);
  const why = code ?? (isNativeError(error) ? error.message : String(error));
  const todo = code === null ? undefined : advice[code];
  return new StoreFault(`${doing}: ${why}.${todo === undefined ? '' : ` ${todo}`}`, { cause: error });
}
