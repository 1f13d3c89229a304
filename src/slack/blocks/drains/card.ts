import type { DrainCard, DrainFace } from '../../../domain/drain/card.ts';
import { type Instant, instant, showDrainId } from '../../../domain/ids.ts';
import type { Preview } from '../../../domain/preview.ts';
import { deactivationCard } from '../deactivations/card.ts';
import { timeOutWords } from '../stay/time-out.ts';
import { fullId, rawAgent, reactivateLine } from '../text/agent-name.ts';
import { clause, mention, plain } from '../text/escape.ts';
import { heading, note, type Part, text } from '../text/part.ts';
import { spoken, when } from '../text/time.ts';
import { goneWords, toBeLost } from './card-gone.ts';
import { progressLine, timeLine } from './card-progress.ts';
import { causeWords } from './cause.ts';
import { drainedWords, endWords } from './ending.ts';
import { previewInShort } from './preview.ts';
import { usualLine } from './usual.ts';

/** The root of a drain's thread, short enough for a phone: verdict, progress, what it waits for, who and why, what
 * happens next; what it began with while that still matters; the particulars as small print. */
export function cardParts(card: DrainCard, preview: Preview | null): Part[] {
  if (card.way === 'deactivate') return deactivationCard(card, preview);
  const face = faceOf(card);
  const gone = goneWords(card, rawAgent(card));
  const next = gone.next ?? face.next;
  const going = card.state.status !== 'drained' && card.state.status !== 'ended';
  return [
    heading(gone.verdict ?? face.verdict),
    ...gone.votes,
    text(
      progressLine(card),
      ...face.says,
      ...gone.says,
      timeLine(card, face.state),
      // Else the preview below tells.
      going && preview?.beyond?.usual === undefined ? usualLine(card.usual) : null,
      `Asked by ${mention(card.requester.userId)}${
        card.reason === null ? ', no reason given' : `: ${plain(card.reason, 300)}`
      }`,
      gone.approved,
      next === null ? null : `*Next:* ${next}`,
    ),
    ...(preview === null ? [] : toBeLost(card, preview)),
    ...(preview === null || !going ? [] : previewInShort(preview)),
    note(
      [
        `Drain ${showDrainId(card.drain)} on ${plain(card.cluster)}`,
        card.maxGraceSeconds === null
          ? "no max grace period: each task's own"
          : `max grace period ${spoken(card.maxGraceSeconds)}`,
        `started ${when(card.startedAt, card.until)}`,
        ...(card.tookOver === null ? [] : [`goes on from ${showDrainId(card.tookOver)}`]),
        ...(card.outFor === undefined ? [] : [`to be out of service for ${spoken(card.outFor.seconds)}`]),
      ].join(' · '),
      `Agent ID: ${fullId(card.agentId)}`,
    ),
  ];
}

/** It may be read days later: so far from any time that the day is always shown. */
const anyDay = instant(0);

/** After "drained": what keeps the agent out, and the way back. `until`: when its time is over; absent: it has none. */
export function outOfService(
  agent: Pick<DrainCard, 'agentId' | 'hostname'> & { until?: Instant },
  way: DrainCard['way'],
): Part[] {
  const { until } = agent;
  if (until !== undefined)
    return [text(`*Next:* do the work: ${timeOutWords({ ...agent, way }, until, anyDay)}`)];
  return [
    text('*Next:* do the work, then reactivate it. Until then it stays out of service, restarts included:'),
    { as: 'shell', line: reactivateLine(agent) },
  ];
}

/** A card in words, whatever way the agent is emptied. */
export interface FaceWords {
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
    case 'checking': {
      const words = state.waiting === undefined ? null : causeWords(state.waiting, until, card);
      return {
        verdict: `${name}: not known yet whether the drain has begun`,
        state: 'checking',
        says: [
          `The call got no clear answer: ${clause(state.why, 300)}.`,
          'It is not sent again. The bot looks at the master to find out what became of it.',
          ...(words === null ? [] : [`*Waits:* ${words.what}`, `*What to do:* ${words.toDo}`]),
        ],
        next: 'what became of it, in the thread, within a few minutes of the master being readable.',
      };
    }
    case 'draining':
      return draining(card, state, until);
    case 'drained': {
      const words = drainedWords(card, state.proof);
      return {
        verdict: words.verdict,
        state: 'DRAINED',
        says: [words.means],
        next:
          card.outFor?.until == null
            ? 'do the work, then `/mesos reactivate` it: until then it stays out of service.'
            : `do the work: ${timeOutWords(card, card.outFor.until, until)}`,
      };
    }
    case 'ended': {
      const words = endWords(card, state.end, state.wasDrained, until, card.markGone);
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
    const words = causeWords(state.waiting, until, card);
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
