import { resolve } from 'node:path';
import type { Knex } from 'knex';
import type { Clock, NewId, Store, Tx } from '../app/ports.ts';
import { withoutSecrets } from '../domain/audit/without-secrets.ts';
import type { Sha256 } from '../domain/audit.ts';
import { type Append, makeAppending } from './append.ts';
import { deedsOf, entriesOf, storyOf } from './audit-deeds.ts';
import { departuresOf } from './audit-departures.ts';
import { auditHashes, auditHead, closedFileBefore, entriesBefore } from './audit-log.ts';
import { latestPolicy } from './audit-policies.ts';
import { connect, realFile } from './connection.ts';
import { storeFault } from './faults.ts';
import { type FileGuard, guardFile } from './file-guard.ts';
import type { Lock } from './lock.ts';
import { lockOrSay } from './lock-or-say.ts';
import { migrate, packagedMigrations } from './migrate.ts';
import { refuseClosed } from './refuse-closed.ts';
import * as approvals from './tables/approvals.ts';
import { directory, rememberAgents } from './tables/directory.ts';
import * as drains from './tables/drains.ts';
import * as inbox from './tables/inbox.ts';
import * as markGones from './tables/mark-gones.ts';
import * as messages from './tables/outbox.ts';
import * as outside from './tables/outside.ts';
import * as plans from './tables/plans.ts';
import * as reactivations from './tables/reactivations.ts';
import * as self from './tables/this-database.ts';
import * as threads from './tables/threads.ts';
import { doorTo } from './transaction.ts';

export interface StoreOptions {
  /** The database file; made when it is not there. Its lock is the file `<path>.lock`. */
  path: string;
  clock: Clock;
  newId: NewId;
  sha256: Sha256;
  /** Takes secrets out of a text before it gets into the log. */
  clean(text: string): string;
  /** Who opens it (host and process), for whoever is refused meanwhile. */
  owner: string;
}

/** Opens the database for this process alone, and brings its schema up to date. Throws a StoreFault: somebody else has
 * it (who, since when), it can't be opened, or another version has shaped it. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const file = realFile(options.path);
  const lock = await lockOrSay(file);
  let db: Knex | null = null;
  try {
    await refuseClosed(file);
    db = await connect(file);
    const now = options.clock.now();
    await migrate(db, packagedMigrations(), { sha256: options.sha256, now });
    await db('holder').insert({ id: 1, owner: options.owner, since: now }).onConflict('id').merge();
    await self.nameOnce(db, options.newId);
    const guard = await guardFile(db, { path: resolve(options.path), file, now: () => options.clock.now() });
    return storeOver(db, guard, lock, options);
  } catch (error) {
    await db?.destroy();
    await lock.release();
    throw storeFault(`The database ${file} can't be opened`, error);
  }
}

function storeOver(db: Knex, guard: FileGuard, lock: Lock, options: StoreOptions): Store {
  const door = doorTo(db, guard);
  const appending = makeAppending(options.sha256);
  let closing: Promise<void> | null = null;
  return {
    transact: async (work) => {
      const { append, ended } = appending.begin();
      try {
        const value = await door.transact((trx) => writesOf(trx, append, options), work);
        ended('committed');
        return value;
      } catch (fault) {
        ended('failed');
        throw fault;
      }
    },
    waitingCommands: () => door.read('waitingCommands', inbox.waitingCommands),
    drain: (id) => door.read('drain', (on) => drains.drainOf(on, id)),
    openDrains: (cluster) => door.read('openDrains', (on) => drains.openDrains(on, cluster)),
    outOfService: (cluster) => door.read('outOfService', (on) => drains.outOfService(on, cluster)),
    reactivation: (id) => door.read('reactivation', (on) => reactivations.reactivationOf(on, id)),
    openReactivations: (cluster) =>
      door.read('openReactivations', (on) => reactivations.openReactivations(on, cluster)),
    approval: (id) => door.read('approval', (on) => approvals.approvalOf(on, id)),
    pendingApprovals: (cluster) =>
      door.read('pendingApprovals', (on) => approvals.pendingApprovals(on, cluster)),
    approvalByPrompt: (channel, ts) =>
      door.read('approvalByPrompt', (on) => approvals.approvalByPrompt(on, channel, ts)),
    latestApprovals: (limit) => door.read('latestApprovals', (on) => approvals.latestApprovals(on, limit)),
    openMarkGones: (cluster) => door.read('openMarkGones', (on) => markGones.openMarkGones(on, cluster)),
    markGoneOf: (approval, agentId) =>
      door.read('markGoneOf', (on) => markGones.markGoneOf(on, approval, agentId)),
    latestDrains: (limit) => door.read('latestDrains', (on) => drains.latestDrains(on, limit)),
    directory: (cluster) => door.read('directory', (on) => directory(on, cluster)),
    believed: (cluster) => door.read('believed', (on) => outside.believedOf(on, cluster)),
    digested: (cluster) => door.read('digested', (on) => outside.digestedAt(on, cluster)),
    unreached: (cluster) => door.read('unreached', (on) => outside.unreachedSince(on, cluster)),
    swept: (cluster) => door.read('swept', (on) => outside.sweptOf(on, cluster)),
    plan: (id) => door.read('plan', (on) => plans.planOf(on, id)),
    unendedPlans: (cluster) => door.read('unendedPlans', (on) => plans.unendedPlans(on, cluster)),
    latestPlans: (limit) => door.read('latestPlans', (on) => plans.latestPlans(on, limit)),
    thread: (id) => door.read('thread', (on) => threads.threadOf(on, id)),
    notice: (id) => door.read('notice', (on) => messages.noticeOf(on, id)),
    outbox: () => door.read('outbox', messages.outbox),
    staleCards: () => door.read('staleCards', threads.staleCards),
    auditBefore: (filter, seq, limit) =>
      entriesBefore((read) => door.read('auditBefore', read), filter, { seq, limit }),
    auditDeeds: (filter, page) => door.read('auditDeeds', (on) => deedsOf(on, filter, page)),
    auditEntries: (correlation) => door.read('auditEntries', (on) => entriesOf(on, correlation)),
    auditStory: (work, page) => door.read('auditStory', (on) => storyOf(on, work, page)),
    departures: (cluster, names, page) =>
      door.read('departures', (on) => departuresOf(on, cluster, names, page)),
    latestPolicy: (cluster) => door.read('latestPolicy', (on) => latestPolicy(on, cluster)),
    auditHead: () => door.read('auditHead', auditHead),
    auditHashes: (seqs) => door.read('auditHashes', (on) => auditHashes(on, seqs)),
    closedFile: () => door.read('closedFile', closedFileBefore),
    anchor: () => door.read('anchor', self.anchor),
    thisDatabase: () => door.read('thisDatabase', self.thisDatabase),
    close() {
      closing ??= (async () => {
        door.shut();
        // The last to close a file writes into it.
        if (guard.mayClose()) await db.destroy();
        // Last: until here the file may still be written to.
        await lock.release();
      })();
      return closing;
    },
  };
}

function writesOf(trx: Knex.Transaction, append: Append, { clock, clean }: StoreOptions): Tx {
  return {
    takeIn: (command, correlation) => inbox.takeIn(trx, command, correlation),
    settleCommand: (id, as) => inbox.settleCommand(trx, id, as, clock.now()),
    voidCommand: (triggerId) => inbox.voidCommand(trx, triggerId, clock.now()),
    append: (draft) => append(trx, withoutSecrets(draft, clean)),
    nextDrainId: () => drains.nextDrainId(trx),
    openDrains: async (cluster) => (await drains.openDrains(trx, cluster)).map(({ drain }) => drain),
    outOfService: async (cluster) => (await drains.outOfService(trx, cluster)).map(({ drain }) => drain),
    insertDrain: (drain) => drains.insertDrain(trx, drain),
    saveDrain: (drain) => drains.saveDrain(trx, drain),
    noteChecked: (drain, at) => drains.noteChecked(trx, drain, at),
    drain: async (id) => (await drains.drainOf(trx, id))?.drain ?? null,
    openReactivations: (cluster) => reactivations.openReactivations(trx, cluster),
    insertReactivation: (reactivation) => reactivations.insertReactivation(trx, reactivation),
    saveReactivation: (reactivation) => reactivations.saveReactivation(trx, reactivation),
    nextApprovalId: () => approvals.nextApprovalId(trx),
    insertApproval: (approval) => approvals.insertApproval(trx, approval),
    saveApproval: (approval) => approvals.saveApproval(trx, approval),
    approval: (id) => approvals.approvalOf(trx, id),
    pendingApprovals: (cluster) => approvals.pendingApprovals(trx, cluster),
    insertMarkGone: (marking) => markGones.insertMarkGone(trx, marking),
    saveMarkGone: (marking) => markGones.saveMarkGone(trx, marking),
    openMarkGones: (cluster) => markGones.openMarkGones(trx, cluster),
    nextPlanId: () => plans.nextPlanId(trx),
    insertPlan: (plan) => plans.insertPlan(trx, plan),
    savePlan: (plan) => plans.savePlan(trx, plan),
    plan: (id) => plans.planOf(trx, id),
    unendedPlans: (cluster) => plans.unendedPlans(trx, cluster),
    directory: (cluster) => directory(trx, cluster),
    plansSince: (cluster, since) => plans.plansSince(trx, cluster, since),
    planInThread: (thread, plan) => threads.planInThread(trx, thread, plan),
    drainInThread: (thread, drain) => threads.drainInThread(trx, thread, drain),
    openThread: (thread) => threads.openThread(trx, thread),
    queue: (row) => messages.queue(trx, row),
    markSent: (ids, ts, at) => messages.markSent(trx, ids, ts, at),
    markTried: (ids, at) => messages.markTried(trx, ids, at),
    markDue: (ids, next) => messages.markDue(trx, ids, next),
    markDead: (ids, why, at) => messages.markDead(trx, ids, why, at),
    rootDelivered: (thread, ts, permalink) => threads.rootDelivered(trx, thread, ts, permalink),
    rootDead: (thread, why) => messages.rootDead(trx, thread, why),
    permalinkOf: (thread) => threads.permalinkOf(trx, thread),
    cardStale: (thread, since) => threads.cardStale(trx, thread, since),
    cardEdited: (thread, shown, at) => threads.cardEdited(trx, thread, shown, at),
    restored: async () => (await self.thisDatabase(trx)).restored,
    setRestored: (restored) => self.setRestored(trx, restored),
    acceptRestore: (upTo, numbers) => self.acceptRestore(trx, upTo, numbers),
    anchor: () => self.anchor(trx),
    noteAnchored: (seq, at) => self.noteAnchored(trx, seq, at),
    rememberAgents: (cluster, agents) => rememberAgents(trx, cluster, agents),
    believe: (cluster, agents) => outside.believe(trx, cluster, agents),
    noteDigested: (cluster, at) => outside.noteDigested(trx, cluster, at),
    noteUnreached: (cluster, since) => outside.noteUnreached(trx, cluster, since),
    noteSwept: (cluster, swept) => outside.noteSwept(trx, cluster, swept),
    ownWork: (cluster, since) => outside.ownWork(trx, cluster, since),
    agentsFiledAfter: (seq) => outside.agentsFiledAfter(trx, seq),
  };
}
