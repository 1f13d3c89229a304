import type { Drain } from '../../../domain/drain.ts';
import type { DrainId, ReactivationId } from '../../../domain/ids.ts';
import type { Reactivation } from '../../../domain/reactivation.ts';
import type { LineRecords } from '../../../domain/rolling/follow-lines.ts';
import type { RollingPlan } from '../../../domain/rolling.ts';
import type { Store } from '../../ports.ts';

/** The records of the lines of which something is under way. */
export async function recordsOfRolling(
  store: Pick<Store, 'drain' | 'reactivation'>,
  { lines }: RollingPlan,
): Promise<LineRecords> {
  const drains = new Map<DrainId, Drain | null>();
  const reactivations = new Map<ReactivationId, Reactivation | null>();
  for (const { state } of lines) {
    if (state.is === 'draining' || state.is === 'drained' || state.is === 'marking')
      drains.set(state.drain, (await store.drain(state.drain))?.drain ?? null);
    if (state.is === 'returning')
      reactivations.set(state.reactivation, await store.reactivation(state.reactivation));
  }
  return {
    drain: (id) => drains.get(id) ?? null,
    reactivation: (id) => reactivations.get(id) ?? null,
  };
}
