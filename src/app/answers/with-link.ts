import type { Collision } from '../../domain/collisions.ts';
import type { ClusterName, ThreadId } from '../../domain/ids.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Store } from '../ports.ts';
import { permalinkOf } from './answer-read.ts';

/** The objection, with the way to the thread of the work that is in the way. */
export async function withLink(store: Store, cluster: ClusterName, refusal: Refusal): Promise<Refusal> {
  switch (refusal.code) {
    case 'drain-keeps-away':
    case 'already-draining': {
      const drained = await store.outOfService(cluster);
      const ours = drained.find(({ drain }) => drain.agentId === refusal.agent.agentId);
      if (ours === undefined) return refusal;
      return { ...refusal, ours: { drain: ours.drain.id, permalink: await permalinkOf(store, ours) } };
    }
    case 'already-open':
    case 'already-deactivated':
    case 'taken-out-since':
    case 'drain-in-the-way': {
      const stored = await store.drain(refusal.drain);
      return stored === null ? refusal : { ...refusal, permalink: await permalinkOf(store, stored) };
    }
    case 'approval-open': {
      const approval = await store.approval(refusal.approval);
      return { ...refusal, permalink: await linkTo(store, approval) };
    }
    case 'collides':
      return { ...refusal, with: await linked(store, refusal.with) };
    case 'held-by-plan':
      return { ...refusal, permalink: await linkTo(store, await store.plan(refusal.plan)) };
    case 'marking-open': {
      const open = await store.openMarkGones(cluster);
      return { ...refusal, permalink: await linkTo(store, open.find(sameAgent(refusal.agent)) ?? null) };
    }
    case 'reactivation-open': {
      const open = await store.openReactivations(cluster);
      return { ...refusal, permalink: await linkTo(store, open.find(sameAgent(refusal.agent)) ?? null) };
    }
    default:
      return refusal;
  }
}

/** The same, of other people's work. */
export async function linked(store: Store, collisions: readonly Collision[]): Promise<Collision[]> {
  return Promise.all(collisions.map(async (each) => ({ ...each, permalink: await linkTo(store, each) })));
}

function sameAgent({ agentId }: { agentId: string }) {
  return (work: { agentId: string }) => work.agentId === agentId;
}

/** The link to the thread of some work, once Slack has told it. */
export async function linkTo(store: Store, work: { thread: ThreadId } | null): Promise<string | null> {
  return work === null ? null : ((await store.thread(work.thread))?.permalink ?? null);
}
