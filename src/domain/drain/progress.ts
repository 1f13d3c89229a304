import type { DrainEvent } from '../drain.ts';
import type { In, Look } from './look.ts';
import { movingAgain, tasksLeft, waitingOn } from './stuck.ts';

/** Whether tasks have ended since the last look, and what the rest waits for. */
export function observeProgress(look: Look, state: In<'draining'>): DrainEvent[] {
  const { drain, sighting, at } = look;
  const left = tasksLeft(sighting.agent);
  if (left === null || left === state.progress.left) return waitingOn(look, state);
  const total = Math.max(drain.tasksAtStart ?? left, left);
  const gone = total === 0 ? 0 : Math.floor((4 * (total - left)) / total);
  // The fourth quarter is told by the proof, not by a count; a risen count takes nothing back.
  const quarter = Math.max(state.progress.quarter, Math.min(gone, 3)) as 0 | 1 | 2 | 3;
  const told = movingAgain(state, at);
  const moving: In<'draining'> = {
    ...state,
    waiting: told.length > 0 ? null : state.waiting,
    progress: { left, quarter, movedAt: at },
  };
  return [...told, { type: 'progressed', at, left, quarter }, ...waitingOn(look, moving)];
}
