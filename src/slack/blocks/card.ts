import type { Instant } from '../../domain/ids.ts';
import { showDrainId } from '../../domain/ids.ts';
import type { DrainCard, DrainFace } from '../../domain/notice.ts';
import type { Preview } from '../../domain/preview.ts';
import { fullId, rawAgent, reactivateLine } from './agent-name.ts';
import { causeWords } from './cause.ts';
import { drainedWords, endInShort, endWords } from './ending.ts';
import { clause, mention, plain } from './escape.ts';
import { count, facts, heading, type Part, text } from './part.ts';
import { previewInShort } from './preview.ts';
import { elapsed, spoken, when } from './time.ts';

/** The root of a drain's thread: verdict, progress, what it waits for, the facts, what happens next. */
export function cardParts(card: DrainCard, preview: Preview | null): Part[] {
  const face = faceOf(card);
  const going = card.state.status !== 'drained' && card.state.status !== 'ended';
  return [
    heading(face.verdict),
    text(progressLine(card), ...face.says),
    ...(preview === null || !going ? [] : previewInShort(preview)),
    facts(
      ['Drain', showDrainId(card.drain)],
      ['State', face.state],
      ['Asked by', mention(card.requester.userId)],
      ['Reason', card.reason === null ? 'none given' : plain(card.reason, 300)],
      [
        'Max grace period',
        card.maxGraceSeconds === null ? "none: each task's own" : spoken(card.maxGraceSeconds),
      ],
      ['Started', when(card.startedAt, card.until)],
      [going ? 'Elapsed' : 'Took', elapsed(card.startedAt, card.until)],
      ['Expected end', going ? expected(card) : null],
      ['Last checked', card.checkedAt === null ? 'not yet' : when(card.checkedAt, card.until)],
      ['Cluster', plain(card.cluster)],
    ),
    text(`Agent ID: ${fullId(card.agentId)}`, `*Next:* ${face.next}`),
    ...(card.state.status === 'drained' ? outOfService(card) : []),
  ];
}

/** After "drained": what keeps the agent out, and the way back. */
export function outOfService(agent: Pick<DrainCard, 'agentId' | 'hostname'>): Part[] {
  return [
    text('It stays out of service, restarts included, until it is reactivated:'),
    { as: 'shell', line: reactivateLine(agent) },
  ];
}

interface FaceWords {
  /** Raw. */
  verdict: string;
  state: string;
  says: string[];
  next: string;
}

function faceOf(card: DrainCard): FaceWords {
  const name = rawAgent(card);
  const { state, until } = card;
  switch (state.status) {
    case 'calling':
      return {
        verdict: `Draining ${name}: sending the call`,
        state: 'calling the master',
        says: ['The intent is on record; the call is on its way to the master.'],
        next: "the master's answer, in the thread.",
      };
    case 'checking':
      return {
        verdict: `${name}: not known yet whether the drain has begun`,
        state: 'checking',
        says: [
          `The call got no clear answer: ${clause(state.why, 300)}.`,
          'It is not sent again. The bot looks at the master to find out what became of it.',
        ],
        next: 'what became of it, in the thread, within a few minutes of the master being readable.',
      };
    case 'draining':
      return draining(card, state, until);
    case 'drained': {
      const words = drainedWords(card, state.proof);
      return {
        verdict: words.verdict,
        state: 'DRAINED',
        says: [words.means],
        next: 'do the work on the machine, then reactivate the agent. Its return is told in the thread.',
      };
    }
    case 'ended': {
      const words = endWords(card, state.end, state.wasDrained, until);
      return {
        verdict: words.verdict,
        state: `ended: ${endInShort(state.end)}`,
        says: [words.means],
        next: 'nothing more comes from this drain.',
      };
    }
  }
}

function draining(
  card: DrainCard,
  state: Extract<DrainFace, { status: 'draining' }>,
  until: Instant,
): FaceWords {
  const name = rawAgent(card);
  const told = `milestones come in the thread; ${mention(card.requester.userId)} is mentioned when it ends or gets stuck.`;
  if (state.waiting !== null) {
    const words = causeWords(state.waiting, until);
    return {
      verdict: `Draining ${name}`,
      state: state.masterSaysDrained ? 'DRAINED says the master, not confirmed' : 'DRAINING',
      says: [`*Waits:* ${words.what}`, `*What to do:* ${words.toDo}`],
      next: told,
    };
  }
  return {
    verdict: state.masterSaysDrained ? `Draining ${name}: the master says DRAINED` : `Draining ${name}`,
    state: state.masterSaysDrained ? 'DRAINED says the master, being confirmed' : 'DRAINING',
    says: state.masterSaysDrained
      ? ["Not confirmed yet: a second read, and the agent's own word, are being fetched."]
      : [],
    next: told,
  };
}

function progressLine({ state, tasksLeft, tasksAtStart }: DrainCard): string | null {
  if (state.status === 'drained') {
    return tasksAtStart === null || tasksAtStart === 0 ? null : `${bar(1)} all ${tasksAtStart} tasks gone`;
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
  return `${bar(tasksAtStart === 0 ? 0 : gone / tasksAtStart)} ${gone} of ${tasksAtStart} tasks gone, ${tasksLeft} left${more}`;
}

/** Eight signs; never full before all is gone, nor empty after something is. */
function bar(share: number): string {
  const full = share >= 1 ? 8 : share <= 0 ? 0 : Math.min(7, Math.max(1, Math.round(share * 8)));
  return '▓'.repeat(full) + '░'.repeat(8 - full);
}

function expected({ expectedEnd, until }: DrainCard): string {
  if (expectedEnd === null) return 'not known';
  return `${when(expectedEnd, until)}${expectedEnd < until ? ' (past)' : ''}`;
}
