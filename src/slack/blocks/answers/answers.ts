import { showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { code } from '../text/escape.ts';
import { type Part, text } from '../text/part.ts';

/** Short answers to the person who typed. */
export type ShortAnswer = Extract<Notice, { kind: 'closed' | 'fault' }>;

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
