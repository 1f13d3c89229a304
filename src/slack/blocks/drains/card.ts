import type { Instant } from '../../../domain/ids.ts';
import { showDrainId } from '../../../domain/ids.ts';
import type { DrainCard, DrainFace } from '../../../domain/notice.ts';
import type { Preview } from '../../../domain/preview.ts';
import { fullId, rawAgent, reactivateLine } from '../text/agent-name.ts';
import { clause, mention, plain } from '../text/escape.ts';
import { count, heading, note, type Part, text } from '../text/part.ts';
import { elapsed, spoken, when } from '../text/time.ts';
import { causeWords } from './cause.ts';
import { drainedWords, endWords } from './ending.ts';
import { previewInShort } from './preview.ts';

/** The root of a drain's thread, short enough for a phone: verdict, progress, what it waits for, who and why, what
 * happens next; what it began with while that still matters; the particulars as small print. */
export function cardParts(card: DrainCard, preview: Preview | null): Part[] {
  const face = faceOf(card);
  const going = card.state.status !== 'drained' && card.state.status !== 'ended';
  return [
    heading(face.verdict),
    text(
      progressLine(card),
      ...face.says,
      timeLine(card, face),
      `Asked by ${mention(card.requester.userId)}${
        card.reason === null ? ', no reason given' : `: ${plain(card.reason, 300)}`
      }`,
      face.next === null ? null : `*Next:* ${face.next}`,
    ),
    ...(preview === null || !going ? [] : previewInShort(preview)),
    note(
      [
        `Drain ${showDrainId(card.drain)} on ${plain(card.cluster)}`,
        card.maxGraceSeconds === null
          ? "no max grace period: each task's own"
          : `max grace period ${spoken(card.maxGraceSeconds)}`,
        `started ${when(card.startedAt, card.until)}`,
      ].join(' · '),
      `Agent ID: ${fullId(card.agentId)}`,
    ),
  ];
}

/** Where it stands in time. The end is a guess, and a look may be old: both are said. */
function timeLine(card: DrainCard, face: FaceWords): string {
  const { startedAt, until, checkedAt } = card;
  const took = elapsed(startedAt, until);
  const looked = checkedAt === null ? null : `last checked ${when(checkedAt, until)}`;
  switch (card.state.status) {
    case 'drained':
      return `Took ${took}${looked === null ? '' : `; ${looked}`}.`;
    case 'ended':
      return card.state.wasDrained ? `It took ${took} until it was DRAINED.` : `Ended after ${took}.`;
    case 'calling':
    case 'checking':
    case 'draining':
      return `*${face.state}* for ${took}; expected end ${expected(card)}; ${looked ?? 'not checked yet'}.`;
  }
}

/** After "drained": what keeps the agent out, and the way back. */
export function outOfService(agent: Pick<DrainCard, 'agentId' | 'hostname'>): Part[] {
  return [
    text('*Next:* do the work, then reactivate it. Until then it stays out of service, restarts included:'),
    { as: 'shell', line: reactivateLine(agent) },
  ];
}

interface FaceWords {
  /** Raw. */
  verdict: string;
  state: string;
  says: string[];
  /** Null: nothing more. */
  next: string | null;
}

function faceOf(card: DrainCard): FaceWords {
  const name = rawAgent(card);
  const { state, until } = card;
  switch (state.status) {
    case 'calling':
      return {
        verdict: `Draining ${name}: sending the call`,
        state: 'calling the master',
        says: [],
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
        next: 'do the work, then `/mesos reactivate` it: until then it stays out of service.',
      };
    }
    case 'ended': {
      const words = endWords(card, state.end, state.wasDrained, until);
      return {
        verdict: words.verdict,
        state: 'ended',
        says: [words.means],
        next: null,
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
  const told = 'milestones in the thread, with a mention at the end or when stuck.';
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
