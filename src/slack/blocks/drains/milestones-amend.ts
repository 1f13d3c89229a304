import { showDrainId } from '../../../domain/ids.ts';
import type { AmendNews, Notice } from '../../../domain/notice.ts';
import { clause, code, mention, plain } from '../text/escape.ts';
import { type Part, text } from '../text/part.ts';
import { spoken } from '../text/time.ts';

/** How a drain's grace is shortened: the same drain again, with another one. */
export function hastenParts(notice: Extract<Notice, { kind: 'hasten' }>): Part[] {
  const { news, requester, maxGraceSeconds, wasSeconds } = notice;
  const drain = showDrainId(notice.drain);
  const to = spoken(maxGraceSeconds);
  const was = wasSeconds === null ? "each task's own grace" : spoken(wasSeconds);
  const asBefore = `The drain goes on as it was (${was}).`;
  switch (news.step) {
    case 'begun':
      return [
        text(
          `*Hastening ${drain}* to a grace of ${to}, instead of ${was}: asked by ${mention(news.by)}. ${mention(requester)}`,
          'The same drain goes to the master with the shorter grace.',
        ),
      ];
    case 'rejected':
      return [
        text(
          `*${drain} was not hastened:* ${rejected(news)}. ${mention(requester)}`,
          `${asBefore} Put that right, then ask again.`,
        ),
      ];
    case 'unknown':
      return [
        text(
          `*Not known yet* whether ${drain} was hastened: ${clause(news.why, 300)}.`,
          'The call is not sent again. The bot looks at the master to find out, and says so here.',
        ),
      ];
    case 'not-applied':
      return [
        text(
          `*${drain} was not hastened:* the master shows no sign of the call, also a minute and more after it. ${mention(requester)}`,
          `${asBefore} If it is still wanted, ask again.`,
        ),
      ];
    case 'done':
      return [
        text(
          `*Hastened:* the master shows ${drain} of ${plain(notice.hostname)} with a grace of ${to}.`,
          'Tasks already in their grace are cut short only by executors that take a second kill; the others keep the grace that they were given.',
        ),
      ];
  }
}

/** The one call that is repeated, and why. */
export function nudgeParts({
  drain,
  hostname,
  nudge,
  of,
  failed,
}: Extract<Notice, { kind: 'nudge' }>): Part[] {
  const which = `nudge ${nudge} of ${of}`;
  if (failed !== null)
    return [
      text(
        `*The ${which} ${failed.outcome === 'rejected' ? 'was refused' : 'got no clear answer'}:* ${code(failed.why, 300)}.`,
        failed.outcome === 'rejected'
          ? 'Nothing has changed by it. The bot goes on looking.'
          : 'It is harmless if it arrived. The bot goes on looking.',
      ),
    ];
  return [
    text(
      `*Sent the same drain once more* (${which}): nothing is left on ${plain(hostname)}, and the master, which still says DRAINING, missed its own check.`,
      `With the very same call it looks again. ${showDrainId(drain)} is called drained only when it says so.`,
    ),
  ];
}

/** What the master, or nobody, answered. */
export function rejected({ httpStatus, body }: Extract<AmendNews, { step: 'rejected' }>): string {
  return httpStatus === null
    ? `no master could be reached, so nothing was sent: ${code(body, 300)}`
    : `the master answered ${httpStatus}: ${code(body, 300)}`;
}
