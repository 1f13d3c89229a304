import { factsOf } from '../audit/facts.ts';
import type { Narration } from '../drain/narrate.ts';
import type { Drain } from '../drain.ts';
import type { Instant } from '../ids.ts';
import type { StayEvent } from './evolve.ts';
import type { StayNews, StillOut } from './reminder.ts';
import { outSince, outUntil } from './stay.ts';

/** What is left behind of the time for which a drain, or a deactivation, keeps its agent out. `after`: the drain as the event
 * left it. */
export function narrateStay(after: Drain, event: StayEvent): Narration {
  switch (event.type) {
    case 'stay-set': {
      const { seconds, by } = event.outFor;
      return {
        audit: null, // the command's own entry has it
        say: say({ news: 'set', by: by.userId, seconds }, false),
      };
    }
    case 'return-begun': // the door files it, and the reactivation tells
      return { audit: null, say: null };
    case 'reminded': {
      const { reminder, at } = event;
      return {
        audit: { event: 'drain.reminded', outcome: reminder.why, facts: factsOf(refusedIn(reminder)) },
        // Whoever waits for an agent to come back looks at the channel.
        say: say({ news: 'still-out', reminder, at }, reminder.why !== 'forgotten'),
      };
    }
  }

  function say(news: StayNews, broadcast: boolean): Narration['say'] {
    return { notice: { kind: 'stay', about: stillOut(after, event.at), news }, broadcast };
  }
}

/** Of which agent a notice is. */
export function stillOut(drain: Drain, at: Instant): StillOut {
  return {
    drain: drain.id,
    way: drain.way,
    agentId: drain.agentId,
    hostname: drain.hostname,
    requester: (drain.stay?.outFor?.by ?? drain.requester).userId,
    reason: drain.reason,
    since: outSince(drain) ?? at,
    until: outUntil(drain),
  };
}

function refusedIn(reminder: Extract<StayNews, { news: 'still-out' }>['reminder']): { refused?: string } {
  return 'refusal' in reminder && reminder.refusal !== null ? { refused: reminder.refusal.code } : {};
}
