import type { DrainCard } from '../../../domain/drain/card.ts';
import { count } from '../text/part.ts';
import { elapsed, when } from '../text/time.ts';

/** Where it stands in time. The end is a guess, and a look may be old: both are said. `state`: in a word or two, for
 * one that is going on. */
export function timeLine(card: DrainCard, state: string): string {
  const { startedAt, until, checkedAt } = card;
  const took = elapsed(startedAt, until);
  const looked = checkedAt === null ? null : `last checked ${when(checkedAt, until)}`;
  switch (card.state.status) {
    case 'drained':
      return `Proven ${took} after it was asked${looked === null ? '' : `; ${looked}`}.`;
    case 'ended':
      return card.state.wasDrained
        ? `It was proven DRAINED ${took} after it was asked.`
        : `Ended after ${took}.`;
    case 'calling':
    case 'checking':
    case 'draining':
      return `*${state}* for ${took}; expected end ${expected(card)}; ${looked ?? 'not checked yet'}.`;
  }
}

/** Tasks gone of tasks at the start, with a bar; null where that says nothing any more. */
export function progressLine({ state, tasksLeft, tasksAtStart }: DrainCard): string | null {
  if (state.status === 'drained') {
    return tasksAtStart === null || tasksAtStart === 0
      ? null
      : `${bar(1)} ${tasksAtStart === 1 ? 'its one task is' : `all ${tasksAtStart} tasks are`} gone`;
  }
  if (state.status === 'ended') return null;
  if (state.status === 'calling' && tasksAtStart !== null) {
    return tasksAtStart === 0 ? 'No tasks run on it' : `${count(tasksAtStart, 'task')} to stop`;
  }
  if (tasksLeft === null) {
    return tasksAtStart === null
      ? 'Tasks: not known'
      : `Tasks left: not known, of ${tasksAtStart} at the start`;
  }
  if (tasksAtStart === null) return `Tasks left: ${tasksLeft}; how many there were at the start is not known`;
  if (tasksAtStart === 0 && tasksLeft === 0) return 'No tasks were running';
  const gone = Math.max(0, tasksAtStart - tasksLeft);
  const more = tasksLeft > tasksAtStart ? ' (more than at the start)' : '';
  return `${bar(tasksAtStart === 0 ? 0 : gone / tasksAtStart)} ${gone} of ${count(tasksAtStart, 'task')} gone, ${tasksLeft} left${more}`;
}

/** A share of all in eight signs; never full before all is gone, nor empty after something is. */
export function bar(share: number): string {
  const full = share >= 1 ? 8 : share <= 0 ? 0 : Math.min(7, Math.max(1, Math.round(share * 8)));
  return '▓'.repeat(full) + '░'.repeat(8 - full);
}

function expected({ expectedEnd, until }: DrainCard): string {
  if (expectedEnd === null) return 'not known';
  return `${when(expectedEnd, until)}${expectedEnd < until ? ' (past)' : ''}`;
}
