import { instant } from '../../../domain/ids.ts';
import type { MarkGoneAbout } from '../../../domain/mark-gone/news.ts';
import type { MarkGoneEnd } from '../../../domain/mark-gone.ts';
import { type EndWords, shownWords } from '../drains/ending.ts';
import { rawAgent, reactivateLine } from '../text/agent-name.ts';
import { code } from '../text/escape.ts';
import { count } from '../text/part.ts';
import { when } from '../text/time.ts';

/** Read perhaps days later: so far from any time that the day is always shown. */
const anyDay = instant(0);

/** Every end that marking an agent gone can have: a verdict (raw), and what follows from it. "Gone" is said on the
 * registry's own word alone. */
export function goneEndWords(about: MarkGoneAbout, end: MarkGoneEnd): EndWords {
  const name = rawAgent(about);
  switch (end.kind) {
    case 'gone':
      return {
        verdict: `${name} is gone, proven: the master's registry lists it`,
        means: `It is listed as gone since ${when(end.goneAt, anyDay)}. This id never comes back${
          about.drain === null
            ? ': if the machine returns, the master refuses its agent under this id, and shuts it down'
            : ''
        }. To use the machine again, start its agent with an empty work directory, so that it gets a new id.`,
      };
    case 'rejected':
      return {
        verdict:
          end.httpStatus === null
            ? `${name} was not marked gone: no master could be reached`
            : `${name} was not marked gone: the master rejected it`,
        means: `${
          end.httpStatus === null
            ? `Nothing was sent: ${code(end.body, 300)}.`
            : `The master answered ${end.httpStatus}: ${code(end.body, 300)}.`
        } ${asBefore(about)} Put that right, then ask again.`,
      };
    case 'not-applied':
      return {
        verdict: `${name} was not marked gone: the master shows no sign of the call`,
        means:
          'The call got no clear answer, and it was not sent again. Nothing was changed by it. If it is still wanted, ask again.',
      };
    case 'superseded':
      return {
        verdict: `${name}: somebody changed or took back the mark gone outside the bot`,
        means: `${
          end.shown === 'in service'
            ? 'The master now shows it in service, without a drain.'
            : shownWords(end.shown)
        } It is not confirmed gone, and the bot no longer follows it.`,
      };
    case 'lost-sight':
      return {
        verdict: `${name}: given up after ${count(end.forDays, 'day')}, not confirmed gone`,
        means:
          'Nobody could prove what became of the agent. Look at the machine and at the registry of the master.',
      };
  }
}

/** What an agent is that was not marked gone. */
function asBefore(about: MarkGoneAbout): string {
  return about.drain === null
    ? 'The agent is as it was.'
    : `It stays drained, out of service until \`${reactivateLine(about)}\`.`;
}
