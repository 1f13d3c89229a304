import { showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { PlanCard, PlanCardLine } from '../../../domain/plan/card.ts';
import { bar } from '../drains/card-progress.ts';
import { causeInShort } from '../drains/cause-short.ts';
import { refusalInShort } from '../refusals/in-short.ts';
import { agentName } from '../text/agent-name.ts';
import { link, mention, plain } from '../text/escape.ts';
import { buttons, count, enumerate, heading, list, note, type Part, text } from '../text/part.ts';
import { elapsed, hourWords, spoken, when, zoneNote } from '../text/time.ts';
import { drainEndWord, returnEndWord } from './end-words.ts';
import { workRaw } from './work-words.ts';

/** The root of a plan's thread: what of how many is done, in all and line by line, who asked and why. What is not well
 * comes first: it must not be what is cut. */
export function planCardParts(card: PlanCard): Part[] {
  const { lines, work, until, startedAt, expectedEnd, checkedAt, state } = card;
  const hostnames = lines.map(({ hostname }) => hostname);
  const what = workRaw({ does: { of: 'agents', work }, hostnames });
  const how = standWord(card);
  const took = `${state.status === 'ended' ? 'It took' : 'Under way for'} ${elapsed(startedAt, until)}`;
  const end = expectedEnd === null ? '' : `; expected end ${when(expectedEnd, until)}`;
  const looked = checkedAt === null ? '' : `; last checked ${when(checkedAt, until)}`;
  return [
    heading(`Plan ${showPlanId(card.plan)}, ${how}: ${what}`),
    text(
      progressLine(card),
      tasksLine(card),
      state.status === 'scheduled'
        ? `*Begins ${hourWords(state.hour)}${zoneNote(state.hour)}*, after another look at everything.`
        : null,
      state.status === 'proposed' || state.status === 'scheduled'
        ? null
        : `${took}${state.status === 'ended' ? '' : `${end}${looked}`}.`,
      `Asked by ${mention(card.requester.userId)}${card.reason === null ? ', no reason given' : `: ${plain(card.reason, 300)}`}`,
      card.approved === null
        ? null
        : `Approved by ${enumerate(card.approved.by.map(({ userId }) => mention(userId)))}`,
      state.status === 'scheduled'
        ? `*Until then* \`/mesos cancel ${showPlanId(card.plan)}\` takes it back. Others can still work on these agents; what that makes of it is judged at that hour.`
        : null,
      state.status !== 'running'
        ? null
        : '*Next:* milestones of each in the thread, with a mention at the end of all, or where one is stuck.',
    ),
    list(
      lines.toSorted((a, b) => weight(a) - weight(b)).map((line) => lineWords(line)),
      (left) => `…and ${left} more; \`/mesos agents\` shows each.`,
    ),
    ...backParts(card),
    note(
      [
        `Plan ${showPlanId(card.plan)} on ${plain(card.cluster)}`,
        ...(work.do !== 'drain'
          ? []
          : [
              work.maxGrace === null
                ? "no max grace period: each task's own"
                : `max grace period ${spoken(work.maxGrace)}`,
            ]),
        `${state.status === 'proposed' || state.status === 'scheduled' ? 'shown' : 'started'} ${when(startedAt, until)}`,
      ].join(' · '),
    ),
  ];
}

/** The same to one person, with the way to its thread, which it has once it is confirmed. */
export function statusOfPlanParts({ card, permalink }: Extract<Notice, { kind: 'status-of-plan' }>): Part[] {
  const thread =
    card.state.status === 'proposed' ? [] : [note(`Its thread: ${link(permalink, showPlanId(card.plan))}`)];
  return [...planCardParts(card), ...thread];
}

/** What is done of it, by agents. */
function progressLine({ lines }: PlanCard): string {
  const asked = lines.filter(({ is }) => is !== 'refused' && is !== 'dropped');
  const well = asked.filter((line) => standing(line) === 'well').length;
  const bad = asked.filter((line) => standing(line) === 'otherwise').length;
  const left = lines.filter(({ is }) => is === 'refused').length;
  const dropped = lines.filter(({ is }) => is === 'dropped').length;
  return [
    `${bar(asked.length === 0 ? 0 : well / asked.length)} ${well} of ${count(asked.length, 'agent')} done`,
    bad === 0 ? null : `*${bad} ended otherwise*`,
    left === 0 ? null : `*${left} left out*`,
    dropped === 0 ? null : `${dropped} dropped`,
  ]
    .filter((each) => each !== null)
    .join(', ');
}

/** What is done of it, by tasks; null where none are ended. */
function tasksLine({ lines, work }: PlanCard): string | null {
  if (work.do === 'reactivate') return null;
  const drains = lines.flatMap((line) => (line.is === 'drain' ? [line.card] : []));
  const known = drains.filter(({ tasksAtStart }) => tasksAtStart !== null);
  const of = known.reduce((sum, { tasksAtStart }) => sum + (tasksAtStart ?? 0), 0);
  if (of === 0) return null;
  const left = known.reduce((sum, { tasksLeft, tasksAtStart, state }) => {
    const atRest = state.status === 'drained' || state.status === 'ended';
    // Not counted yet: none of them is known to be gone.
    return sum + (atRest ? 0 : (tasksLeft ?? tasksAtStart ?? 0));
  }, 0);
  const blind = drains.length - known.length + known.filter(notCounted).length;
  return `Tasks: ${Math.max(0, of - left)} of ${of} gone${blind === 0 ? '' : `, as far as is known (of ${count(blind, 'agent')} it is not)`}.`;
}

function notCounted({ state, tasksLeft }: Extract<PlanCardLine, { is: 'drain' }>['card']): boolean {
  return state.status === 'draining' && tasksLeft === null;
}

type Standing = 'stuck' | 'otherwise' | 'left-out' | 'under-way' | 'todo' | 'well';
const order: readonly Standing[] = ['stuck', 'otherwise', 'left-out', 'under-way', 'todo', 'well'];

function weight(line: PlanCardLine): number {
  return order.indexOf(standing(line));
}

function standing(line: PlanCardLine): Standing {
  switch (line.is) {
    case 'todo':
      return 'todo';
    case 'dropped':
    case 'refused':
      return 'left-out';
    case 'unknown':
      return 'otherwise';
    case 'drain': {
      const { state } = line.card;
      if (state.status === 'drained') return 'well';
      if (state.status === 'ended') return state.wasDrained ? 'well' : 'otherwise';
      const waits = (state.status === 'draining' || state.status === 'checking') && state.waiting;
      return waits ? 'stuck' : 'under-way';
    }
    case 'reactivation':
      if (line.state.status === 'ended') return line.state.end.kind === 'active' ? 'well' : 'otherwise';
      return line.state.status !== 'calling' && line.state.waiting !== null ? 'stuck' : 'under-way';
  }
}

function lineWords(line: PlanCardLine): string {
  const name = agentName(line);
  switch (line.is) {
    case 'todo':
      return `${name}: to begin${line.tasks === null ? '' : `, ${count(line.tasks, 'task')} shown`}`;
    case 'dropped':
      return `${name}: dropped before it began`;
    case 'refused':
      return `${name}: *left out:* ${refusalInShort(line.why, name)}`;
    case 'unknown':
      return `${name}: its record is not in this database`;
    case 'drain':
      return `${name} ${showDrainId(line.card.drain)}: ${drainWords(line.card)}`;
    case 'reactivation':
      return `${name}: ${returnWords(line.state)}`;
  }
}

function drainWords({
  state,
  way,
  tasksLeft,
  tasksAtStart,
}: Extract<PlanCardLine, { is: 'drain' }>['card']): string {
  switch (state.status) {
    case 'calling':
      return 'calling the master';
    case 'checking':
      return 'not known yet whether it has begun, being found out';
    case 'draining': {
      const left =
        tasksLeft === null
          ? 'tasks left: not known'
          : `${tasksLeft} of ${tasksAtStart === null ? 'its' : count(tasksAtStart, 'task')}${tasksAtStart === null ? ' tasks' : ''} left`;
      const waits = state.waiting === null ? '' : `; *waits:* ${causeInShort(state.waiting)}`;
      const says = state.masterSaysDrained ? ', DRAINED says the master' : '';
      return `${way === 'drain' ? 'DRAINING' : 'deactivated'}${says}, ${left}${waits}`;
    }
    case 'drained':
      return way === 'drain' ? '*DRAINED*, out of service' : '*empty*, out of service';
    case 'ended':
      return drainEndWord(state.end, state.wasDrained);
  }
}

function returnWords(state: Extract<PlanCardLine, { is: 'reactivation' }>['state']): string {
  switch (state.status) {
    case 'calling':
      return 'calling the master';
    case 'checking':
      return 'not known yet whether it took effect, being found out';
    case 'confirming':
      return state.waiting === null ? 'reactivated, not proven yet' : '*reactivated, not back yet*';
    case 'ended':
      return returnEndWord(state.end);
  }
}

function standWord({ state }: PlanCard): string {
  if (state.status === 'proposed') return 'not confirmed yet';
  if (state.status === 'scheduled') return 'scheduled';
  if (state.status === 'running') return 'under way';
  return state.end.kind === 'done' ? 'ended' : `ended (${state.end.kind.replaceAll('-', ' ')})`;
}

/** Once all that was drained waits to come back: one button for all of them. */
function backParts({ plan, work, state, lines }: PlanCard): Part[] {
  if (work.do === 'reactivate' || state.status !== 'ended') return [];
  const out = lines.filter((line) => line.is === 'drain' && line.card.state.status === 'drained');
  if (out.length === 0) return [];
  return [
    text(`*Next:* do the work, then reactivate ${out.length === 1 ? 'it' : `all ${out.length}`}.`),
    buttons({
      label: `Reactivate ${count(out.length, 'agent')}`,
      words: `reactivate ${showPlanId(plan)}`,
      style: 'primary',
    }),
  ];
}
