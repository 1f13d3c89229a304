import { after, type Instant } from '../ids.ts';
import type { Refusal } from '../refusal.ts';
import type { HaltReason, RollingPlan } from '../rolling.ts';
import type { RollingEvent } from './events.ts';
import { evolveRolling } from './evolve.ts';
import { isToBegin } from './standing.ts';

/** How long what may pass by itself is waited for; then the world that the plan was confirmed for is gone (promise 3). */
export const mostWaitMs = 15 * 60_000;
/** A blip of a master is no news. */
const tellAfterMs = 60_000;

/** The same events, halting the plan at the first agent that came to another end than was meant, where there is still
 * something that must not begin now. */
export function haltingAtFailures(plan: RollingPlan, events: readonly RollingEvent[]): RollingEvent[] {
  const all: RollingEvent[] = [];
  let now = plan;
  for (const event of events) {
    if (now.state.status === 'running' && event.type === 'halted' && now.state.halt !== null) continue;
    add(event);
    if (event.type !== 'line-moved' || event.to.is !== 'failed' || !mayHalt(now)) continue;
    const { agentId, at } = event;
    const hostname = now.lines.find((line) => line.agentId === agentId)?.hostname ?? '';
    add({ type: 'halted', at, why: { code: 'line-failed', agentId, hostname, why: event.to.why } });
  }
  return all;

  function add(event: RollingEvent): void {
    all.push(event);
    now = evolveRolling(now, event);
  }
}

/** Whether a halt would hold anything up that nothing holds up already. */
export function mayHalt({ state, lines }: RollingPlan): boolean {
  return (
    state.status === 'running' &&
    state.halt === null &&
    state.phase.at !== 'giving-back' &&
    lines.some((line) => isToBegin(line.state))
  );
}

/** What stands in the way of what is due: at once a halt, or first a while of waiting where it may pass by itself. */
export function heldUp(plan: RollingPlan, why: HaltReason, at: Instant): RollingEvent[] {
  const { state } = plan;
  if (state.status !== 'running' || state.halt !== null) return [];
  const { waits } = state;
  if (!mayPass(why) || (waits !== null && at >= after(waits.since, mostWaitMs)))
    return [{ type: 'halted', at, why }];
  if (waits === null) return [{ type: 'waits', at, why, tell: false }];
  const isDue = waits.toldAt === null && at >= after(waits.since, tellAfterMs);
  const isOther = waits.why.code !== why.code;
  return isDue || isOther ? [{ type: 'waits', at, why, tell: isDue || waits.toldAt !== null }] : [];
}

/** Whether it may be over by itself: others' drains end, masters come back, files are mended. */
function mayPass(why: HaltReason): boolean {
  switch (why.code) {
    case 'unreadable':
      return true;
    case 'refused':
      return passes(why.refusal);
    case 'wave': // right after a failover nobody is listed as active yet
      return why.objection.code === 'not-known';
    case 'paused':
    case 'line-failed':
    case 'line-refused':
    case 'stuck':
    case 'gate':
    case 'votes':
      return false;
  }
}

function passes(refusal: Refusal): boolean {
  if (refusal.code === 'plan-over-limits')
    return refusal.over.every(({ adding, allowed }) => adding <= allowed);
  return refusal.code === 'limit-reached' || refusal.code === 'policy-broken';
}
