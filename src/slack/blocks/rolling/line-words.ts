import { after, type Instant, showDrainId } from '../../../domain/ids.ts';
import type { RollingCard, RollingCardLine } from '../../../domain/rolling/card.ts';
import type { RollingThen } from '../../../domain/rolling.ts';
import { causeInShort } from '../drains/cause-short.ts';
import { refusalInShort } from '../refusals/in-short.ts';
import { agentName } from '../text/agent-name.ts';
import { count } from '../text/part.ts';
import { clock, when } from '../text/time.ts';
import { failureWords } from './halt-words.ts';

/** How one agent of a rolling drain stands: a phrase behind its name. `until`: when that is read; null: at any time. */
export function lineWords(
  line: Pick<RollingCardLine, 'agentId' | 'hostname' | 'state'> & Partial<RollingCardLine>,
  { work, until }: Pick<RollingCard, 'work'> & { until: Instant | null },
): string {
  const { state } = line;
  switch (state.is) {
    case 'todo':
      return 'nothing done yet, waits for its turn';
    case 'deactivating':
      return state.call.at === 'checking'
        ? 'not known yet whether it is deactivated, being found out'
        : 'being deactivated';
    case 'kept-away':
      if (state.leftOut !== null)
        return `*left out:* ${refusalInShort(state.leftOut, agentName(line))}; goes back into service`;
      return state.ours ? 'deactivated, waits for its turn' : 'was deactivated before, waits for its turn';
    case 'draining':
      return `DRAINING (${showDrainId(state.drain)})${tasksWords(line)}${line.stuck == null ? '' : `; *stuck:* ${causeInShort(line.stuck)}`}`;
    case 'drained':
      return `*DRAINED* (${showDrainId(state.drain)})${nextWords(work.afterwards, state.at, until)}`;
    case 'marking':
      return `being marked gone (${showDrainId(state.drain)})`;
    case 'returning':
      return 'going back into service';
    case 'done':
      return `${ends[state.how]} (${showDrainId(state.drain)})`;
    case 'given-back':
      return 'not drained, in service again';
    case 'failed':
      return `*failed:* ${failureWords(state.why)}`;
    case 'refused':
      return `*left out:* ${refusalInShort(state.refusal, agentName(line))}`;
    case 'dropped':
      return 'dropped, left as it was';
  }
}

const ends = {
  drained: '*DRAINED*, out of service',
  gone: 'drained and marked gone',
  back: 'drained, in service again',
};

function tasksWords({ tasksLeft, tasksAtStart }: Partial<RollingCardLine>): string {
  if (tasksLeft == null) return ', tasks left: not known';
  return tasksAtStart == null
    ? `, ${count(tasksLeft, 'task')} left`
    : `, ${tasksLeft} of ${count(tasksAtStart, 'task')} left`;
}

function nextWords(next: RollingThen, at: Instant, until: Instant | null): string {
  const hour = (of: Instant) => (until === null ? clock(of) : when(of, until));
  switch (next.do) {
    case 'wait':
      return '';
    case 'reactivate':
      return next.after === 0
        ? ', goes back into service'
        : `, goes back into service ${hour(after(at, next.after * 1000))}`;
    case 'mark-gone':
      return ', is to be marked gone';
  }
}

type Standing = 'failed' | 'stuck' | 'left-out' | 'under-way' | 'waiting' | 'done';
const order: readonly Standing[] = ['failed', 'stuck', 'left-out', 'under-way', 'waiting', 'done'];

/** The lines as people look for them: what is not well first, which must not be what is cut; then what moves, what is next,
 * and what is over. */
export function asLookedFor(lines: readonly RollingCardLine[]): RollingCardLine[] {
  const weight = (line: RollingCardLine) => order.indexOf(standing(line));
  return lines.toSorted((a, b) => weight(a) - weight(b) || a.wave - b.wave);
}

function standing({ state, stuck }: RollingCardLine): Standing {
  switch (state.is) {
    case 'failed':
      return 'failed';
    case 'draining':
      return stuck === null ? 'under-way' : 'stuck';
    case 'refused':
      return 'left-out';
    case 'kept-away':
      return state.leftOut === null ? 'waiting' : 'left-out';
    case 'drained':
    case 'marking':
    case 'returning':
      return 'under-way';
    case 'todo':
    case 'deactivating':
      return 'waiting';
    case 'done':
    case 'given-back':
    case 'dropped':
      return 'done';
  }
}
