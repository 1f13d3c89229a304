import { showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { approvedBy } from '../approvals/approved.ts';
import { waysToStop } from '../approvals/reactions.ts';
import { agentName, reactivateLine } from '../text/agent-name.ts';
import { clause, mention, plain } from '../text/escape.ts';
import { type Part, text } from '../text/part.ts';
import { rejected } from './milestones-amend.ts';

/** On whose approval a drain began, and what comes after it; nothing where it needed none. */
export function underApproval(
  notice: Pick<Extract<Notice, { kind: 'call-accepted' }>, 'approved' | 'goneNext' | 'markGone' | 'drain'>,
): string[] {
  const { approved, goneNext, markGone, drain } = notice;
  return [
    approved === null ? null : `${approvedBy(approved.by, approved.approval)}.`,
    goneNext
      ? 'This is the first of two calls: once the agent is proven empty, the second marks it gone.'
      : null,
    markGone
      ? `The master marks it gone by itself as soon as it is empty, even if the bot is away. Until then \`/mesos cancel ${showDrainId(drain)}\` makes it a plain drain.`
      : null,
  ].filter((each) => each !== null);
}

/** After "drained", where a second call is to come. */
export function goneNextParts(agent: Parameters<typeof reactivateLine>[0], drain: string): Part[] {
  return [
    text(
      '*Next:* everything is checked anew, then the second call marks it gone.',
      `*What drops that until it leaves:* \`/mesos cancel ${drain}\`; ${waysToStop(null)}. Then it is a plain drain: the agent stays out of service until \`${reactivateLine(agent)}\`.`,
    ),
  ];
}

/** A drain that somebody else began, and that is followed as ours from here on. */
export function adoptedParts(notice: Extract<Notice, { kind: 'adopted' }>): Part[] {
  return [
    text(
      `*Followed from here on, as ${showDrainId(notice.drain)}:* ${agentName(notice)} was being drained already, by somebody else's call.`,
      'Nothing was sent to the master for that.',
      notice.approved === null ? null : `${approvedBy(notice.approved.by, notice.approved.approval)}.`,
    ),
  ];
}

/** How the `mark_gone` of an unattended drain is taken back: the same drain again, without it. */
export function recallParts(notice: Extract<Notice, { kind: 'recall' }>): Part[] {
  const { news, requester } = notice;
  const drain = showDrainId(notice.drain);
  const host = plain(notice.hostname);
  const again = `If it is still wanted, type \`/mesos cancel ${drain}\` again.`;
  const stillOn = `${host} is still marked gone by the master as soon as it is empty.`;
  switch (news.step) {
    case 'begun':
      return [
        text(
          `*Taking the mark gone of ${drain} back:* asked by ${mention(news.by)}.`,
          'The same drain goes to the master without `mark_gone`. Until the master shows that, it may still mark the agent gone.',
        ),
      ];
    case 'rejected':
      return [
        text(
          `*The mark gone of ${drain} was not taken back:* ${rejected(news)}. ${mention(requester)}`,
          `${stillOn} Put that right. ${again}`,
        ),
      ];
    case 'unknown':
      return [
        text(
          `*Not known yet* whether the mark gone of ${drain} was taken back: ${clause(news.why, 300)}.`,
          'The call is not sent again. The bot looks at the master to find out, and says so here.',
        ),
      ];
    case 'not-applied':
      return [
        text(
          `*The mark gone of ${drain} was not taken back:* the call got no clear answer, and the master shows no sign of it. ${mention(requester)}`,
          `${stillOn} ${again}`,
        ),
      ];
    case 'done':
      return [
        text(
          `*The mark gone of ${drain} is taken back:* the master shows the drain without it. ${mention(requester)}`,
          `${drain} is a plain drain now. ${host} stays out of service after it, until it is reactivated.`,
        ),
      ];
  }
}
