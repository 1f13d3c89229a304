import sqlite3 from 'sqlite3';
import { StoreFault } from '../app/faults.ts';
import { codeOf, storeFault } from './faults.ts';

/** The right to open a database, held until it is released or the process dies, in whatever way. */
export interface Lock {
  release(): Promise<void>;
}

/** Takes the lock beside a database file; null: another opener has it. The lock is the kernel's lock on a file that
 * SQLite keeps inside BEGIN EXCLUSIVE, so a dead process holds nothing. The file itself stays: removing it would let
 * two processes lock two files of one name. */
export async function takeLock(file: string): Promise<Lock | null> {
  const path = `${file}.lock`;
  const driver = await open(path);
  try {
    await exec(driver, 'PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    await close(driver);
    if (codeOf(error) === 'SQLITE_BUSY') return null;
    throw storeFault(`The lock ${path} can't be taken`, error);
  }
  return { release: () => close(driver) };
}

function open(path: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const driver = new sqlite3.Database(path, (error) => {
      if (error === null) resolve(driver);
      else reject(storeFault(`The lock ${path} can't be opened`, error));
    });
  });
}

function exec(driver: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    driver.exec(sql, (error) => (error === null ? resolve() : reject(error)));
  });
}

function close(driver: sqlite3.Database): Promise<void> {
  return new Promise((resolve, reject) => {
    driver.close((error) =>
      error === null ? resolve() : reject(new StoreFault('The lock can not be released.', { cause: error })),
    );
  });
}
