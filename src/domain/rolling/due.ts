import { after, type Instant, instant } from '../ids.ts';
import type { RollingLine, RollingPlan } from '../rolling.ts';
import { isToBegin } from './standing.ts';

/** What of a running plan has its turn now. */
export interface Due {
  /** New tasks are to be kept away from these. */
  keepAway: RollingLine[];
  /** What of a wave is to begin, once it has been judged; null: nothing is. */
  wave: { wave: number; lines: RollingLine[] } | null;
  /** Only kept away, and to be taken back into service. */
  giveBack: RollingLine[];
  /** Drained, and to be taken back into service. */
  bringBack: RollingLine[];
  /** Drained, and to be marked gone. */
  markGone: RollingLine[];
  /** When more of it comes to its turn by the clock; null: by no clock. */
  at: Instant | null;
}

/** A halt holds up what would begin, and nothing that brings an agent back. */
export function dueOf(plan: RollingPlan, now: Instant): Due {
  const none: Due = { keepAway: [], wave: null, giveBack: [], bringBack: [], markGone: [], at: null };
  const { state, lines, work } = plan;
  if (state.status !== 'running') return none;
  const { phase, halt } = state;
  const isOver = phase.at === 'giving-back';
  const giveBack = lines.filter(
    ({ state: line }) => line.is === 'kept-away' && line.ours && (isOver || line.leftOut !== null),
  );
  if (isOver) return { ...none, giveBack };
  const { afterwards } = work;
  const drained = lines.filter(({ state: line }) => line.is === 'drained');
  const returnsAt = (line: RollingLine): Instant =>
    line.state.is === 'drained' && afterwards.do === 'reactivate'
      ? after(line.state.at, afterwards.after * 1000)
      : now;
  const returning = afterwards.do === 'reactivate' ? drained : [];
  const hours = returning.map(returnsAt).filter((at) => at > now);
  if (halt === null && phase.at === 'between' && phase.notBefore > now) hours.push(phase.notBefore);
  return {
    giveBack,
    bringBack: returning.filter((line) => returnsAt(line) <= now),
    markGone: afterwards.do === 'mark-gone' && halt === null ? drained : [],
    keepAway:
      halt === null && phase.at === 'deactivating'
        ? lines.filter(({ state: line }) => line.is === 'todo')
        : [],
    wave: halt === null ? waveDue() : null,
    at: hours.length === 0 ? null : instant(Math.min(...hours)),
  };

  function waveDue(): Due['wave'] {
    const isDue = phase.at === 'wave' || (phase.at === 'between' && phase.notBefore <= now);
    if (!isDue) return null;
    const { wave } = phase;
    const toBegin = lines.filter((line) => line.wave === wave && isToBegin(line.state));
    return toBegin.length === 0 ? null : { wave, lines: toBegin };
  }
}
