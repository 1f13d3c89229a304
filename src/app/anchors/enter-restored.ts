import { type Found, type Restored, withMore } from '../../domain/anchor.ts';
import type { Approval } from '../../domain/approval.ts';
import { factsOf } from '../../domain/audit/facts.ts';
import {
  type ApprovalId,
  type ChannelId,
  type ClusterName,
  correlationId,
  type Instant,
  noticeId,
} from '../../domain/ids.ts';
import type { UnsentLine } from '../../domain/notice.ts';
import { applyApproval } from '../approvals/apply-approval.ts';
import { soleCluster } from '../cluster.ts';
import { ChatFault } from '../faults.ts';
import { endPlan } from '../plans/end-plan.ts';
import type { Clock, Log, NewId, OutboxRow, PolicyInForce, Prompts, Store } from '../ports.ts';

/** A cluster whose pending approvals are void. */
interface Voiding {
  name: ClusterName;
  policy: PolicyInForce;
}

export interface RestoreDeps {
  store: Store;
  prompts: Prompts;
  clock: Clock;
  newId: NewId;
  log: Log;
  clusters: readonly Voiding[];
  opsChannel: ChannelId | null;
}

/** How the message of a question reads in Slack. */
type Shown = 'open' | 'closed' | 'not-read';

/** The database was set back: from here on nothing is changed, what could let a call leave is void, and what an older
 * process had to tell is not told any more. All in one transaction; where that state stands already, it only learns what
 * was found beside. `startedAt`: of this process. */
export async function enterRestored(deps: RestoreDeps, found: Found, startedAt: Instant): Promise<void> {
  const { store, clock, log, newId, clusters, opsChannel } = deps;
  const shown = new Map<ApprovalId, Shown>();
  for (const { name } of clusters)
    for (const approval of await store.pendingApprovals(name))
      shown.set(approval.id, await howItReads(deps, approval));
  const old = (await store.outbox()).filter(({ createdAt }) => createdAt < startedAt);
  // Heads of the log are for us: nobody misses them.
  const missed = old.filter(({ notice }) => notice.kind !== 'anchor');
  const unsent = await countedByThread(store, missed);
  const open = (await Promise.all(clusters.map(({ name }) => store.openDrains(name))))
    .flat()
    .map(({ drain }) => drain);
  const watched = open.map(({ id }) => id);
  const knows = (await store.anchor())?.at ?? startedAt;
  const at = clock.now();
  const isNews = await store.transact(async (tx) => {
    const already = await tx.restored();
    if (already !== null) {
      await tx.setRestored(withMore(already, found));
      return false;
    }
    const pending: { approval: Approval; approving: string }[] = [];
    for (const { name, policy } of clusters)
      for (const approval of await tx.pendingApprovals(name))
        pending.push({ approval, approving: policy.current().approvals.approving });
    const voided = pending.map(({ approval }) => approval.id);
    const restored: Restored = { ...found, since: at, voided, watched, unsent: missed.length };
    await tx.setRestored(restored);
    await tx.append({
      at,
      event: 'database.restored',
      actor: { kind: 'bot' },
      correlation: correlationId(newId()),
      ...soleCluster(clusters),
      outcome: found.how,
      facts: factsOf({ ...found, voided, watched, unsent }),
    });
    if (old.length > 0)
      await tx.markDead(
        old.map(({ id }) => id),
        'the database was restored',
        at,
      );
    for (const { id: drain, thread, hostname, agentId } of open)
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'reply', thread, broadcast: false },
        notice: { kind: 'only-watched', drain, hostname, agentId, knows },
        createdAt: at,
      });
    for (const { approval, approving } of pending) {
      const how = { how: 'restored' as const, shown: shown.get(approval.id) ?? 'not-read' };
      await applyApproval(tx, approval, [{ type: 'settled', at, how, again: null }], { newId, approving });
    }
    // Those that were asked for have ended with their questions. A list of the past is not gone on with, even once the
    // restore is accepted: nobody knows what the lost part had done of it.
    for (const { name } of clusters)
      for (const plan of await tx.unendedPlans(name))
        await endPlan(tx, plan, { kind: 'restored' }, at, newId);
    if (opsChannel !== null)
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'channel', channel: opsChannel },
        notice: { kind: 'ops', what: { matter: 'restored', restored, unsent } },
        createdAt: at,
      });
    return true;
  });
  if (isNews)
    log.error({ how: found.how, anchor: found.anchor.seq }, 'the database was restored: changes wait');
}

/** A message that says itself that it is settled knows more than this database, and keeps its face. */
async function howItReads({ store, prompts }: RestoreDeps, approval: Approval): Promise<Shown> {
  const thread = await store.thread(approval.thread);
  if (thread === null || thread.ts === null) return 'not-read';
  try {
    const read = await prompts.read(approval.channel, thread.ts);
    return read.kind === 'there' && read.open ? 'open' : 'closed';
  } catch (fault) {
    if (fault instanceof ChatFault) return 'not-read';
    throw fault;
  }
}

/** What is not sent any more: how many messages in which thread; those outside of any are one line. */
async function countedByThread(store: Store, rows: OutboxRow[]): Promise<UnsentLine[]> {
  const lines = new Map<string, UnsentLine>();
  for (const { to } of rows) {
    const key = to.kind === 'root' || to.kind === 'reply' ? to.thread : null;
    const line = lines.get(key ?? '');
    if (line !== undefined) line.messages += 1;
    else {
      const thread = key === null ? null : await store.thread(key);
      const { drain = null, approval = null, permalink = null } = thread ?? {};
      lines.set(key ?? '', { drain, approval, permalink, messages: 1 });
    }
  }
  return [...lines.values()];
}
