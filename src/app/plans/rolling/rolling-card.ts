import type { Instant } from '../../../domain/ids.ts';
import { type RollingCard, rollingCardOf } from '../../../domain/rolling/card.ts';
import type { RollingPlan } from '../../../domain/rolling.ts';
import type { Store, StoredDrain } from '../../ports.ts';

/** The card of a rolling plan, with what the records of its lines tell. */
export async function rollingCard(
  store: Pick<Store, 'drain'>,
  plan: RollingPlan,
  now: Instant,
): Promise<RollingCard> {
  const drains = new Map<number, StoredDrain | null>();
  for (const { state } of plan.lines)
    if (state.is === 'draining') drains.set(state.drain, await store.drain(state.drain));
  return rollingCardOf(plan, { drain: (id) => drains.get(id) ?? null }, now);
}
