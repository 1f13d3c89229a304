import { isNativeError } from 'node:util/types';
import { StoreDown, StoreFault } from '../app/faults.ts';

/** What each of SQLite's error codes, and each of our own findings, asks of an operator. Source: sqlite.org/rescode.html. */
const advice = {
  SQLITE_BUSY: 'Another program is writing to the file; only the bot may.',
  SQLITE_LOCKED: 'Another program is writing to the file; only the bot may.',
  SQLITE_FULL: 'The disk is full: make room.',
  SQLITE_IOERR: 'The disk failed: check it, and the mount.',
  SQLITE_READONLY: 'The file or its directory is read-only: check owner and permissions.',
  SQLITE_PERM: 'Check owner and permissions of the file and its directory.',
  SQLITE_CANTOPEN: 'Check that the directory exists and that the bot may write to it.',
  SQLITE_CORRUPT: 'The file is damaged: keep a copy, and restore the newest backup.',
  SQLITE_NOTADB: 'The file is no SQLite database: check DATABASE_PATH.',
  REPLACED:
    'Put the file that the bot had back, and it goes on. If another one shall stay: stop the bot, put that one in place without the -wal and -shm beside it, start.',
  'ANOTHER WRITER':
    'Find what else writes to the database, and stop it. Then restart the bot, and run npm run audit -- verify.',
  'NO ANSWER': 'If the disk does not hang, restart the bot.',
} as const;

/** SQLite's own code of a driver error, like `SQLITE_FULL`; null: it has none. */
export function codeOf(error: unknown): string | null {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The database can't be used, and what to do about it. */
export function storeDown(doing: string, code: keyof typeof advice, cause?: unknown): StoreDown {
  return new StoreDown(`${doing}: ${code}. ${advice[code]}`, { code, toDo: advice[code] }, { cause });
}

/** Any error on the way to the database, as a StoreFault that says what was being done. A StoreFault stays as it is. */
export function storeFault(doing: string, error: unknown): StoreFault {
  if (error instanceof StoreFault) return error;
  if (isNativeError(error) && error.name === 'KnexTimeoutError')
    return storeDown(
      `${doing}: the database's one connection stayed taken. A transaction does not end, or awaits something else than its own writes`,
      'NO ANSWER',
      error,
    );
  const code = codeOf(error);
  if (code !== null && hasAdvice(code)) return storeDown(doing, code, error);
  const why = code ?? (isNativeError(error) ? error.message : String(error));
  return new StoreFault(`${doing}: ${why}.`, { cause: error });
}

function hasAdvice(code: string): code is keyof typeof advice {
  return Object.hasOwn(advice, code);
}
