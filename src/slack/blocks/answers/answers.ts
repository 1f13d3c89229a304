import { showApprovalId, showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { leftWords, notSentWords } from '../plans/work-words.ts';
import { code, link } from '../text/escape.ts';
import { type Part, text } from '../text/part.ts';
import { hasteningParts, offerParts } from './hasten.ts';

/** Short answers to the person who typed. */
export type ShortAnswer = Extract<
  Notice,
  { kind: 'closed' | 'cancelled' | 'recalling' | 'hastening' | 'hasten-offer' | 'fault' }
>;

export function answerParts(notice: ShortAnswer): Part[] {
  switch (notice.kind) {
    case 'closed': {
      const drain = showDrainId(notice.drain);
      return [
        text(
          `*Drain ${drain} is closed.* The bot no longer follows it.`,
          'Nothing was sent to the master. If the drain had begun, it goes on there, and the agent stays out of service.',
        ),
      ];
    }
    case 'cancelled': {
      const { approval, drain, permalink, begun } = notice;
      return [
        text(
          `*Question ${link(permalink, showApprovalId(approval))} is taken back.* No vote on it counts any more.`,
          begun !== undefined
            ? `${notSentWords(begun)} ${leftWords(begun)}`
            : drain === null
              ? 'Nothing was sent to the master.'
              : `Nothing marks the agent gone. Drain ${showDrainId(drain)} is a plain one, and the agent stays out of service until it is reactivated.`,
        ),
      ];
    }
    case 'recalling': {
      const drain = showDrainId(notice.drain);
      return [
        text(
          `*The mark gone of ${drain} is being taken back.* What comes of it is told in ${link(notice.permalink, 'its thread')}.`,
          'The same drain goes to the master without `mark_gone`. Until the master shows that, it may still mark the agent gone.',
        ),
      ];
    }
    case 'hastening':
      return hasteningParts(notice);
    case 'hasten-offer':
      return offerParts(notice);
    case 'fault':
      return [
        text(
          `*Something broke in the bot. ${sentWords(notice.sent)}*`,
          `*What to do:* ${
            notice.sent === 'no'
              ? 'type it again.'
              : "don't type it again yet; `/mesos status` shows what became of it."
          } Give incident ${code(notice.incident, 80)} to who runs the bot.`,
        ),
      ];
  }
}

function sentWords(sent: 'no' | 'yes' | 'not-known'): string {
  switch (sent) {
    case 'no':
      return 'Nothing was sent to the master.';
    case 'yes':
      return 'The call to the master was sent.';
    case 'not-known':
      return 'Whether anything was sent to the master is not known; it is being checked.';
  }
}
