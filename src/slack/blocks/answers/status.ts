import { isOn } from '../../../domain/brake.ts';
import type { DrainCard } from '../../../domain/drain/card.ts';
import { type Instant, showDrainId } from '../../../domain/ids.ts';
import type { DrainLine, MasterLine, Notice } from '../../../domain/notice.ts';
import { deactivationInShort } from '../deactivations/card.ts';
import { cardParts } from '../drains/card.ts';
import { causeWords } from '../drains/cause.ts';
import { endInShort } from '../drains/ending.ts';
import { scheduledOutOfService } from '../drains/preview-schedule.ts';
import { brakeWords } from '../refusals/refusal-of-policy.ts';
import { acceptLine } from '../restored.ts';
import { outParts } from '../stay/digest.ts';
import { agentName } from '../text/agent-name.ts';
import { clause, link, mention, plain } from '../text/escape.ts';
import { count, list, note, type Part, text } from '../text/part.ts';
import { elapsed, when } from '../text/time.ts';
import { otherLines, planLines, promptLines } from './status-of-work.ts';

/** The open drains, questions and other work with links to their threads, and whether the master answers. */
export function statusParts(notice: Extract<Notice, { kind: 'status' }>): Part[] {
  const { lines, prompts, others, plans = [], cluster, master, restored, at, out: outNow, brake } = notice;
  const open = lines.filter(({ card }) => card.state.status !== 'drained' && card.state.status !== 'ended');
  const out = lines.filter(({ card }) => card.state.status === 'drained');
  const ended = lines.filter(({ card }) => card.state.status === 'ended');
  return [
    text(
      `*${open.length === 0 ? 'No drain is' : count(open.length, 'drain is', 'drains are')} open on ${plain(cluster)}.*`,
      masterWords(master, at),
      brake === undefined ? null : brakeLine(brake, at),
      restored === null
        ? null
        : `*The bot's database was restored from the past,* noticed ${when(restored, at)}: nothing is changed until whoever runs the bot accepts that (\`${acceptLine}\`).`,
    ),
    ...section(null, open),
    ...promptLines(prompts),
    ...planLines(plans),
    ...otherLines(others),
    ...(outNow === undefined
      ? section('Empty, and out of service until reactivated:', out)
      : outNow.lines.length === 0
        ? []
        : [text('*Empty or kept away, and out of service until reactivated:*'), ...outParts(outNow, at)]),
    ...section('Ended:', ended),
    ...lines.slice(0, 1).map(({ card }) => note(`One in full: \`/mesos status ${showDrainId(card.drain)}\``)),
  ];
}

/** How much of the cluster takes no work, and how far that is from the brake. */
function brakeLine(
  brake: NonNullable<Extract<Notice, { kind: 'status' }>['brake']> | null,
  at: Instant,
): string {
  if (brake === null) return 'How many agents are out of service is *not known*: they were never listed.';
  const { out, of, percent, listed } = brake;
  const now = `Of the cluster, ${brakeWords(brake)}, as listed ${when(listed, at)}`;
  if (percent === 100) return `${now}; no share of that stops a drain.`;
  if (isOn(brake)) return `*The brake is on:* ${now}. With more than ${percent} % nothing more is taken out.`;
  const more = Math.floor((of * percent) / 100) - out + 1;
  return `${now}; ${count(more, 'more may', 'more may')} be taken out before the brake is on (more than ${percent} %).`;
}

function section(title: string | null, lines: DrainLine[]): Part[] {
  if (lines.length === 0) return [];
  const items = list(lines.map(drainLine), (left) => `…and ${count(left, 'more')}.`);
  return title === null ? [items] : [text(`*${title}*`), items];
}

/** One drain in full, as its card shows it. Nobody can vote on an answer: where votes still count, it says where. */
export function statusOfDrainParts({
  card,
  permalink,
  scheduled = null,
}: Extract<Notice, { kind: 'status-of-drain' }>): Part[] {
  const thread = link(permalink, 'Its thread');
  return [
    ...cardParts({ ...card, votes: null }, null),
    ...(scheduled === null ? [] : [text(`*Mind:* ${scheduledOutOfService(scheduled, card)}`)]),
    ...(card.votes === null
      ? permalink === null
        ? []
        : [text(thread)]
      : [text(`${thread}. Votes on its first message still count, until the second call leaves.`)]),
  ];
}

function masterWords(master: MasterLine, at: Parameters<typeof when>[1]): string {
  if (master.reachable)
    return `The master answers: ${plain(master.leader)}, Mesos ${plain(master.version, 40)}.`;
  const since = master.since === null ? '' : ` since ${when(master.since, at)}`;
  const last =
    master.swept === null
      ? 'Its agents were never listed'
      : `Its agents were last listed at ${when(master.swept, at)}`;
  return `*The master can't be read*${since}: ${clause(master.why, 300)}. ${last}, and what follows is what was seen last.`;
}

function drainLine({ card, permalink }: DrainLine): string {
  return `${link(permalink, showDrainId(card.drain))} ${agentName(card)}: ${stateWords(card)}; asked by ${mention(
    card.requester.userId,
  )}, started ${when(card.startedAt, card.until)}`;
}

function stateWords(card: DrainCard): string {
  const { state } = card;
  if (card.way === 'deactivate') return deactivationInShort(card);
  switch (state.status) {
    case 'calling':
      return 'calling the master';
    case 'checking':
      return 'not known yet whether it has begun, being checked';
    case 'draining':
      return [
        state.masterSaysDrained ? 'DRAINED says the master, not confirmed yet' : 'DRAINING',
        goneWord(card),
        card.tasksLeft === null
          ? 'tasks left not known'
          : `${card.tasksLeft}${card.tasksAtStart === null ? '' : ` of ${card.tasksAtStart}`} tasks left`,
        card.expectedEnd === null ? null : `ends by about ${when(card.expectedEnd, card.until)}`,
        state.waiting === null
          ? null
          : `waits: ${causeWords(state.waiting, card.until, card).what.replace(/\.$/, '')}`,
      ]
        .filter((each) => each !== null)
        .join(', ');
    case 'drained':
      return [
        state.proof.by === 'master-and-agent'
          ? 'DRAINED'
          : 'DRAINED, says the master; the agent could not be asked',
        goneWord(card),
        `took ${elapsed(card.startedAt, card.until)}`,
      ]
        .filter((each) => each !== null)
        .join(', ');
    case 'ended':
      return endInShort(state.end);
  }
}

/** Whether it is marked gone after that; null: it is not. */
function goneWord({ state, markGone, goneNext, marking }: DrainCard): string | null {
  if (marking !== null && marking.status !== 'ended') return 'being marked gone';
  if (state.status === 'draining' && state.changing?.kind === 'take-back')
    return 'its mark gone being taken back';
  if (goneNext) return 'to be marked gone by a second call';
  return markGone ? 'to be marked gone by the master itself' : null;
}
