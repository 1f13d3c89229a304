import { type Instant, instant } from '../../domain/ids.ts';
import type { AgentsPlan, Plan } from '../../domain/plan.ts';
import { allToTheirEnd } from '../all-to-their-end.ts';
import { VersionConflict } from '../faults.ts';
import { runAgents } from './agents/run-agents.ts';
import { applyAgentsPlan } from './apply-agents-plan.ts';
import { beginScheduled, type ScheduledDeps } from './begin-scheduled.ts';

/** One pass over the plans of a cluster that have not ended: carries on those that run, and lets go of those that nobody
 * confirmed. A question's own loop begins what was asked. */
export function makeWatchPlans(deps: ScheduledDeps) {
  const { store, master, clock, log, newId } = deps;

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
    if (plan.of !== 'agents') return null;
    const { state } = plan;
    switch (state.status) {
      case 'proposed':
        if (now < state.expiresAt) return state.expiresAt;
        await letGo(plan);
        return null;
      case 'scheduled':
        return now < state.hour.at ? state.hour.at : beginScheduled(deps, plan, state.hour);
      case 'running':
        return runAgents(deps, plan, state.since);
      case 'asked':
      case 'ended':
        return null;
    }
  }

  async function letGo(plan: AgentsPlan): Promise<void> {
    const ended = { type: 'ended', at: clock.now(), end: { kind: 'not-confirmed' } } as const;
    try {
      await store.transact((tx) => applyAgentsPlan(tx, plan, [ended], newId));
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
      log.debug({ plan: plan.id }, 'a plan was confirmed as it ran out');
    }
  }
}
