import { type Instant, instant } from '../../domain/ids.ts';
import type { AgentsPlan, Plan } from '../../domain/plan.ts';
import type { RollingPlan } from '../../domain/rolling.ts';
import { allToTheirEnd } from '../all-to-their-end.ts';
import { VersionConflict } from '../faults.ts';
import { runAgents } from './agents/run-agents.ts';
import { beginScheduled, type ScheduledDeps } from './begin-scheduled.ts';
import { endPlan } from './end-plan.ts';
import { makeRunRolling, type RunRollingDeps } from './rolling/run-rolling.ts';

/** One pass over the plans of a cluster that have not ended: carries on those that run, and lets go of those that nobody
 * confirmed. A question's own loop begins what was asked. */
export function makeWatchPlans(deps: ScheduledDeps & RunRollingDeps) {
  const { store, master, clock, log, newId } = deps;
  const runRolling = makeRunRolling(deps);

  return async function pass(now: Instant): Promise<Instant | null> {
    const hours: Instant[] = [];
    await allToTheirEnd(
      (await store.unendedPlans(master.cluster)).map(async (plan) => {
        const next = await watch(plan, now);
        if (next !== null) hours.push(next);
      }),
    );
    return hours.length === 0 ? null : instant(Math.min(...hours));
  };

  async function watch(plan: Plan, now: Instant): Promise<Instant | null> {
    if (plan.of === 'machines') return null;
    const { state } = plan;
    switch (state.status) {
      case 'proposed':
        if (now < state.expiresAt) return state.expiresAt;
        await letGo(plan);
        return null;
      case 'scheduled':
        if (now < state.hour.at) return state.hour.at;
        return beginScheduled(deps, plan, state.hour);
      case 'running':
        return plan.of === 'agents' ? runAgents(deps, plan, state.since) : runRolling(plan);
      case 'asked':
      case 'ended':
        return null;
    }
  }

  async function letGo(plan: AgentsPlan | RollingPlan): Promise<void> {
    try {
      await store.transact((tx) => endPlan(tx, plan, { kind: 'not-confirmed' }, clock.now(), newId));
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
      log.debug({ plan: plan.id }, 'a plan was confirmed as it ran out');
    }
  }
}
