import type { DeactivationAbout } from '../../../domain/deactivation/news.ts';
import { type Instant, instant, showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { outOfService } from '../drains/card.ts';
import { causeInShort } from '../drains/cause-short.ts';
import { checkedForGone } from '../drains/checked.ts';
import { timeOutWords } from '../stay/time-out.ts';
import { agentName, fullId, targetOf } from '../text/agent-name.ts';
import { bold, clause, mention, mentionAsker, plain, preformatted } from '../text/escape.ts';
import { count, type Part, text } from '../text/part.ts';
import { clock, spoken } from '../text/time.ts';
import { waitWords } from './cause.ts';
import { checkedForEmpty } from './checked.ts';
import { deactivationEndWords, emptyWords } from './ending.ts';

/** A milestone may be read days later: so far from any time that the day is always shown. */
const anyDay = instant(0);

/** The replies in a deactivation's thread; empty, stuck and end mention the person who asked. */
export function deactivationParts({ about, news }: Extract<Notice, { kind: 'deactivation' }>): Part[] {
  const drain = showDrainId(about.drain);
  const host = plain(about.hostname);
  const person = mention(about.requester);
  switch (news.news) {
    case 'accepted':
      return [
        text(
          `*Deactivated:* the master took it, so ${agentName(about)} gets no new tasks.`,
          `${
            news.tasks === null
              ? 'What runs there is not known'
              : news.tasks === 0
                ? 'No tasks run there'
                : `${count(news.tasks, 'task')} there: their frameworks move or end them, nothing is killed`
          }.`,
          timeOut(about, news.until),
        ),
      ];
    case 'unknown':
      return [
        text(
          `*Not known yet* whether ${host} is deactivated: ${clause(news.why, 300)}.`,
          'The call is not sent again. The bot looks at the master to find out, and says so here.',
        ),
      ];
    case 'effect-seen':
      return [
        text(
          `*Found out:* the master shows ${host} deactivated. ${drain} goes on.`,
          timeOut(about, news.until),
        ),
      ];
    case 'progress':
      return [
        text(
          `*${news.of - news.left} of ${count(news.of, 'task')} off* ${host}, ${news.left} left (${clock(news.at)}).`,
        ),
      ];
    case 'waiting': {
      const words = waitWords(news.cause, news.since, about);
      return [
        text(
          `*Stuck:* ${drain} of ${host} does not move since ${clock(news.since)}. ${person}`,
          `*Why:* ${words.what}`,
          `*What to do:* ${words.toDo}`,
          ...(news.cause.code === 'tasks-kept' ? [killingIt(about)] : []),
          `To take it back into service: \`/mesos reactivate ${targetOf(about)}\`.`,
        ),
      ];
    }
    case 'still-unknown': {
      const words = waitWords(news.cause, news.since, about);
      return [
        text(
          `*Still not known* whether ${host} is deactivated: nobody could look since ${clock(news.since)}. ${person}`,
          `*Why:* ${words.what}`,
          `*What to do:* ${words.toDo}`,
          'The call is not sent again.',
        ),
      ];
    }
    case 'moving-again':
      return [text(`*Moving again:* ${drain} of ${host} goes on. Over now: ${causeInShort(news.was)}.`)];
    case 'empty': {
      const words = emptyWords(about, news.proof);
      return [
        text(
          `${bold(words.verdict, 400)}${mentionAsker(about)}`,
          `${words.means} It took ${spoken(news.tookSeconds)}${
            news.tasks === null || news.tasks === 0 ? '' : ` for ${count(news.tasks, 'task')}`
          }.`,
          checkedForEmpty(news.proof),
        ),
        ...outOfService(about, 'deactivate'),
      ];
    }
    case 'ended': {
      const words = deactivationEndWords(about, news.end, news.wasEmpty, anyDay);
      return [
        text(
          `${bold(words.verdict, 400)}${mentionAsker(about)}`,
          words.means,
          news.end.kind === 'gone' ? checkedForGone(news.end) : null,
          `Deactivation ${drain}, agent ID ${fullId(about.agentId)}. Its record: \`/mesos audit --agent ${preformatted(about.hostname)}\`.`,
        ),
      ];
    }
  }
}

function timeOut(agent: DeactivationAbout, until: Instant | undefined): string | null {
  return until === undefined
    ? null
    : `*Time:* ${timeOutWords({ ...agent, way: 'deactivate' }, until, anyDay)}`;
}

/** What ends tasks that nobody moves. */
export function killingIt(agent: Pick<DeactivationAbout, 'agentId' | 'hostname'>): string {
  return `If nobody moves them: \`/mesos drain ${targetOf(agent)} --max-grace-period 10m\` kills them, and can't be cancelled.`;
}
