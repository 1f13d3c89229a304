import type { Drain } from '../../domain/drain.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { withLink } from '../answers/with-link.ts';
import type { Store } from '../ports.ts';

/** The objection to ending the story of a drain whose agent is being marked gone: that call has left or is about to, and
 * what becomes of it is told on the drain's card. Null: it is not. */
export async function beingMarkedGone(
  store: Store,
  { cluster, agentId, hostname }: Drain,
): Promise<Refusal | null> {
  const open = await store.openMarkGones(cluster);
  if (!open.some((marking) => marking.agentId === agentId)) return null;
  return withLink(store, cluster, {
    code: 'marking-open',
    agent: { agentId, hostname, state: 'registered' },
    permalink: null,
  });
}
