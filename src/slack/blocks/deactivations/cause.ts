import type { Cause } from '../../../domain/drain/cause.ts';
import type { DrainId, Instant } from '../../../domain/ids.ts';
import { type CauseWords, causeWords } from '../drains/cause.ts';
import { clause } from '../text/escape.ts';
import { when } from '../text/time.ts';

/** What a deactivation waits for: as a drain's, but nobody was told to end anything. `near`: the time of reading. */
export function waitWords(
  cause: Cause,
  near: Instant,
  about: { drain: DrainId; hostname: string },
): CauseWords {
  if (cause.code === 'unreachable')
    return {
      what: `The agent is unreachable since ${when(cause.since, near)}. What it still holds is not known until it is back.`,
      toDo: 'Look at the machine, its network and the agent process. It stays deactivated when it returns.',
    };
  if (cause.code === 'not-known')
    return {
      what: `What it still holds is not known: ${clause(cause.why, 300)}.`,
      toDo: 'See to the way from the bot to the agent, and to what its principal may see there. Until then, look on the machine before you take it down.',
    };
  return causeWords(cause, near, about);
}
