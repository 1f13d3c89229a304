import type { KnownAgent } from '../../domain/agent.ts';
import { coveredAgents } from '../../domain/approval/covers.ts';
import type { Approval } from '../../domain/approval.ts';
import type { AgentId, ApprovalId, ThreadId } from '../../domain/ids.ts';
import { type OpenWork, sharedWith, type WorkKind } from '../../domain/preview/open-work.ts';
import type { TaskGroup } from '../../domain/preview.ts';
import { linkTo } from '../answers/with-link.ts';
import type { Master, Store } from '../ports.ts';

interface Work {
  kind: WorkKind;
  agentId: AgentId;
  hostname: string;
  thread: ThreadId;
}

/** Our other open work on the same agent, in the same rack or for the same frameworks, with the way to its thread.
 * `besides`: the question that this is looked at for. */
export async function workBeside(
  { store, master: { cluster } }: { store: Store; master: Pick<Master, 'cluster'> },
  about: { agentId: AgentId; attributes: KnownAgent['attributes']; groups: TaskGroup[] },
  directory: readonly KnownAgent[],
  besides: ApprovalId | null,
): Promise<OpenWork[]> {
  const all = (await openWork(store, cluster)).filter(
    ({ kind }) => kind.what !== 'approval' || kind.approval !== besides,
  );
  const found: OpenWork[] = [];
  const told = new Set<ThreadId>();
  for (const { kind, agentId, hostname, thread } of all) {
    // A thread tells one story, whose latest chapter comes first.
    if (told.has(thread)) continue;
    told.add(thread);
    const attributes = directory.find((agent) => agent.agentId === agentId)?.attributes ?? {};
    const shared = sharedWith(about, kind, {
      agentId,
      hostname,
      attributes,
      frameworks: await frameworksAtStart(store, thread),
    });
    if (shared !== null) found.push({ ...shared, permalink: await linkTo(store, { thread }) });
  }
  return found;
}

/** A question is work on every agent that it is about. */
export function workOn(approval: Approval): Work[] {
  const { id, thread } = approval;
  const kind = { what: 'approval' as const, approval: id };
  const agents = approval.of === 'agent' ? [approval] : coveredAgents(approval.covers);
  return agents.map(({ agentId, hostname }) => ({ kind, agentId, hostname, thread }));
}

/** Our work on agents that is not finished, in the order in which one thread's chapters come: the latest first. */
export async function openWork(store: Store, cluster: Master['cluster']): Promise<Work[]> {
  const [markings, reactivations, open, drained, approvals] = await Promise.all([
    store.openMarkGones(cluster),
    store.openReactivations(cluster),
    store.openDrains(cluster),
    store.outOfService(cluster),
    store.pendingApprovals(cluster),
  ]);
  return [
    ...markings.map((each) => ({ ...each, kind: { what: 'mark-gone' as const } })),
    ...reactivations.map((each) => ({ ...each, kind: { what: 'reactivation' as const } })),
    ...open.map(({ drain }) => ({
      ...drain,
      kind: { what: 'drain' as const, drain: drain.id, way: drain.way },
    })),
    ...drained.map(({ drain }) => ({
      ...drain,
      kind: { what: 'drained' as const, drain: drain.id, way: drain.way },
    })),
    ...approvals.flatMap(workOn),
  ];
}

/** The frameworks that the message at the root of a thread showed. */
async function frameworksAtStart(
  store: Store,
  thread: ThreadId,
): Promise<{ id: string; name: string | null }[]> {
  const row = await store.thread(thread);
  const root = row === null ? null : await store.notice(row.rootNotice);
  const preview = root?.kind === 'drain-card' || root?.kind === 'prompt' ? root.preview : null;
  return preview?.groups.known === true ? preview.groups.value.map(({ framework }) => framework) : [];
}
