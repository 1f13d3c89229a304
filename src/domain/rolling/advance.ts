import { after, type Instant } from '../ids.ts';
import type { RollingPlan } from '../rolling.ts';
import type { RollingEvent } from './events.ts';
import { evolveRolling } from './evolve.ts';
import { isOver, nextWave, openIn } from './standing.ts';

/** How a running plan goes on by what its lines have come to: the end of a wave, of giving back, of all. A halt holds none of
 * this up; it holds up what would begin next. */
export function advance(plan: RollingPlan, at: Instant): RollingEvent[] {
  const { state } = plan;
  if (state.status !== 'running') return [];
  const { phase } = state;
  switch (phase.at) {
    case 'deactivating':
      return plan.lines.some(({ state: line }) => line.is === 'todo' || line.is === 'deactivating')
        ? []
        : onwards(at);
    case 'between':
      // All of it may have failed while it waited for its turn.
      return nextWave(plan) === phase.wave ? [] : onwards(phase.notBefore);
    case 'wave': {
      if (openIn(plan, phase.wave).length > 0) return [];
      const next = onwards(after(at, plan.work.pause * 1000));
      // After the last one, what was left out and is given back is waited for.
      return next.length === 0 ? [] : [{ type: 'wave-ended', at, wave: phase.wave }, ...next];
    }
    case 'giving-back':
      return areOver() ? [{ type: 'ended', at, end: { kind: 'cancelled', by: phase.by } }] : [];
  }

  function onwards(notBefore: Instant): RollingEvent[] {
    const wave = nextWave(plan);
    if (wave !== null) return [{ type: 'phase-begun', at, phase: { at: 'between', wave, notBefore } }];
    return areOver() ? [{ type: 'ended', at, end: { kind: 'done' } }] : [];
  }
  function areOver(): boolean {
    return plan.lines.every((line) => isOver(line.state));
  }
}

/** The same until nothing more follows from it. */
export function advanceFully(plan: RollingPlan, at: Instant): RollingEvent[] {
  const all: RollingEvent[] = [];
  for (let now = plan; ; ) {
    const events = advance(now, at);
    if (events.length === 0) return all;
    all.push(...events);
    now = events.reduce(evolveRolling, now);
  }
}
