import type { Instant } from '../ids.ts';
import type { Refusal } from '../refusal.ts';
import type { RollingLine, RollingLineState, RollingPlan } from '../rolling.ts';
import type { RollingEvent } from './events.ts';

/** An agent was refused at its turn: what no more exists has failed; else the plan halts. Tried once more after somebody had it go
 * on, and refused again, it is left out. */
export function refusedAtTurn(
  { state }: RollingPlan,
  line: RollingLine,
  refusal: Refusal,
  at: Instant,
): RollingEvent[] {
  const { agentId, hostname } = line;
  const move = (to: RollingLineState): RollingEvent[] => [
    { type: 'line-moved', at, agentId, from: line.state.is, to },
  ];
  const lost = lostBy(refusal);
  if (lost !== null) return move({ is: 'failed', drain: null, why: { code: lost } });
  if (state.status !== 'running') return [];
  if (!state.retrying.includes(agentId))
    return [{ type: 'halted', at, why: { code: 'line-refused', agentId, hostname, refusal } }];
  return move(
    line.state.is === 'kept-away' && line.state.ours
      ? { ...line.state, leftOut: refusal }
      : { is: 'refused', refusal },
  );
}

/** Null: it is there. */
export function lostBy(refusal: Refusal): 'gone' | 'removed' | null {
  const isAboutAgent =
    refusal.code === 'agent-not-drainable' ||
    refusal.code === 'agent-not-deactivatable' ||
    refusal.code === 'agent-not-reactivatable';
  if (!isAboutAgent || refusal.why === 'unreadable') return null;
  return refusal.why === 'gone' ? 'gone' : 'removed';
}
