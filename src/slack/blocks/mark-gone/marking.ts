import type { Instant } from '../../../domain/ids.ts';
import type { MarkGoneEnd, MarkGoneState } from '../../../domain/mark-gone.ts';
import { clause } from '../text/escape.ts';
import { when } from '../text/time.ts';
import { goneCauseWords } from './gone-cause.ts';

/** What became so far of the call that marks an agent gone, for a card or a prompt. `near`: the time of reading. */
export interface MarkingWords {
  /** Raw, for a heading: goes on after the agent's name and a colon. */
  verdict: string;
  says: string[];
}

/** The call that marks an agent gone, wherever it stands. */
export function markingWords(marking: MarkGoneState, near: Instant): MarkingWords {
  switch (marking.status) {
    case 'calling':
      return {
        verdict: 'marking it gone',
        says: ['*Marking gone:* the call is being sent; the thread tells what the master answers.'],
      };
    case 'checking':
      return {
        verdict: 'not known yet whether it was marked gone',
        says: [
          `*Marking gone: not known yet* whether the call took effect: ${clause(marking.why, 300)}.`,
          'It is not sent again. The bot looks at the master to find out what became of it.',
        ],
      };
    case 'confirming':
      return {
        verdict: 'being marked gone, not proven yet',
        says: [
          '*Marking gone:* the master took the call; its registry does not list the agent as gone yet.',
          ...(marking.waiting === null
            ? []
            : [`*Waits:* ${goneCauseWords(marking.waiting.cause, near).what}`]),
        ],
      };
    case 'ended': {
      const { verdict, says } = markedInShort(marking.end, near);
      return { verdict, says: [says] };
    }
  }
}

function markedInShort(end: MarkGoneEnd, near: Instant): { verdict: string; says: string } {
  switch (end.kind) {
    case 'gone':
      return {
        verdict: 'gone',
        says: `*Gone, proven:* the master's registry lists it as gone since ${when(end.goneAt, near)}. This id never comes back.`,
      };
    case 'rejected':
      return {
        verdict: 'not marked gone',
        says:
          end.httpStatus === null
            ? '*Not marked gone:* no master could be reached, so nothing was sent. The thread has it in full.'
            : `*Not marked gone:* the master rejected that (${end.httpStatus}). The thread has its answer in full.`,
      };
    case 'not-applied':
      return {
        verdict: 'not marked gone',
        says: '*Not marked gone:* the call was not applied; the master shows no sign of it.',
      };
    case 'superseded':
      return {
        verdict: 'not marked gone',
        says: '*Not marked gone:* somebody changed or took back the order outside the bot.',
      };
    case 'lost-sight':
      return {
        verdict: 'not confirmed gone',
        says: `*Not confirmed gone:* given up after ${end.forDays} days without a proof.`,
      };
  }
}
