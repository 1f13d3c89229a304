import type { RollingLineState } from '../rolling.ts';

/** How many lines stand how. */
export interface RollingTally {
  lines: number;
  /** Their turn is still to come. */
  waiting: number;
  /** Their drain, mark gone or return is under way, or is due. */
  underWay: number;
  done: number;
  failed: number;
  refused: number;
  /** Left out, or given back. */
  dropped: number;
}

/** Which of these a line counts as. */
export function standingOf({ is }: RollingLineState): Exclude<keyof RollingTally, 'lines'> {
  switch (is) {
    case 'todo':
    case 'deactivating':
    case 'kept-away':
      return 'waiting';
    case 'draining':
    case 'drained':
    case 'marking':
    case 'returning':
      return 'underWay';
    case 'done':
      return 'done';
    case 'failed':
      return 'failed';
    case 'refused':
      return 'refused';
    case 'given-back':
    case 'dropped':
      return 'dropped';
  }
}

export function tallyOfRolling({ lines }: { lines: readonly { state: RollingLineState }[] }): RollingTally {
  const count = (as: Exclude<keyof RollingTally, 'lines'>) =>
    lines.filter(({ state }) => standingOf(state) === as).length;
  return {
    lines: lines.length,
    waiting: count('waiting'),
    underWay: count('underWay'),
    done: count('done'),
    failed: count('failed'),
    refused: count('refused'),
    dropped: count('dropped'),
  };
}
