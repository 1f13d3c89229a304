import { instant, showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { ReactivationAbout, ReactivationNews } from '../../../domain/reactivation/news.ts';
import { agentName, fullId } from '../text/agent-name.ts';
import { bold, clause, link, mention, mentionAsker, plain, preformatted } from '../text/escape.ts';
import { list, type Part, text } from '../text/part.ts';
import { when } from '../text/time.ts';
import { returnCauseWords, returnEndWords } from './return-words.ts';

/** A message may be read days later: so far from any time that the day is always shown. */
const anyDay = instant(0);

/** What is told of a reactivation: the verdict first; the end mentions the person who asked. */
export function reactivationParts({ about, news }: Extract<Notice, { kind: 'reactivation' }>): Part[] {
  switch (news.news) {
    case 'asked':
      return asked(about, news);
    case 'accepted':
      return [
        text(
          `*Accepted:* the master took ${agentName(about)} back into service.`,
          news.away
            ? 'It answered “Agent removed while processing the call”, as it does for an agent that is not registered: the reactivation has taken effect. The agent takes tasks when it returns.'
            : 'Whether it takes tasks again is being confirmed.',
          ofDrain(about),
        ),
      ];
    case 'unknown':
      return [
        text(
          `*Not known yet* whether ${plain(about.hostname)} was reactivated: ${clause(news.why, 300)}.`,
          'The call is not sent again. The bot looks at the master to find out, and says so here.',
        ),
      ];
    case 'effect-seen':
      return [
        text(
          `*Found out:* the master no longer keeps ${plain(about.hostname)} out of service, so the call did take effect.`,
          ofDrain(about),
        ),
      ];
    case 'waiting': {
      const words = returnCauseWords(news.cause);
      return [
        text(
          `*Reactivated, not back yet:* ${agentName(about)}, since ${when(news.since, anyDay)}. ${mention(about.requester)}`,
          `*Why:* ${words.what}`,
          `*What to do:* ${words.toDo}`,
        ),
      ];
    }
    case 'still-unknown': {
      const words = returnCauseWords(news.cause);
      return [
        text(
          `*Still not known* whether ${agentName(about)} was reactivated: nobody could look since ${when(news.since, anyDay)}. ${mention(about.requester)}`,
          `*Why:* ${words.what}`,
          `*What to do:* ${news.cause.code === 'recovering' ? 'Wait until it comes back; after about ten minutes the master calls it unreachable, and the bot looks then.' : words.toDo}`,
          'The call is not sent again: the agent may take tasks, or not.',
        ),
      ];
    }
    case 'ended': {
      const words = returnEndWords(about, news.end);
      return [
        text(
          `${bold(words.verdict, 400)}${mentionAsker(about)}`,
          words.means,
          `Agent ID ${fullId(about.agentId)}. Its record: \`/mesos audit --agent ${preformatted(about.hostname)}\`.`,
        ),
      ];
    }
    case 'begun':
      return [
        text(
          `*${agentName(about)} is being reactivated.* How it goes is told in ${link(
            news.permalink,
            about.drain === null ? 'its thread' : `the thread of ${showDrainId(about.drain)}`,
          )}.`,
        ),
      ];
  }
}

function asked(about: ReactivationAbout, news: Extract<ReactivationNews, { news: 'asked' }>): Part[] {
  return [
    text(
      `*Reactivating ${agentName(about)}*${about.cluster === undefined ? '' : ` on ${plain(about.cluster, 64)}`}: ${
        news.byHour === true
          ? `its time out of service is over, as ${mention(about.requester)} had asked`
          : `asked by ${mention(about.requester)}`
      }.`,
      news.byHour === true
        ? null
        : `Reason: ${news.reason === null ? 'none given' : plain(news.reason, 300)}`,
      awayWords(news.away),
      news.agentNotAsked === null
        ? null
        : `The agent could not be asked whether it still drains (${clause(news.agentNotAsked, 200)}). If it does, it drops new tasks.`,
      news.dropsOne === true
        ? 'The agent still drains though nothing is left on it, a fault of Mesos 1.9: it drops the first task that it gets, and leaves the drain with that.'
        : null,
      `Agent ID: ${fullId(about.agentId)}`,
    ),
    ...(news.others.length === 0
      ? []
      : [
          text('Other agents of that name, not touched:'),
          list(
            news.others.map(
              (other) => `${agentName(other)}: ${plain(other.state, 40)}, ${fullId(other.agentId)}`,
            ),
          ),
        ]),
  ];
}

function awayWords(away: 'unreachable' | 'recovered' | null): string | null {
  switch (away) {
    case null:
      return null;
    case 'unreachable':
      return 'It is unreachable now: it takes tasks when it returns, and this thread says so then.';
    case 'recovered':
      return 'It has not come back since the last failover of the master: whether it is out of service, only the answer will tell.';
  }
}

function ofDrain({ drain }: ReactivationAbout): string | null {
  return drain === null ? null : `Drain ${showDrainId(drain)} ends with that.`;
}
