import type { DrainId, ReactivationId } from '../../../domain/ids.ts';
import type { Records } from '../../../domain/plan/card.ts';
import type { AgentsPlan } from '../../../domain/plan.ts';
import type { Reactivation } from '../../../domain/reactivation.ts';
import type { Store, StoredDrain } from '../../ports.ts';

/** The records of a plan's lines, as far as they have begun. */
export async function recordsOf(
  store: Pick<Store, 'drain' | 'reactivation'>,
  { lines }: AgentsPlan,
): Promise<Records> {
  const drains = new Map<DrainId, StoredDrain | null>();
  const reactivations = new Map<ReactivationId, Reactivation | null>();
  for (const { state } of lines) {
    if (state.is !== 'begun' && state.is !== 'ended') continue;
    const { by } = state;
    if ('drain' in by) drains.set(by.drain, await store.drain(by.drain));
    else reactivations.set(by.reactivation, await store.reactivation(by.reactivation));
  }
  return {
    drain: (id) => drains.get(id) ?? null,
    reactivation: (id) => reactivations.get(id) ?? null,
  };
}
