import { AgentHeld, OpenDrainExists, StoreFault, VersionConflict } from '../../../src/app/faults.ts';
import type { OutboxRow, ThisDatabase, ThreadRow, Tx } from '../../../src/app/ports.ts';
import { canonical, chainHash, entryOf, genesis, type Sha256 } from '../../../src/domain/audit.ts';
import { isOpen } from '../../../src/domain/drain.ts';
import {
  type AgentId,
  agentId,
  approvalId,
  drainId,
  type Instant,
  instant,
  type NoticeId,
  planId,
} from '../../../src/domain/ids.ts';
import { agentsHeld, type Plan } from '../../../src/domain/plan.ts';
import { readsOf } from './memory-reads.ts';
import { type Draft, selfOf, type ThreadEntry } from './memory-tables.ts';

/** The same as `Tx`, without waiting. */
export type WritesNow = {
  [Name in keyof Tx]: (...args: Parameters<Tx[Name]>) => Awaited<ReturnType<Tx[Name]>>;
};

type Keyed = { id: string | number; version: number; cluster: string } & (
  | { agentId: string }
  | { plan: number }
);

function subjectOf(row: Keyed): string | number {
  return 'agentId' in row ? row.agentId : row.plan;
}

/** The writes of transactions, one after another, each with the rules that the schema's indexes and src/store/tables
 * hold. */
export function writesOf({ read, write }: Draft, sha256: Sha256): WritesNow {
  const reads = readsOf(read);
  const next = (name: 'drain' | 'approval' | 'plan') => {
    const number = (read.counters.get(name) ?? 0) + 1;
    write('counters').set(name, number);
    return number;
  };

  function insert<T extends Keyed>(
    table: 'approvals' | 'markGones' | 'reactivations',
    row: T,
    isUnderWay: (row: T) => boolean,
  ): void {
    const rows = write(table) as unknown as Map<string | number, T>;
    if (rows.has(row.id)) throw new StoreFault(`${table} ${row.id} is there already`);
    const same = (each: T) =>
      each.cluster === row.cluster && subjectOf(each) === subjectOf(row) && isUnderWay(each);
    if (isUnderWay(row) && [...rows.values()].some(same))
      throw new StoreFault(`${table}: one is under way on ${subjectOf(row)}`);
    rows.set(row.id, row);
  }

  function save<T extends Keyed>(table: 'approvals' | 'markGones' | 'reactivations', row: T): void {
    const rows = write(table) as unknown as Map<string | number, T>;
    if (rows.get(row.id)?.version !== row.version - 1)
      throw new VersionConflict(`${table} ${row.id} is not at version ${row.version - 1} any more`);
    rows.set(row.id, row);
  }

  function changeThread(
    id: string,
    change: (entry: ThreadEntry) => Partial<ThreadRow> & { changedAt?: Instant },
  ) {
    const entry = read.threads.get(id);
    if (entry === undefined) throw new StoreFault(`There is no thread ${id}.`);
    const { changedAt = entry.changedAt, ...row } = change(entry);
    write('threads').set(id, { row: { ...entry.row, ...row }, changedAt });
  }

  function mark(
    ids: NoticeId[],
    change: (row: OutboxRow) => Partial<OutboxRow>,
    fate: 'sent' | 'dead' | null = null,
  ) {
    if (ids.some((id) => !read.notices.has(id))) throw new StoreFault('one of the notices was never queued');
    for (const id of ids) {
      const entry = read.notices.get(id);
      if (entry === undefined || entry.sent || entry.dead) continue;
      write('notices').set(id, {
        row: { ...entry.row, ...change(entry.row) },
        sent: fate === 'sent',
        dead: fate === 'dead',
      });
    }
  }

  const changeSelf = (to: Partial<ThisDatabase>) => {
    write('self').set('self', { ...selfOf(read), ...to });
  };

  const staleCard: WritesNow['cardStale'] = (id, since) =>
    changeThread(id, ({ row, changedAt }) => ({
      cardStaleSince: instant(Math.min(row.cardStaleSince ?? since, since)),
      changedAt: instant(Math.max(changedAt ?? since, since)),
      cardRevision: row.cardRevision + 1,
    }));

  const refuseHeld = (plan: Plan) => {
    const others = reads.unendedPlans(plan.cluster).filter(({ id }) => id !== plan.id);
    const held = new Set(others.flatMap(agentsHeld));
    const twice = agentsHeld(plan).find((agent) => held.has(agent));
    if (twice !== undefined) throw new AgentHeld(`${twice} is held by another plan`);
  };

  return {
    takeIn: (command, correlation) => {
      if (read.inbox.has(command.triggerId)) return 'seen';
      const id = read.inbox.size + 1;
      write('inbox').set(command.triggerId, { command: { ...command, id, correlation }, settled: null });
      return 'new';
    },
    settleCommand: (id, as) => {
      const row = [...read.inbox.values()].find(({ command }) => command.id === id);
      if (row?.settled !== null) throw new VersionConflict(`inbox ${id} does not wait`);
      write('inbox').set(row.command.triggerId, { ...row, settled: as });
    },
    voidCommand: (triggerId) => {
      const row = read.inbox.get(triggerId);
      if (row?.settled === null) write('inbox').set(triggerId, { ...row, settled: 'void' });
    },
    append: (entry) => {
      const seq = read.audit.size + 1;
      const whole = entryOf(entry, seq);
      const text = canonical(whole);
      const row = { seq, text, hash: chainHash(sha256, reads.auditHead()?.hash ?? genesis, text) };
      write('audit').set(seq, { row, entry: whole });
      return row;
    },
    nextDrainId: () => drainId(next('drain')),
    openDrains: (cluster) => reads.openDrains(cluster).map(({ drain }) => drain),
    outOfService: (cluster) => reads.outOfService(cluster).map(({ drain }) => drain),
    insertDrain: (drain) => {
      const other = reads.openDrains(drain.cluster).find((each) => each.drain.agentId === drain.agentId);
      if (isOpen(drain) && other !== undefined) throw new OpenDrainExists(`one is open on ${drain.agentId}`);
      if (read.drains.has(drain.id)) throw new StoreFault(`drain ${drain.id} is there already`);
      write('drains').set(drain.id, { drain, checkedAt: null });
    },
    saveDrain: (drain) => {
      const stored = read.drains.get(drain.id);
      if (stored?.drain.version !== drain.version - 1)
        throw new VersionConflict(`drain ${drain.id} is not at version ${drain.version - 1} any more`);
      write('drains').set(drain.id, { ...stored, drain });
    },
    noteChecked: (id, at) => {
      const stored = read.drains.get(id);
      if (stored === undefined) throw new StoreFault(`There is no drain ${id}.`);
      write('drains').set(id, { ...stored, checkedAt: at });
      staleCard(stored.drain.thread, at);
    },
    drain: (id) => reads.drain(id)?.drain ?? null,
    openReactivations: reads.openReactivations,
    insertReactivation: (row) => insert('reactivations', row, ({ state }) => state.status !== 'ended'),
    saveReactivation: (row) => save('reactivations', row),
    nextApprovalId: () => approvalId(next('approval')),
    insertApproval: (row) => insert('approvals', row, ({ state }) => state.status !== 'settled'),
    saveApproval: (row) => save('approvals', row),
    approval: reads.approval,
    pendingApprovals: reads.pendingApprovals,
    insertMarkGone: (row) => insert('markGones', row, ({ state }) => state.status !== 'ended'),
    saveMarkGone: (row) => save('markGones', row),
    openMarkGones: reads.openMarkGones,
    nextPlanId: () => planId(next('plan')),
    insertPlan: (plan) => {
      if (read.plans.has(plan.id)) throw new StoreFault(`plan ${plan.id} is there already`);
      refuseHeld(plan);
      write('plans').set(plan.id, plan);
    },
    savePlan: (plan) => {
      const before = read.plans.get(plan.id)?.version;
      if (before !== plan.version - 1)
        throw new VersionConflict(`plan ${plan.id} is not at version ${plan.version - 1} any more`);
      refuseHeld(plan);
      write('plans').set(plan.id, plan);
    },
    plan: reads.plan,
    unendedPlans: reads.unendedPlans,
    directory: reads.directory,
    planInThread: (id, plan) => changeThread(id, () => ({ plan })),
    openThread: ({ plan = null, ...thread }) => {
      if (read.threads.has(thread.id)) throw new StoreFault(`thread ${thread.id} is there already`);
      const unseen = {
        ts: null,
        permalink: null,
        cardStaleSince: null,
        cardRevision: 0,
        cardEditedAt: null,
        dead: null,
      };
      write('threads').set(thread.id, { row: { ...thread, plan, ...unseen }, changedAt: null });
    },
    drainInThread: (id, drain) => changeThread(id, () => ({ drain })),
    queue: ({ id, to, notice, createdAt }) => {
      if (to.kind === 'reply' && !read.threads.has(to.thread)) throw new StoreFault(`${id}: no such thread`);
      if (read.notices.has(id)) throw new StoreFault(`notice ${id} is there already`);
      const seq = read.notices.size + 1;
      const fresh = { attempts: 0, firstAttemptAt: null, doubtful: false, dueAt: createdAt, createdAt };
      write('notices').set(id, { row: { id, seq, to, notice, ...fresh }, sent: false, dead: false });
    },
    markSent: (ids) => mark(ids, () => ({}), 'sent'),
    markTried: (ids, at) =>
      mark(ids, ({ attempts, firstAttemptAt }) => ({
        attempts: attempts + 1,
        doubtful: true,
        firstAttemptAt: firstAttemptAt ?? at,
      })),
    markDue: (ids, to) => mark(ids, () => to),
    markDead: (ids, why) => {
      mark(ids, () => ({}), 'dead');
      for (const { row } of [...read.threads.values()])
        if (ids.includes(row.rootNotice) && row.ts === null) changeThread(row.id, () => ({ dead: why }));
    },
    rootDelivered: (id, ts, permalink) => changeThread(id, () => ({ ts, permalink })),
    rootDead: (id, why) => changeThread(id, () => ({ dead: why })),
    permalinkOf: (id) => read.threads.get(id)?.row.permalink ?? null,
    cardStale: staleCard,
    cardEdited: (id, shown, at) =>
      changeThread(id, ({ row, changedAt }) => ({
        cardStaleSince: row.cardRevision > shown ? changedAt : null,
        cardEditedAt: at,
      })),
    restored: () => selfOf(read).restored,
    setRestored: (restored) => changeSelf({ restored }),
    acceptRestore: (upTo, { drains, approvals, plans }) => {
      changeSelf({ restored: null, acceptedUpTo: upTo });
      const counters = write('counters');
      counters.set('drain', Math.max(counters.get('drain') ?? 0, drains));
      counters.set('approval', Math.max(counters.get('approval') ?? 0, approvals));
      counters.set('plan', Math.max(counters.get('plan') ?? 0, plans));
    },
    anchor: () => reads.anchor(),
    noteAnchored: (seq, at) => changeSelf({ anchored: { seq, at } }),
    rememberAgents: (cluster, agents) => {
      const table = write('agents');
      for (const agent of agents) table.set(`${cluster} ${agent.agentId}`, agent);
    },
    believe: (cluster, agents) => {
      const table = write('believed');
      for (const [id, now] of agents)
        if (now === null) table.delete(`${cluster} ${id}`);
        else table.set(`${cluster} ${id}`, now);
    },
    noteUnreached: (cluster, since) => {
      const table = write('unreached');
      if (since === null) table.delete(cluster);
      else table.set(cluster, since);
    },
    noteDigested: (cluster, at) => void write('digests').set(cluster, at),
    noteSwept: (cluster, swept) => void write('sweeps').set(cluster, swept),
    plansSince: (cluster, since) =>
      [...read.plans.values()]
        .filter(
          ({ state, ...each }) => each.cluster === cluster && (state.status !== 'ended' || state.at >= since),
        )
        .sort((a, b) => a.id - b.id),
    ownWork: (cluster, since) => {
      const lately = (each: { cluster: string; state: { status: string; at?: number } }) =>
        each.cluster === cluster && (each.state.status !== 'ended' || (each.state.at ?? 0) >= since);
      const byId = (a: { id: string | number }, b: { id: string | number }) => (a.id < b.id ? -1 : 1);
      return {
        drains: [...read.drains.values()]
          .map(({ drain }) => drain)
          .filter(lately)
          .sort(byId),
        reactivations: [...read.reactivations.values()].filter(lately).sort(byId),
        markGones: [...read.markGones.values()].filter(lately).sort(byId),
      };
    },
    agentsFiledAfter: (seq) => {
      const ids = new Set<AgentId>();
      for (let at = seq + 1; at <= read.audit.size; at += 1) {
        const id = read.audit.get(at)?.entry.agent?.id;
        if (id !== undefined) ids.add(agentId(id));
      }
      return [...ids].sort();
    },
  };
}
