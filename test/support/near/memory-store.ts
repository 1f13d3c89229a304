import { OpenDrainExists, StoreFault, VersionConflict } from '../../../src/app/faults.ts';
import type { InboxCommand, Store, ThreadRow, Tx } from '../../../src/app/ports.ts';
import type { AuditEntry, Sha256 } from '../../../src/domain/audit.ts';
import type { Reactivation } from '../../../src/domain/reactivation.ts';
import { readsOf } from './memory-reads.ts';
import { type AuditLine, draftOf, emptyTables, type NoticeRow } from './memory-tables.ts';
import { writesOf } from './memory-writes.ts';

/** What was asked of the store, and what it said: for asking SQLite the same (test/store/memory-store.test.ts). */
export type Asked =
  | { kind: 'read'; name: string; args: unknown[]; said: unknown }
  | { kind: 'transaction'; steps: { name: string; args: unknown[]; said: unknown }[]; committed: boolean };

/** A database in memory that outlives the stores opened on it, as a file outlives processes. */
export interface MemoryDatabase {
  open(): Store;
  audit(): AuditLine[];
  reads: ReturnType<typeof readsOf>;
  threads(): ThreadRow[];
  notices(): NoticeRow[];
  reactivations(): Reactivation[];
  /** All commands ever taken in. */
  typed(): InboxCommand[];
  /** Commits that fail from now on, as on a full disk. */
  fail(times: number): void;
}

/** `onCommit` sees each new audit entry at the moment at which it counts. */
export function memoryDatabase(options: {
  sha256: Sha256;
  onCommit?(entry: AuditEntry): void;
  onAsked?(asked: Asked): void;
}): MemoryDatabase {
  const { sha256, onCommit, onAsked } = options;
  const tables = emptyTables();
  const reads = readsOf(tables);
  let failing = 0;

  function open(): Store {
    let closed = false;
    let last: Promise<unknown> = Promise.resolve();
    /** One at a time, as on the one connection of the real one. */
    const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
      const result = last.then(() => {
        if (closed) throw new StoreFault('The database is closed.');
        return work();
      });
      last = result.catch(() => undefined);
      return result;
    };

    const draft = draftOf(tables);
    let steps: Extract<Asked, { kind: 'transaction' }>['steps'] = [];
    let broken = false;
    const tx = asPort<Tx>(writesOf(draft, sha256), (name, write) => async (...args) => {
      try {
        const said = write(...args);
        steps.push({ name, args, said });
        return said;
      } catch (fault) {
        steps.push({ name, args, said: fault });
        if (!(fault instanceof OpenDrainExists || fault instanceof VersionConflict)) broken = true;
        throw fault;
      }
    });

    const transact: Store['transact'] = (work) =>
      inTurn(async () => {
        draft.begin();
        steps = [];
        broken = false;
        let committed = false;
        const before = tables.audit.size;
        try {
          const value = await work(tx);
          if (broken) throw new StoreFault('A write failed, so nothing of its transaction is kept.');
          if (closed) throw new StoreFault('The database is closed.');
          if (failing > 0) {
            failing -= 1;
            throw new StoreFault('database or disk is full');
          }
          draft.commit();
          committed = true;
          for (let seq = before + 1; seq <= tables.audit.size; seq += 1) {
            const line = tables.audit.get(seq);
            if (line !== undefined) onCommit?.(line.entry);
          }
          return value;
        } finally {
          onAsked?.({ kind: 'transaction', steps, committed });
        }
      });

    const asking = asPort<Omit<Store, 'transact' | 'close'>>(
      reads,
      (name, read) =>
        (...args) =>
          inTurn(() => {
            const said = read(...args);
            onAsked?.({ kind: 'read', name, args, said });
            return said;
          }),
    );
    return {
      ...asking,
      transact,
      close: async () => {
        closed = true;
      },
    };
  }

  return {
    open,
    audit: () => [...tables.audit.values()],
    reads,
    threads: () => [...tables.threads.values()].map(({ row }) => row),
    notices: () => [...tables.notices.values()],
    typed: () => [...tables.inbox.values()].map(({ command }) => command),
    reactivations: () => [...tables.reactivations.values()],
    fail: (times) => {
      failing = times;
    },
  };
}

type Said = (...args: unknown[]) => unknown;

/** The same methods, each with something around it. */
function asPort<Port>(methods: object, around: (name: string, method: Said) => Said): Port {
  const wrapped = Object.entries(methods).map(([name, method]) => [name, around(name, method as Said)]);
  return Object.fromEntries(wrapped) as Port;
}
