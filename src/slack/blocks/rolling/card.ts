import { showPlanId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { RollingCard } from '../../../domain/rolling/card.ts';
import { tallyOfRolling } from '../../../domain/rolling/tally.ts';
import { bar } from '../drains/card-progress.ts';
import { agentName } from '../text/agent-name.ts';
import { link, mention, plain } from '../text/escape.ts';
import { buttons, count, enumerate, heading, list, note, type Part, text } from '../text/part.ts';
import { elapsed, hourWords, spoken, when, zoneNote } from '../text/time.ts';
import { haltWayOut, haltWords } from './halt-words.ts';
import { asLookedFor, lineWords } from './line-words.ts';
import { votesOfPlan } from './votes.ts';

/** The root of a rolling plan's thread. First what a glance at a phone must tell: which wave, what holds it up, what to type. */
export function rollingCardParts(card: RollingCard): Part[] {
  const { plan, work, lines, state } = card;
  const id = showPlanId(plan);
  return [
    heading(`Plan ${id}, ${standRaw(card)}: drain ${count(lines.length, 'agent')} in waves`),
    ...votesOfPlan(card),
    text(progressLine(card), ...haltLines(card), phaseLine(card)),
    ...goOnButtons(card),
    text(
      timeLine(card),
      `Asked by ${mention(card.requester.userId)}${card.reason === null ? ', no reason given' : `: ${plain(card.reason, 300)}`}`,
      card.approved === null
        ? null
        : `Approved by ${enumerate(card.approved.by.map(({ userId }) => mention(userId)))}`,
    ),
    list(
      asLookedFor(lines).map((line) => `${agentName(line)}, wave ${line.wave}: ${lineWords(line, card)}`),
      (left) => `…and ${left} more; \`/mesos agents\` shows each.`,
    ),
    ...backButton(card),
    note(
      [
        `Plan ${id} on ${plain(card.cluster)}`,
        limitsWords(work),
        work.maxGrace === null
          ? "no max grace period: each task's own"
          : `max grace period ${spoken(work.maxGrace)}`,
        afterwardsWords(work),
      ].join(' · '),
      state.status !== 'running'
        ? null
        : `\`/mesos pause ${id}\` begins no further wave · \`/mesos cancel ${id}\` ends it: what drains goes on, the rest goes back into service`,
    ),
  ];
}

/** The same to one person, with the way to its thread, which it has once it is confirmed. */
export function statusOfRollingParts({
  card,
  permalink,
}: Extract<Notice, { kind: 'status-of-rolling' }>): Part[] {
  const thread =
    card.state.status === 'proposed' ? [] : [note(`Its thread: ${link(permalink, showPlanId(card.plan))}`)];
  return [...rollingCardParts(card), ...thread];
}

function wavesOf({ lines }: Pick<RollingCard, 'lines'>): number {
  return Math.max(0, ...lines.map(({ wave }) => wave));
}

/** Where it stands, raw: for the heading. */
function standRaw(card: RollingCard): string {
  const { state } = card;
  switch (state.status) {
    case 'proposed':
      return 'not confirmed yet';
    case 'asked':
      return 'a second person is asked';
    case 'scheduled':
      return 'scheduled';
    case 'ended':
      return state.end.kind === 'done' ? 'ended' : `ended (${state.end.kind.replaceAll('-', ' ')})`;
    case 'running': {
      const halted = state.halt === null ? '' : state.halt.why.code === 'paused' ? 'PAUSED ' : 'HALTED ';
      const { phase } = state;
      switch (phase.at) {
        case 'deactivating':
          return halted === '' ? 'deactivating all first' : `${halted}before wave 1 of ${wavesOf(card)}`;
        case 'between':
          return `${halted}before wave ${phase.wave} of ${wavesOf(card)}`;
        case 'wave':
          return `${halted}in wave ${phase.wave} of ${wavesOf(card)}`;
        case 'giving-back':
          return 'cancelled, giving agents back';
      }
    }
  }
}

function progressLine({ lines }: RollingCard): string {
  const { done, failed, refused, dropped, underWay, waiting } = tallyOfRolling({ lines });
  const of = lines.length - refused - dropped;
  return [
    `${bar(of === 0 ? 0 : done / of)} ${done} of ${count(of, 'agent')} done`,
    failed === 0 ? null : `*${failed} failed*`,
    underWay === 0 ? null : `${underWay} under way`,
    waiting === 0 ? null : `${waiting} waiting`,
    refused === 0 ? null : `*${refused} left out*`,
    dropped === 0 ? null : `${dropped} dropped`,
  ]
    .filter((each) => each !== null)
    .join(', ');
}

function haltLines({ state, plan, until }: RollingCard): string[] {
  if (state.status !== 'running' || state.halt === null) return [];
  const { since, why } = state.halt;
  return [
    `*No further wave begins since ${when(since, until)}:* ${haltWords(why)}.`,
    `*What to do:* ${haltWayOut(why, plan)}`,
  ];
}

function phaseLine(card: RollingCard): string | null {
  const { state, until, lines } = card;
  if (state.status !== 'running') return null;
  const { phase, halt, waits } = state;
  const held = waits === null ? '' : ` It waits since ${when(waits.since, until)}: ${haltWords(waits.why)}.`;
  switch (phase.at) {
    case 'deactivating': {
      const left = lines.filter(({ state: { is } }) => is === 'todo' || is === 'deactivating').length;
      return `New tasks are kept away from all of them first: ${lines.length - left} of ${lines.length} are deactivated.${held}`;
    }
    case 'between': {
      if (halt !== null) return null;
      const next = lines.filter((line) => line.wave === phase.wave).map(({ hostname }) => plain(hostname));
      const begins = phase.notBefore > until ? `begins ${when(phase.notBefore, until)}` : 'is next';
      return `Wave ${phase.wave} of ${wavesOf(card)} ${begins}: ${enumerate(next)}.${held}`;
    }
    case 'wave': {
      const own = lines.filter((line) => line.wave === phase.wave);
      const open = own.filter(({ state: { is } }) => !over.has(is));
      const isKnown = open.every(
        ({ state: { is }, tasksLeft }) => !mayHoldTasks.has(is) || tasksLeft !== null,
      );
      const tasks = open.reduce((sum, { tasksLeft }) => sum + (tasksLeft ?? 0), 0);
      const left = isKnown ? `${count(tasks, 'task')} left` : 'tasks left: not known yet';
      const goesOn = halt === null ? '' : ', and goes on: Mesos has no way to stop a drain';
      return `Wave ${phase.wave}: ${own.length - open.length} of ${count(own.length, 'agent')} done, ${left}${goesOn}.${held}`;
    }
    case 'giving-back': {
      const back = lines.filter(
        ({ state: { is } }) => is === 'kept-away' || is === 'deactivating' || is === 'returning',
      );
      return `Stopped by ${mention(phase.by.userId)}: ${count(back.length, 'agent')} still to come back into service.`;
    }
  }
}

const mayHoldTasks: ReadonlySet<string> = new Set(['kept-away', 'draining']);
const over: ReadonlySet<string> = new Set(['done', 'failed', 'refused', 'dropped', 'given-back']);

function timeLine({ state, plan, startedAt, until, expectedEnd, checkedAt }: RollingCard): string | null {
  if (state.status === 'scheduled')
    return `*Begins ${hourWords(state.hour)}${zoneNote(state.hour)}*, after another look at everything. Until then \`/mesos cancel ${showPlanId(plan)}\` takes it back.`;
  if (state.status === 'proposed' || state.status === 'asked') return null;
  const took = elapsed(startedAt, until);
  if (state.status === 'ended') return `It took ${took}.`;
  const end = expectedEnd === null ? '' : `; this wave is expected to end ${when(expectedEnd, until)}`;
  const looked = checkedAt === null ? '' : `; last checked ${when(checkedAt, until)}`;
  return `Under way for ${took}${end}${looked}.`;
}

function goOnButtons({ state, plan }: RollingCard): Part[] {
  if (state.status !== 'running' || state.halt === null) return [];
  const id = showPlanId(plan);
  return [
    buttons({
      label: 'Resume',
      words: `resume ${id}`,
      style: 'primary',
      confirm: { title: `Resume plan ${id}?`, question: 'Everything is judged anew before its next wave.' },
    }),
  ];
}

/** Once all that was drained waits to come back: one button for all of it. */
function backButton({ plan, state, lines }: RollingCard): Part[] {
  if (state.status !== 'ended') return [];
  const out = lines.filter(({ state: line }) => line.is === 'done' && line.how === 'drained').length;
  if (out === 0) return [];
  return [
    text(`*Next:* do the work, then reactivate ${out === 1 ? 'it' : `all ${out}`}.`),
    buttons({
      label: `Reactivate ${count(out, 'agent')}`,
      words: `reactivate ${showPlanId(plan)}`,
      style: 'primary',
    }),
  ];
}

function limitsWords({ parallel, per, pause }: RollingCard['work']): string {
  const limits = [
    `${parallel} at once`,
    ...per.map(({ attribute, allowed }) => `${allowed} per ${plain(attribute, 60)}`),
  ];
  return `${limits.join(', ')}${pause === 0 ? '' : `, ${spoken(pause)} between waves`}`;
}

function afterwardsWords({ afterwards }: RollingCard['work']): string {
  switch (afterwards.do) {
    case 'wait':
      return 'drained agents stay out of service';
    case 'reactivate':
      return `drained agents come back${afterwards.after === 0 ? '' : ` ${spoken(afterwards.after)} after`}`;
    case 'mark-gone':
      return 'drained agents are marked gone';
  }
}
