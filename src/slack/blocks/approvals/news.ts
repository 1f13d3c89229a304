import type { AskedOfPlan } from '../../../domain/approval/asked.ts';
import type { ApprovalAbout, ApprovalNews } from '../../../domain/approval/news.ts';
import { type ApprovalId, showApprovalId, showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { Person } from '../../../domain/person.ts';
import { lastCallWords, leftWords, underWayWords } from '../plans/work-words.ts';
import { clause, mention } from '../text/escape.ts';
import { count, type Part, text } from '../text/part.ts';
import { hourWords, second, when } from '../text/time.ts';
import { aboutWhat, leavesAt } from './act-words.ts';
import { people } from './approved.ts';
import { missingWords, needsWords } from './needs.ts';
import { waysToStop } from './reactions.ts';
import { settledBecause, settledBy, settledSo } from './settlement.ts';

/** What is told of a question in its thread: the verdict first; an end mentions the person who asked. */
export function approvalParts({ about, news }: Extract<Notice, { kind: 'approval' }>): Part[] {
  const id = showApprovalId(about.approval);
  switch (news.news) {
    case 'counted':
      return [
        text(
          `*Approved by ${mention(news.by.userId)}:* ${news.votes} of ${count(news.needed, 'approval')} for ${id}${
            news.missing?.oneOf == null ? '' : `; ${missingWords(news.missing)}`
          }.`,
        ),
      ];
    case 'needs':
      return [
        text(
          `*The policy asks for other votes on ${id} by now:* ${needsWords(news)}.`,
          news.missing === null
            ? 'Those that stand are enough.'
            : `${news.votes} of ${news.needed} stand${news.missing.oneOf === null ? '' : `; ${missingWords(news.missing)}`}. Nothing leaves before that.`,
        ),
      ];
    case 'objected':
      return [
        text(
          `*${mention(news.by.userId)} objects to ${id}:* nothing leaves while that stands.`,
          'Whoever takes the reaction off takes the objection back.',
        ),
      ];
    case 'taken-back':
      return [text(`*${mention(news.by.userId)} took a vote on ${id} back.*`)];
    case 'held':
      return held(about, news);
    case 'released':
      return [
        text(
          `*Nothing leaves for now:* an approval of ${id} was taken back or counts no more, or somebody objects.`,
          'Nothing was sent to the master. The question is open again.',
        ),
      ];
    case 'stands':
      return stands(about, news);
    case 'waits':
      return [
        text(
          `*${about.of === 'agent' ? 'The second call' : lastCallWords(about.does)} of ${id} waits* since ${when(news.since, news.since)}. ${mention(about.requester)}`,
          `Nobody can say now whether it may leave: ${clause(news.why, 300)}.`,
          'It is tried again all the time. A day after the approval it is asked again instead; until it leaves, what is drained just stays drained.',
        ),
      ];
    case 'settled':
      return [
        text(
          `*${id} on ${aboutWhat(about)} is settled:* ${settledBy(news.how)}. ${mention(about.requester)}`,
          ...settledSo(news.how, news.wasStanding, news.again, about),
          news.how.how === 'used' ? usedWords(about, news.wasStanding) : null,
        ),
        ...settledBecause(news.how),
      ];
  }
}

function held(
  about: ApprovalAbout,
  { by, until, anew, hour }: Extract<ApprovalNews, { news: 'held' }>,
): Part[] {
  return [
    text(
      anew
        ? '*The wait begins anew, in full:* the bot was restarted while it ran.'
        : `*Approved by ${people(by)}.*`,
      `${leavesAt(about, hour === undefined ? second(until, until) : hourWords(hour))}${anew ? ` Approved by ${people(by)}.` : ''}`,
      `What stops it until then: ${waysToStop(null)}.`,
    ),
  ];
}

function usedWords(about: ApprovalAbout, wasStanding: boolean): string {
  if (wasStanding && about.of === 'plan' && about.does.work.do === 'roll')
    return 'The call for its last agent leaves now; what becomes of that is told here.';
  return about.of === 'agent'
    ? 'Its call leaves now; what becomes of that is told here.'
    : 'It begins now; what becomes of it is told here.';
}

/** The start of maintenance, and waves whose agents are marked gone: a part comes first, and can be had without the rest. */
function planStands(about: AskedOfPlan & { approval: ApprovalId }, by: Person[]): Part[] {
  return [
    text(
      `*Approved by ${people(by)}:* ${aboutWhat(about)} begins. ${underWayWords(about.does)}`,
      about.does.work.do === 'roll'
        ? 'Each agent is marked gone once it is proven empty and everything was checked anew, as long as the votes stand.'
        : 'Once that is done, and everything was checked anew, the call to start maintenance leaves.',
      `What drops that until then: ${waysToStop(null)}; \`/mesos cancel ${showApprovalId(about.approval)}\`. ${leftWords(about.does)}`,
    ),
  ];
}

function stands(
  about: ApprovalAbout,
  { by, drain, already }: Extract<ApprovalNews, { news: 'stands' }>,
): Part[] {
  if (about.of === 'plan') return planStands(about, by);
  if (drain === null) return [];
  const id = showDrainId(drain);
  return [
    text(
      already
        ? `*Approved by ${people(by)}:* drain ${id} was under way before, and goes on.`
        : `*Approved by ${people(by)}:* drain ${id} begins, a plain one. It is the first of two calls.`,
      `Once ${aboutWhat(about)} is proven empty, and everything was checked anew, the second call marks it gone.`,
      `What drops that until then, and leaves a plain drain: ${waysToStop(null)}; \`/mesos cancel ${id}\`.`,
    ),
  ];
}
