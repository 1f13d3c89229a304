import type { Instant } from '../../../domain/ids.ts';
import type { RollingEvent } from '../../../domain/rolling/events.ts';
import { haltingAtFailures } from '../../../domain/rolling/halt.ts';
import type { RollingPlan } from '../../../domain/rolling.ts';
import { Overtaken } from '../../overtaken.ts';
import type { Clock, NewId, Store, Tx } from '../../ports.ts';
import { applyRolling } from './apply-rolling.ts';

export interface WriteDeps {
  store: Store;
  clock: Clock;
  newId: NewId;
  onWritten(): void;
}

type Running = Extract<RollingPlan['state'], { status: 'running' }>;

/** A plan that runs. */
export type RunningPlan = RollingPlan & { state: Running };

export function isRunning(plan: RollingPlan): plan is RunningPlan {
  return plan.state.status === 'running';
}

/** Writes what `eventsOf` makes of the plan as it stands when it is written, for its lines move side by side; halts it where an
 * agent failed. Answers the plan as it is then; null: it runs no more. */
export async function writeRolling(
  { store, clock, newId, onWritten }: WriteDeps,
  plan: RunningPlan,
  eventsOf: (plan: RunningPlan, at: Instant) => readonly RollingEvent[],
): Promise<RunningPlan | null> {
  if (eventsOf(plan, clock.now()).length === 0) return plan;
  const written = await store.transact(async (tx) => {
    const now = await runningOf(tx, plan);
    return now === null ? null : applyHalting(tx, now, eventsOf(now, clock.now()), newId);
  });
  onWritten();
  return written !== null && isRunning(written) ? written : null;
}

/** The same in the transaction of something else. */
export function applyHalting(
  tx: Tx,
  plan: RollingPlan,
  events: readonly RollingEvent[],
  newId: NewId,
): Promise<RollingPlan> {
  return applyRolling(tx, plan, haltingAtFailures(plan, events), newId);
}

/** The plan as this transaction sees it; null: it runs no more. */
export async function runningOf(tx: Tx, { id }: Pick<RollingPlan, 'id'>): Promise<RunningPlan | null> {
  const plan = await tx.plan(id);
  return plan?.of === 'rolling' && isRunning(plan) ? plan : null;
}

/** In the transaction of a line's intent: the plan as it stands, where the line still waits for just that. Throws an Overtaken
 * otherwise. */
export async function stillDue(
  tx: Tx,
  { id }: Pick<RollingPlan, 'id'>,
  isDue: (plan: RunningPlan) => boolean,
): Promise<RunningPlan> {
  const plan = await runningOf(tx, { id });
  if (plan === null || !isDue(plan)) throw new Overtaken({ code: 'plan-settled', plan: id, how: 'moved on' });
  return plan;
}
