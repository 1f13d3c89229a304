import { showPlanId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { NextWave, RollingAbout, RollingNews } from '../../../domain/rolling/news.ts';
import type { RollingTally } from '../../../domain/rolling/tally.ts';
import { hourCame, notBegunParts } from '../plans/not-begun.ts';
import { refusalInShort } from '../refusals/in-short.ts';
import { agentName } from '../text/agent-name.ts';
import { mention, plain } from '../text/escape.ts';
import { count, enumerate, list, type Part, text } from '../text/part.ts';
import { clock } from '../text/time.ts';
import { failureWords, haltWayOut, haltWords } from './halt-words.ts';
import { lineWords } from './line-words.ts';

type Said<N extends RollingNews['news']> = Extract<RollingNews, { news: N }>;

/** What is told of a rolling plan in its thread. */
export function rollingNewsParts({ about, news }: Extract<Notice, { kind: 'rolling' }>): Part[] {
  const plan = showPlanId(about.plan);
  switch (news.news) {
    case 'kept-away': {
      const before = news.before === 0 ? '' : ` (${count(news.before, 'other')} had been deactivated before)`;
      return [
        text(
          `*New tasks are kept away from ${count(news.kept, 'agent')}*${before}, so that none lands on the next one to be drained.`,
          nextLine(news.next, about, false),
        ),
      ];
    }
    case 'wave-ended':
      return waveParts(news, about);
    case 'waiting':
      return [
        text(
          `*The next wave waits since ${clock(news.since)}:* ${haltWords(news.why)}.`,
          `It begins by itself once that has passed; if it stays so, ${plan} halts and says so.`,
        ),
      ];
    case 'halted':
      return haltParts(news, about);
    case 'resumed':
      return [text(`*Resumed by ${mention(news.by)}.* Everything is judged anew before the next wave.`)];
    case 'line-failed':
      return [text(`*Not as meant:* ${plain(news.hostname)}: ${failureWords(news.why)}.`)];
    case 'line-left-out':
      return [
        text(
          `*Left out:* ${plain(news.hostname)}. ${refusalInShort(news.refusal)}.${news.givenBack ? ' It goes back into service.' : ''}`,
        ),
      ];
    case 'cancelled':
      return [
        text(
          `*Stopped by ${mention(news.by)}:* no further wave of ${plan} begins.`,
          goOnLine(news.goOn),
          news.giveBack === 0
            ? null
            : `${count(news.giveBack, 'agent')}, only deactivated so far, ${news.giveBack === 1 ? 'goes' : 'go'} back into service.`,
        ),
      ];
    case 'marking-dropped':
      return [
        text(
          `*From here on ${plan} marks nothing gone:* the votes for it do not stand any more. What it drains stays out of service.`,
        ),
      ];
    case 'hour-came':
      return [hourCame(about)];
    case 'ended':
      return news.notBegun ? notBegunParts(about, news.end) : endParts(news, about);
  }
}

function waveParts({ wave, lines, next }: Said<'wave-ended'>, about: RollingAbout): Part[] {
  const well = lines.filter(({ state }) => state.is === 'done').length;
  return [
    text(`*Wave ${wave} of ${about.waves} is over:* ${well} of ${count(lines.length, 'agent')} as meant.`),
    list(lines.map((line) => `${agentName(line)}: ${lineWords(line, { work: about.work, until: null })}`)),
    ...(next === null ? [] : [text(nextLine(next, about, about.work.pause > 0))]),
  ];
}

function haltParts({ why, goOn, toBegin }: Said<'halted'>, about: RollingAbout): Part[] {
  const self = why.code === 'paused' && why.by.userId === about.requester;
  return [
    text(
      `*Plan ${showPlanId(about.plan)} ${why.code === 'paused' ? 'is' : 'has halted:'}* ${haltWords(why)}.${self ? '' : ` ${mention(about.requester)}`}`,
      goOnLine(goOn),
      toBegin === 0
        ? null
        : `${count(toBegin, 'agent')} ${toBegin === 1 ? 'waits' : 'wait'} for ${toBegin === 1 ? 'its' : 'their'} turn, deactivated.`,
      `*What to do:* ${haltWayOut(why, about.plan)} \`/mesos cancel ${showPlanId(about.plan)}\` gives the rest up.`,
    ),
  ];
}

function endParts({ end, tally, failed, keptAway }: Said<'ended'>, about: RollingAbout): Part[] {
  const stopped = end.kind === 'cancelled' ? ` (stopped by ${mention(end.by.userId)})` : '';
  const restored =
    end.kind === 'restored'
      ? ' by what this database knows: it is one from the past, and nothing more of the plan is begun'
      : '';
  return [
    text(
      `*Plan ${showPlanId(about.plan)} has ended:* ${tallyWords(tally, about)}${stopped}${restored}. ${mention(about.requester)}`,
      failed.length === 0 ? null : `*Not as meant:* ${names(failed)}.`,
      keptAway.length === 0
        ? null
        : `*Left deactivated:* ${names(keptAway)}; \`/mesos reactivate\` puts them back into service.`,
    ),
  ];
}

function tallyWords({ lines, done, failed, refused, dropped }: RollingTally, { work }: RollingAbout): string {
  const well = {
    wait: 'drained',
    reactivate: 'drained and in service again',
    'mark-gone': 'drained and marked gone',
  }[work.afterwards.do];
  const were = (n: number) => (n === 1 ? 'was' : 'were');
  return [
    `${done} of ${count(lines, 'agent')} ${done === 1 ? 'is' : 'are'} ${well}`,
    failed === 0 ? null : `${failed} came to another end`,
    refused === 0 ? null : `${refused} ${were(refused)} left out`,
    dropped === 0 ? null : `${dropped} ${were(dropped)} left in service or given back to it`,
  ]
    .filter((each) => each !== null)
    .join(', ');
}

function goOnLine(goOn: number): string | null {
  if (goOn === 0) return null;
  return `${count(goOn, 'agent')} ${goOn === 1 ? 'goes' : 'go'} on: Mesos has no way to stop a drain.`;
}

/** `paused`: a pause comes before it. */
function nextLine(next: NextWave | null, { waves }: RollingAbout, paused: boolean): string | null {
  if (next === null) return null;
  const hour = paused ? `, not before ${clock(next.notBefore)}` : '';
  return `*Next:* wave ${next.wave} of ${waves}${hour}, once everything was judged anew: ${names(next.hostnames)}.`;
}

function names(hostnames: readonly string[]): string {
  return enumerate(
    hostnames.map((hostname) => plain(hostname)),
    10,
  );
}
