import type {
  InboxCommand,
  OutboxRow,
  StoredDrain,
  Swept,
  ThisDatabase,
  ThreadRow,
} from '../../../src/app/ports.ts';
import type { KnownAgent } from '../../../src/domain/agent.ts';
import type { Approval } from '../../../src/domain/approval.ts';
import type { AuditEntry, AuditRow } from '../../../src/domain/audit.ts';
import { databaseId, type Instant } from '../../../src/domain/ids.ts';
import type { MarkGone } from '../../../src/domain/mark-gone.ts';
import type { Believed } from '../../../src/domain/outside/service.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import type { Reactivation } from '../../../src/domain/reactivation.ts';

export interface InboxRow {
  command: InboxCommand;
  settled: string | null;
}

export interface NoticeRow {
  row: OutboxRow;
  sent: boolean;
  dead: boolean;
}

/** A thread, with the time of the last change that its card has to show. */
export interface ThreadEntry {
  row: ThreadRow;
  changedAt: Instant | null;
}

export interface AuditLine {
  row: AuditRow;
  entry: AuditEntry;
}

/** What a database of the bot holds, by key. Rows are never changed, only put in each other's place. */
export interface Tables {
  inbox: Map<string, InboxRow>;
  drains: Map<number, StoredDrain>;
  approvals: Map<number, Approval>;
  plans: Map<number, Plan>;
  markGones: Map<string, MarkGone>;
  reactivations: Map<string, Reactivation>;
  threads: Map<string, ThreadEntry>;
  notices: Map<string, NoticeRow>;
  agents: Map<string, KnownAgent>;
  believed: Map<string, Believed>;
  sweeps: Map<string, Swept>;
  unreached: Map<string, Instant>;
  digests: Map<string, Instant>;
  counters: Map<'drain' | 'approval' | 'plan', number>;
  audit: Map<number, AuditLine>;
  self: Map<'self', ThisDatabase>;
}

export function emptyTables(): Tables {
  return {
    inbox: new Map(),
    drains: new Map(),
    approvals: new Map(),
    plans: new Map(),
    markGones: new Map(),
    reactivations: new Map(),
    threads: new Map(),
    notices: new Map(),
    agents: new Map(),
    believed: new Map(),
    sweeps: new Map(),
    unreached: new Map(),
    digests: new Map(),
    counters: new Map(),
    audit: new Map(),
    self: new Map([
      ['self', { id: databaseId('memory'), anchored: null, restored: null, acceptedUpTo: null }],
    ]),
  };
}

/** The tables as one transaction after another sees them: what it changes are copies, which are handed over by `commit`
 * or forgotten at the next `begin`. */
export interface Draft {
  readonly read: Tables;
  begin(): void;
  /** A table that may be written to. */
  write<Name extends keyof Tables>(name: Name): Tables[Name];
  commit(): void;
}

export function draftOf(tables: Tables): Draft {
  const read = { ...tables };
  const mine = new Set<keyof Tables>();
  return {
    read,
    begin: () => {
      mine.clear();
      Object.assign(read, tables);
    },
    write: (name) => {
      if (!mine.has(name)) {
        mine.add(name);
        Object.assign(read, { [name]: new Map(read[name] as Map<unknown, unknown>) });
      }
      return read[name];
    },
    commit: () => void Object.assign(tables, read),
  };
}

/** Which database this is. */
export function selfOf({ self }: Tables): ThisDatabase {
  const found = self.get('self');
  if (found === undefined) throw new Error('the database does not say which one it is');
  return found;
}
