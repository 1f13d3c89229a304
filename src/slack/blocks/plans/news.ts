import { showPlanId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { Tally } from '../../../domain/plan/agents-evolve.ts';
import type { PlanEnd } from '../../../domain/plan.ts';
import { refusalInShort } from '../refusals/in-short.ts';
import { link, mention, plain } from '../text/escape.ts';
import { count, enumerate, type Part, text } from '../text/part.ts';
import { hourCame, notBegunParts } from './not-begun.ts';

type News = Extract<Notice, { kind: 'plan' | 'plan-cancelled' }>;

/** What is told of a plan over agents beside what its lines tell. */
export function planNewsParts(notice: News): Part[] {
  const plan = showPlanId(notice.kind === 'plan' ? notice.about.plan : notice.plan);
  if (notice.kind === 'plan-cancelled')
    return [text(`*Plan ${link(notice.permalink, plan)} is taken back.* What comes of it is told there.`)];
  const { about, news } = notice;
  switch (news.news) {
    case 'hour-came':
      return [hourCame(about)];
    case 'line-refused':
      return [
        text(
          `*Left out:* ${plain(news.hostname)}. ${refusalInShort(news.refusal)}. The others of ${plan} go on.`,
        ),
      ];
    case 'rest-dropped':
      return [
        text(
          `*Stopped by ${mention(news.by)}:* ${count(news.dropped, 'agent')} of ${plan} ${news.dropped === 1 ? 'is' : 'are'} left as ${news.dropped === 1 ? 'it was' : 'they were'}.`,
          news.goOn === 0
            ? null
            : `${count(news.goOn, 'agent')} had begun and ${news.goOn === 1 ? 'goes' : 'go'} on: Mesos has no way to stop ${about.work.do === 'drain' ? 'a drain' : 'that'}.`,
        ),
      ];
    case 'ended':
      if (news.notBegun) return notBegunParts(about, news.end);
      return [
        text(
          `*Plan ${plan} has ended:* ${endSentence(news.end, news.tally, about.work.do)} ${mention(about.requester)}`,
        ),
        ...(news.failed.length === 0
          ? []
          : [
              text(
                `*Not as meant:* ${enumerate(
                  news.failed.map((hostname) => plain(hostname)),
                  10,
                )}.`,
              ),
            ]),
      ];
  }
}

function endSentence(end: PlanEnd, tally: Tally, work: 'drain' | 'deactivate' | 'reactivate'): string {
  const well = { drain: 'drained', deactivate: 'deactivated and empty', reactivate: 'active again' }[work];
  const parts = [
    `${tally.well} of ${count(tally.lines, 'agent')} ${tally.well === 1 ? 'is' : 'are'} ${well}`,
    tally.otherwise === 0 ? null : `${tally.otherwise} came to another end`,
    tally.refused === 0 ? null : `${tally.refused} ${tally.refused === 1 ? 'was' : 'were'} left out`,
    tally.dropped === 0 ? null : `${tally.dropped} ${tally.dropped === 1 ? 'was' : 'were'} dropped`,
  ].filter((each) => each !== null);
  return `${parts.join(', ')}${whyEarlier(end)}.`;
}

function whyEarlier(end: PlanEnd): string {
  if (end.kind === 'cancelled') return ` (stopped by ${mention(end.by.userId)})`;
  return end.kind === 'restored'
    ? ' by what this database knows: it is one from the past, and nothing more of the plan is begun'
    : '';
}
