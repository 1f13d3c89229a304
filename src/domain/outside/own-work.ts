import { isOurs } from '../drain/look.ts';
import type { Drain } from '../drain.ts';
import type { Instant } from '../ids.ts';
import type { MarkGone } from '../mark-gone.ts';
import type { Reactivation } from '../reactivation.ts';
import { isDrainOf, type Service, sameOrder } from './service.ts';

/** Everything of this bot that a call may have left for, on one agent or on many. */
export interface OwnWork {
  drains: Drain[];
  reactivations: Reactivation[];
  markGones: MarkGone[];
}

/** What the work of this bot has to do with what an agent shows: `known`: it is our doing, or a thread of ours has told
 * it; `followed`: a thread of ours is about to tell it, or to find that it is no news; `strange`: neither. */
export type Relation = 'known' | 'followed' | 'strange';

/** `work`: of this agent alone. `since`: work that ended before then has nothing to do with it. */
export function relationOf(now: Service | 'gone', work: OwnWork, since: Instant): Relation {
  const drains = work.drains.filter(isSince(since));
  const reactivations = work.reactivations.filter(isSince(since));
  const markGones = work.markGones.filter(isSince(since));
  if (
    drains.some((each) => isDoneBy(each, now) || isToldBy(each, now)) ||
    reactivations.some((each) => returned(each, now) || toldOfReturn(each, now)) ||
    markGones.some((each) => marked(each, now) || toldOfMarking(each, now))
  )
    return 'known';
  return drains.some(isOpen) || reactivations.some(isOpen) || markGones.some(isSecondOpen)
    ? 'followed'
    : 'strange';
}

type Work = { state: { status: string } | { status: 'ended'; at: Instant } };

function isSince(since: Instant) {
  return ({ state }: Work): boolean => !('at' in state) || state.at >= since;
}

function isOpen({ state }: Work): boolean {
  return state.status !== 'ended';
}

/** One by MARK_AGENT_GONE waits for gone alone, and tells nothing else of its agent. */
function isSecondOpen(marking: MarkGone): boolean {
  return isOpen(marking) && marking.call.by === 'second-drain';
}

/** Whether its call may have brought this about; proven without effect, it has not. */
function isDoneBy(drain: Drain, now: Service | 'gone'): boolean {
  const { way, state, markGone } = drain;
  if (state.status === 'ended' && isVain(state.end)) return false;
  if (way === 'deactivate') return now === 'deactivated';
  if (now === 'gone') return markGone;
  return typeof now !== 'string' && isOurs(now, drain);
}

function returned({ state }: Reactivation, now: Service | 'gone'): boolean {
  return now === 'active' && !(state.status === 'ended' && isVain(state.end));
}

function marked({ state, call }: MarkGone, now: Service | 'gone'): boolean {
  if (state.status === 'ended' && isVain(state.end)) return false;
  return now === 'gone' || (call.by === 'second-drain' && isDrainOf(now, call.maxGrace, true));
}

function isVain({ kind }: { kind: string }): boolean {
  return kind === 'rejected' || kind === 'not-applied';
}

function isToldBy({ state }: Drain, now: Service | 'gone'): boolean {
  if (state.status !== 'ended') return false;
  const { end } = state;
  if (end.kind === 'superseded') return now !== 'gone' && sameOrder(end.shown, now);
  return (end.kind === 'reactivated' && now === 'active') || (end.kind === 'gone' && now === 'gone');
}

function toldOfReturn({ state }: Reactivation, now: Service | 'gone'): boolean {
  if (state.status !== 'ended') return false;
  const { end } = state;
  if (end.kind === 'taken-out-again') return now !== 'gone' && sameOrder(end.shown, now);
  return end.kind === 'gone' && now === 'gone';
}

function toldOfMarking({ state }: MarkGone, now: Service | 'gone'): boolean {
  if (state.status !== 'ended' || state.end.kind !== 'superseded') return false;
  const { shown } = state.end;
  return now !== 'gone' && sameOrder(shown === 'in service' ? 'active' : shown, now);
}
