import type { FiledPolicy, OutboxRow, Store, ThreadRow } from '../../../src/app/ports.ts';
import { objectOf } from '../../../src/domain/audit/deed-state.ts';
import type { AuditFilter } from '../../../src/domain/audit/filter.ts';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import { isOpen } from '../../../src/domain/drain.ts';
import { agentId, instant } from '../../../src/domain/ids.ts';
import { auditReads } from './memory-audit.ts';
import { selfOf, type Tables } from './memory-tables.ts';

type Reads = Omit<Store, 'transact' | 'close'>;
/** The same without waiting for a turn. */
export type ReadsNow = {
  [Name in keyof Reads]: (...args: Parameters<Reads[Name]>) => Awaited<ReturnType<Reads[Name]>>;
};

const byNumber = (a: number, b: number) => a - b;
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byIntent = <T extends { intendedAt: number; id: string }>(a: T, b: T) =>
  byNumber(a.intendedAt, b.intendedAt) || byText(a.id, b.id);

/** What can be asked of the tables as they are now, in the orders that SQL gives. */
export function readsOf(tables: Tables): ReadsNow {
  const drains = () => [...tables.drains.values()].sort((a, b) => a.drain.id - b.drain.id);
  const approvals = () => [...tables.approvals.values()].sort((a, b) => a.id - b.id);
  const plans = () => [...tables.plans.values()].sort((a, b) => a.id - b.id);
  const threads = () => [...tables.threads.values()].map(({ row }) => row);
  /** Newest first. */
  const passing = ({ agent, by, command, since, until }: AuditFilter) =>
    [...tables.audit.values()]
      .filter(
        ({ entry }) =>
          (since === null || Date.parse(entry.at) >= since) &&
          (until === null || Date.parse(entry.at) < until) &&
          (command === null || verbOf(entry) === command) &&
          (by === null || (entry.actor.kind === 'person' && entry.actor.user === by)) &&
          (agent === null || entry.agent?.id === agent || entry.agent?.hostname === agent),
      )
      .reverse();
  return {
    waitingCommands: () =>
      [...tables.inbox.values()].filter(({ settled }) => settled === null).map(({ command }) => command),
    drain: (id) => tables.drains.get(id) ?? null,
    openDrains: (cluster) => drains().filter(({ drain }) => drain.cluster === cluster && isOpen(drain)),
    outOfService: (cluster) =>
      drains().filter(({ drain }) => drain.cluster === cluster && drain.state.status === 'drained'),
    openReactivations: (cluster) =>
      [...tables.reactivations.values()]
        .filter((each) => each.cluster === cluster && each.state.status !== 'ended')
        .sort(byIntent),
    reactivation: (id) => tables.reactivations.get(id) ?? null,
    approval: (id) => tables.approvals.get(id) ?? null,
    pendingApprovals: (cluster) =>
      approvals().filter((each) => each.cluster === cluster && each.state.status !== 'settled'),
    approvalByPrompt: (channel, ts) => {
      const thread = threads().find((row) => row.channel === channel && row.ts === ts);
      return thread?.approval == null ? null : (tables.approvals.get(thread.approval) ?? null);
    },
    latestApprovals: (limit) => approvals().reverse().slice(0, limit),
    openMarkGones: (cluster) =>
      [...tables.markGones.values()]
        .filter((each) => each.cluster === cluster && each.state.status !== 'ended')
        .sort(byIntent),
    markGoneOf: (approval, agentId) =>
      [...tables.markGones.values()]
        .filter((each) => each.approval === approval && each.agentId === agentId)
        .sort(byIntent)
        .at(-1) ?? null,
    plan: (id) => tables.plans.get(id) ?? null,
    unendedPlans: (cluster) =>
      plans().filter((each) => each.cluster === cluster && each.state.status !== 'ended'),
    latestPlans: (limit) => plans().reverse().slice(0, limit),
    latestDrains: (limit) => drains().reverse().slice(0, limit),
    directory: (cluster) =>
      [...tables.agents]
        .filter(([key]) => key.startsWith(`${cluster} `))
        .sort(([a], [b]) => byText(a, b))
        .map(([, agent]) => agent),
    believed: (cluster) =>
      new Map(
        [...tables.believed]
          .filter(([key]) => key.startsWith(`${cluster} `))
          .sort(([a], [b]) => byText(a, b))
          .map(([key, now]) => [agentId(key.slice(cluster.length + 1)), now]),
      ),
    digested: (cluster) => tables.digests.get(cluster) ?? null,
    unreached: (cluster) => tables.unreached.get(cluster) ?? null,
    swept: (cluster) => tables.sweeps.get(cluster) ?? null,
    thread: (id) => tables.threads.get(id)?.row ?? null,
    notice: (id) => tables.notices.get(id)?.row.notice ?? null,
    outbox: () =>
      inLanes([...tables.notices.values()].flatMap(({ row, sent, dead }) => (sent || dead ? [] : [row]))),
    staleCards: () =>
      threads()
        .filter(isStale)
        .sort((a, b) => byNumber(a.cardStaleSince ?? 0, b.cardStaleSince ?? 0) || byText(a.id, b.id)),
    auditBefore: (filter, seq, limit) =>
      passing(filter)
        .filter(({ row }) => row.seq < seq)
        .slice(0, limit),
    ...auditReads(tables),
    auditHead: () => tables.audit.get(tables.audit.size)?.row ?? null,
    latestPolicy: (cluster) => {
      const last = [...tables.audit.values()].findLast(
        ({ entry }) => entry.event.startsWith('policy.') && entry.cluster === cluster,
      );
      if (last === undefined) return null;
      const { hash, policy } = objectOf(last.entry.facts);
      return { event: last.entry.event, hash, policy } as unknown as FiledPolicy;
    },
    closedFile: () => null,
    auditHashes: (seqs) =>
      new Map(
        seqs.flatMap((seq) => {
          const line = tables.audit.get(seq);
          return line === undefined ? [] : [[seq, line.row.hash]];
        }),
      ),
    anchor: () => {
      const line = tables.audit.get(tables.audit.size);
      if (line === undefined) return null;
      const { row, entry } = line;
      return {
        database: selfOf(tables).id,
        seq: row.seq,
        hash: row.hash,
        at: instant(Date.parse(entry.at)),
        drains: tables.counters.get('drain') ?? 0,
        approvals: tables.counters.get('approval') ?? 0,
        plans: tables.counters.get('plan') ?? 0,
      };
    },
    thisDatabase: () => selfOf(tables),
  };
}

function verbOf({ command }: AuditEntry): unknown {
  return objectOf(command?.parsed)['verb'];
}

function isStale({ cardStaleSince, ts, dead }: ThreadRow): boolean {
  return cardStaleSince !== null && ts !== null && dead === null;
}

/** Threads in the order of what waits longest in them; within a thread, the order of queueing. */
function inLanes(rows: OutboxRow[]): OutboxRow[] {
  const lane = ({ to, id }: OutboxRow) => (to.kind === 'root' || to.kind === 'reply' ? to.thread : id);
  const first = new Map<string, number>();
  for (const row of rows) first.set(lane(row), Math.min(first.get(lane(row)) ?? row.seq, row.seq));
  return rows.sort(
    (a, b) => byNumber(first.get(lane(a)) ?? 0, first.get(lane(b)) ?? 0) || byNumber(a.seq, b.seq),
  );
}
