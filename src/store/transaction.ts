import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import { AgentHeld, OpenDrainExists, StoreDown, StoreFault, VersionConflict } from '../app/faults.ts';
import type { Tx } from '../app/ports.ts';
import { storeFault } from './faults.ts';
import type { FileGuard } from './file-guard.ts';

/** One transaction's turn on the connection: its writes run one after another, and none before or after it. */
class Turn {
  #open = true;
  #broken = false;
  #unfinished = 0;
  #last: Promise<unknown> = Promise.resolve();

  get open(): boolean {
    return this.#open;
  }

  /** The driver runs statements in parallel, so that two writes started together could read the same head. */
  do<T>(what: string, write: () => Promise<T>): Promise<T> {
    if (!this.#open)
      return Promise.reject(
        new StoreFault(`${what} was called after its transaction ended. Await every write.`),
      );
    this.#unfinished += 1;
    const result = this.#last.then(async () => {
      try {
        if (this.#broken || !this.#open)
          throw new StoreFault(`${what} was not tried: its transaction has failed.`);
        return await write();
      } catch (error) {
        // After some errors SQLite has rolled back by itself: the next write would stand alone, outside of any transaction.
        if (!isAnswer(error)) this.#broken = true;
        throw storeFault(`${what} failed`, error);
      } finally {
        this.#unfinished -= 1;
      }
    });
    // Whoever wrote gets the fault; the next write only waits for the end.
    this.#last = Promise.allSettled([result]);
    return result;
  }

  /** Throws where the work may not be committed, even if whoever did it swallowed the reason. */
  mayCommit(): void {
    if (this.#broken) throw new StoreFault('A write failed, so nothing of its transaction is kept.');
    if (this.#unfinished > 0)
      throw new StoreFault(
        'A transaction ended before its writes. Await every write; nothing of it is kept.',
      );
  }

  /** From here on every write is refused. Resolves when the last one has left the connection. */
  async end(): Promise<void> {
    this.#open = false;
    await this.#last;
  }
}

/** Something else stands in the way: the transaction itself is sound. */
function isAnswer(error: unknown): boolean {
  return error instanceof OpenDrainExists || error instanceof AgentHeld || error instanceof VersionConflict;
}

/** The door to the one connection: reads and transactions go through it one by one, and none once it is shut. */
export interface Door {
  transact<T>(writesOf: (trx: Knex.Transaction) => Tx, work: (tx: Tx) => Promise<T>): Promise<T>;
  read<T>(what: string, query: (db: Knex) => Promise<T>): Promise<T>;
  /** Rolls back a transaction that is under way, whatever it still waits for. Safe to call again. */
  shut(): void;
}

/** A door to `db`, which must be a pool of one; `guard` says whether the file behind it is still the one. */
export function doorTo(db: Knex, guard: FileGuard): Door {
  const inside = new AsyncLocalStorage<Turn>();
  let isShut = false;
  const closed = () => new StoreFault('The database is closed.');
  let abandon: () => void = () => undefined;
  const shutting = new Promise<never>((_, reject) => {
    abandon = () => reject(closed());
  });
  // Nobody may be inside when the door shuts; whoever is gets the fault by the race.
  void Promise.allSettled([shutting]);

  // A second claim of the only connection from inside a transaction would wait for itself.
  function refuseInside(what: string): void {
    if (isShut) throw closed();
    if (inside.getStore()?.open)
      throw new StoreFault(`${what} was called inside a transaction. Use the tx that was handed down.`);
  }

  return {
    async transact(writesOf, work) {
      refuseInside('transact');
      const fromWork: unknown[] = [];
      await guard.ready();
      try {
        const value = await db.transaction(async (trx) => {
          if (isShut) throw closed();
          // A write that changes nothing makes this BEGIN IMMEDIATE: whoever else writes is met here, before any work.
          await trx.raw('UPDATE holder SET id = id WHERE 0');
          const turn = new Turn();
          try {
            const tx = guarded(turn, writesOf(trx));
            const value = await Promise.race([inside.run(turn, () => work(tx)), shutting]);
            turn.mayCommit();
            // What is committed into a file that nobody will ever open again is not recorded.
            guard.sure();
            return value;
          } catch (error) {
            fromWork.push(error);
            throw error;
          } finally {
            await turn.end();
          }
        });
        guard.tidy();
        return value;
      } catch (error) {
        guard.met(error);
        for (const fault of fromWork) guard.met(fault instanceof StoreFault ? fault.cause : fault);
        // The rollback may have failed after it; what went wrong first is what counts.
        if (fromWork.length > 0) throw fromWork[0];
        throw storeFault('A transaction failed, and nothing of it is kept', error);
      }
    },
    async read(what, query) {
      refuseInside(what);
      await guard.ready().catch((fault: unknown) => {
        // What is damaged in one place can still be read in another.
        if (!(fault instanceof StoreDown && fault.trouble.code === 'SQLITE_CORRUPT')) throw fault;
      });
      try {
        return await query(db);
      } catch (error) {
        guard.met(error);
        throw isShut ? closed() : storeFault(`${what} failed`, error);
      }
    },
    shut() {
      isShut = true;
      abandon();
      // Until then each promise of the process would pay for it, and for every other one that was ever open.
      inside.disable();
    },
  };
}

function guarded(turn: Turn, tx: Tx): Tx {
  const wrap = ([name, write]: [string, (...args: unknown[]) => Promise<unknown>]) => [
    name,
    (...args: unknown[]) => turn.do(name, () => write(...args)),
  ];
  return Object.fromEntries((Object.entries(tx) as Parameters<typeof wrap>[0][]).map(wrap));
}
