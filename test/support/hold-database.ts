import sqlite3 from 'sqlite3';

/** Another program that holds the database's write lock, as an open `sqlite3` shell would: every commit of the bot
 * fails with SQLITE_BUSY, reads go on. */
export async function holdDatabase(path: string): Promise<{ release(): Promise<void> }> {
  const shell = new sqlite3.Database(path);
  const run = (sql: string) =>
    new Promise<void>((resolve, reject) => shell.exec(sql, (error) => (error ? reject(error) : resolve())));
  await run('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE;');
  return {
    release: async () => {
      await run('ROLLBACK');
      await new Promise<void>((resolve) => shell.close(() => resolve()));
    },
  };
}
