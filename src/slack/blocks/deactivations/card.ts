import type { DrainCard, DrainFace } from '../../../domain/drain/card.ts';
import { showDrainId } from '../../../domain/ids.ts';
import type { Preview, TaskGroup } from '../../../domain/preview.ts';
import type { FaceWords } from '../drains/card.ts';
import { progressLine } from '../drains/card-progress.ts';
import { frameworkName, namesOf } from '../drains/preview-groups.ts';
import { shown } from '../drains/preview-limits.ts';
import { timeOutWords } from '../stay/time-out.ts';
import { fullId, rawAgent, targetOf } from '../text/agent-name.ts';
import { clause, mention, plain } from '../text/escape.ts';
import { count, enumerate, heading, list, note, type Part, text } from '../text/part.ts';
import { elapsed, spoken, when } from '../text/time.ts';
import { waitWords } from './cause.ts';
import { deactivationEndWords, emptyWords } from './ending.ts';
import { killingIt } from './news.ts';

/** The root of a deactivation's thread: as a drain's card, but it promises nothing that nobody ordered. */
export function deactivationCard(card: DrainCard, preview: Preview | null): Part[] {
  const face = faceOf(card);
  const going = card.state.status !== 'drained' && card.state.status !== 'ended';
  return [
    heading(face.verdict),
    text(
      workLine(card),
      ...face.says,
      timeLine(card, face.state),
      `Asked by ${mention(card.requester.userId)}${
        card.reason === null ? ', no reason given' : `: ${plain(card.reason, 300)}`
      }`,
      face.next === null ? null : `*Next:* ${face.next}`,
    ),
    ...(preview === null || !going ? [] : heldAtStart(preview)),
    note(
      `Deactivation ${showDrainId(card.drain)} on ${plain(card.cluster)} · nothing is killed · started ${when(card.startedAt, card.until)}${
        card.outFor === undefined ? '' : ` · to be out of service for ${spoken(card.outFor.seconds)}`
      }`,
      `Agent ID: ${fullId(card.agentId)}`,
    ),
  ];
}

/** Its state in a line, for lists. */
export function deactivationInShort(card: DrainCard): string {
  const { state } = card;
  switch (state.status) {
    case 'calling':
    case 'checking':
      return faceOf(card).state;
    case 'draining':
      return [
        faceOf(card).state,
        card.tasksLeft === null ? 'tasks left not known' : `${count(card.tasksLeft, 'task')} left`,
        state.waiting === null
          ? null
          : `waits: ${waitWords(state.waiting, card.until, card).what.replace(/\.$/, '')}`,
      ]
        .filter((each) => each !== null)
        .join(', ');
    case 'drained':
      return state.proof.by === 'master-and-agent'
        ? 'deactivated, holds nothing'
        : 'deactivated, nothing in use, says the master; the agent could not be asked';
    case 'ended':
      return `deactivation ended: ${rawVerdict(card, state)}`;
  }
}

function rawVerdict(card: DrainCard, { end, wasDrained }: Extract<DrainFace, { status: 'ended' }>): string {
  return plain(deactivationEndWords(card, end, wasDrained, card.until).verdict, 300);
}

function faceOf(card: DrainCard): FaceWords {
  const name = rawAgent(card);
  const { state, until } = card;
  switch (state.status) {
    case 'calling':
      return {
        verdict: `Deactivating ${name}: sending the call`,
        state: 'calling the master',
        says: [],
        next: "the master's answer, in the thread.",
      };
    case 'checking': {
      const words = state.waiting === undefined ? null : waitWords(state.waiting, until, card);
      return {
        verdict: `${name}: not known yet whether it is deactivated`,
        state: 'checking whether it is deactivated',
        says: [
          `The call got no clear answer: ${clause(state.why, 300)}.`,
          'It is not sent again. The bot looks at the master to find out what became of it.',
          ...(words === null ? [] : [`*Waits:* ${words.what}`, `*What to do:* ${words.toDo}`]),
        ],
        next: 'what became of it, in the thread, within a few minutes of the master being readable.',
      };
    }
    case 'draining': {
      const next = 'milestones in the thread, with a mention when it holds nothing any more, or when stuck.';
      if (state.waiting === null || state.masterSaysDrained)
        return {
          verdict: `${name} is deactivated`,
          state: state.masterSaysDrained ? 'deactivated, seems empty' : 'deactivated',
          says: state.masterSaysDrained ? ['Not confirmed yet: a second look is on its way.'] : [],
          next,
        };
      const words = waitWords(state.waiting, until, card);
      // While tasks leave, nobody has to do anything.
      const toDo = state.waiting.code === 'tasks-kept' ? killingIt(card) : `*What to do:* ${words.toDo}`;
      return {
        verdict: `${name} is deactivated`,
        state: 'deactivated',
        says: [`*Waits:* ${words.what}`, toDo],
        next,
      };
    }
    case 'drained': {
      const words = emptyWords(card, state.proof);
      return {
        verdict: words.verdict,
        state: 'empty',
        says: [words.means],
        next:
          card.outFor?.until == null
            ? `do the work, then \`/mesos reactivate ${targetOf(card)}\`: until then it stays deactivated.`
            : `do the work: ${timeOutWords(card, card.outFor.until, until)}`,
      };
    }
    case 'ended': {
      const words = deactivationEndWords(card, state.end, state.wasDrained, until);
      return { verdict: words.verdict, state: 'ended', says: [words.means], next: null };
    }
  }
}

/** Tasks off it, of tasks at the start; nothing where only the master's count of resources tells. */
function workLine(card: DrainCard): string | null {
  const { state, tasksAtStart } = card;
  if (state.status === 'calling' || state.status === 'checking')
    return tasksAtStart === null ? 'Tasks: not known' : `${count(tasksAtStart, 'task')} on it`;
  if (state.status === 'drained' && state.proof.by === 'master-only') return null;
  return progressLine(card);
}

function timeLine({ state, startedAt, until, checkedAt }: DrainCard, word: string): string {
  const took = elapsed(startedAt, until);
  const looked = checkedAt === null ? 'not checked yet' : `last checked ${when(checkedAt, until)}`;
  switch (state.status) {
    case 'drained':
      return `Took ${took}; ${looked}.`;
    case 'ended':
      return state.wasDrained ? `It took ${took} until it held nothing.` : `Ended after ${took}.`;
    case 'calling':
    case 'checking':
    case 'draining':
      return `*${word}* for ${took}; when it is empty, its frameworks decide; ${looked}.`;
  }
}

/** What it ran when it was asked for, and whose that was. */
function heldAtStart(preview: Preview): Part[] {
  const { groups, subject, pendingOperations, agentNotAsked, alsoKnownAs } = preview;
  const mind = [
    subject.kind === 'registered' && subject.agent.deactivated
      ? 'It was deactivated already, not by this bot.'
      : null,
    subject.kind === 'away' ? `It was ${plain(subject.state)} when this was asked.` : null,
    agentNotAsked === null || subject.kind === 'away'
      ? null
      : `The agent itself could not be asked about its work: ${clause(agentNotAsked, 200)}.`,
    groups.known ? null : `What runs on it is not known: ${clause(groups.why, 200)}.`,
    pendingOperations.known && pendingOperations.value > 0
      ? `${count(pendingOperations.value, 'operation')} pending.`
      : null,
    alsoKnownAs.length === 0
      ? null
      : `Not chosen, though of the same hostname: ${enumerate(
          alsoKnownAs.map((each) => `${fullId(each.agentId)} (${plain(each.state, 40)})`),
          3,
        )}.`,
  ].filter((each) => each !== null);
  return [
    ...(groups.known && groups.value.length > 0
      ? [
          text('*At the start:*'),
          list(groups.value.map(groupLine), (left) => `…and ${count(left, 'more framework')}.`),
        ]
      : []),
    ...(mind.length === 0 ? [] : [list(mind.map((each) => `*Mind:* ${each}`))]),
  ];
}

function groupLine(group: TaskGroup): string {
  const names = enumerate(namesOf(group.tasks), shown.names);
  const away = group.framework.name !== null && !group.framework.connected ? ' (disconnected)' : '';
  return `${frameworkName(group)}${away}: ${count(group.tasks.length, 'task')} (${names})`;
}
