import type { ApprovalAbout, ApprovalNews } from '../../../domain/approval/news.ts';
import { showApprovalId, showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { agentName } from '../text/agent-name.ts';
import { clause, mention } from '../text/escape.ts';
import { count, type Part, text } from '../text/part.ts';
import { second, when } from '../text/time.ts';
import { leavesAt } from './act-words.ts';
import { people } from './approved.ts';
import { waysToStop } from './reactions.ts';
import { settledBecause, settledBy, settledSo } from './settlement.ts';

/** What is told of a question in its thread: the verdict first; an end mentions the person who asked. */
export function approvalParts({ about, news }: Extract<Notice, { kind: 'approval' }>): Part[] {
  const id = showApprovalId(about.approval);
  switch (news.news) {
    case 'counted':
      return [
        text(
          `*Approved by ${mention(news.by.userId)}:* ${news.votes} of ${count(news.needed, 'approval')} for ${id}.`,
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
          `*The second call of ${id} waits* since ${when(news.since, news.since)}. ${mention(about.requester)}`,
          `Nobody can say now whether it may leave: ${clause(news.why, 300)}.`,
          'It is tried again all the time. A day after the approval it is asked again instead; until it leaves, the agent just stays drained.',
        ),
      ];
    case 'settled':
      return [
        text(
          `*${id} on ${agentName(about)} is settled:* ${settledBy(news.how)}. ${mention(about.requester)}`,
          ...settledSo(news.how, news.wasStanding, news.again, about),
          news.how.how === 'used' ? 'Its call leaves now; what becomes of that is told here.' : null,
        ),
        ...settledBecause(news.how),
      ];
  }
}

function held(about: ApprovalAbout, { by, until, anew }: Extract<ApprovalNews, { news: 'held' }>): Part[] {
  return [
    text(
      anew
        ? '*The wait begins anew, in full:* the bot was restarted while it ran.'
        : `*Approved by ${people(by)}.*`,
      `${leavesAt(about, second(until, until))}${anew ? ` Approved by ${people(by)}.` : ''}`,
      `What stops it until then: ${waysToStop(null)}.`,
    ),
  ];
}

function stands(
  about: ApprovalAbout,
  { by, drain, already }: Extract<ApprovalNews, { news: 'stands' }>,
): Part[] {
  const id = showDrainId(drain);
  return [
    text(
      already
        ? `*Approved by ${people(by)}:* drain ${id} was under way before, and goes on.`
        : `*Approved by ${people(by)}:* drain ${id} begins, a plain one. It is the first of two calls.`,
      `Once ${agentName(about)} is proven empty, and everything was checked anew, the second call marks it gone.`,
      `What drops that until then, and leaves a plain drain: ${waysToStop(null)}; \`/mesos cancel ${id}\`.`,
    ),
  ];
}
