import { StoreFault } from '../app/faults.ts';
import { instant, iso } from '../domain/ids.ts';
import { connectReadOnly } from './connection.ts';
import { type Lock, takeLock } from './lock.ts';

/** Takes the lock of a database. Throws a StoreFault that says who has it and since when. */
export async function lockOrSay(file: string): Promise<Lock> {
  const lock = await takeLock(file);
  if (lock === null) throw await heldFault(file);
  return lock;
}

/** Who has the database, as the main file says. */
async function heldFault(file: string): Promise<StoreFault> {
  const todo = 'One process per database: stop that one first, or set another DATABASE_PATH.';
  try {
    const db = await connectReadOnly(file);
    try {
      const holder = await db<{ owner: string; since: number }>('holder').first();
      if (holder !== undefined)
        return new StoreFault(
          `The database ${file} is in use by ${holder.owner} since ${iso(instant(holder.since))}. ${todo}`,
        );
    } finally {
      await db.destroy();
    }
  } catch {
    // It is being made right now, or can't be read: that it is held is known all the same.
  }
  return new StoreFault(
    `The database ${file} is in use by another process, which has not said who it is yet. ${todo}`,
  );
}
