import { factsOf } from '../audit/facts.ts';
import type { Narration } from '../drain/narrate.ts';
import type { Reactivation, ReactivationEnd, ReactivationEvent } from '../reactivation.ts';
import { aboutOf, type ReactivationNews } from './news.ts';

const nothing: Narration = { audit: null, say: null };

/** What an event of a reactivation leaves behind: an entry in the log, and words in the thread. The small steps of a
 * proof are neither told nor filed. `after`: the reactivation as the event left it. */
export function narrateReactivation(after: Reactivation, event: ReactivationEvent): Narration {
  switch (event.type) {
    case 'call-accepted':
      // The door files the call's outcome itself.
      return { audit: null, say: say({ news: 'accepted', away: event.away }) };
    case 'call-unknown':
      return { audit: null, say: say({ news: 'unknown', why: event.why }) };
    case 'call-rejected':
      return ended({ kind: 'rejected', httpStatus: event.httpStatus, body: event.body });
    case 'effect-seen':
      return {
        audit: { event: 'reactivation.effect-seen', outcome: 'accepted', master: event.leader },
        say: say({ news: 'effect-seen' }),
      };
    case 'waiting': {
      if (!event.tell) return nothing;
      const { state } = after;
      const unknown = state.status === 'checking';
      const waits = unknown || state.status === 'confirming' ? state.waiting : null;
      return {
        audit: {
          event: 'reactivation.waiting',
          outcome: event.cause.code,
          facts: factsOf(event.cause),
        },
        say: say({
          news: unknown ? 'still-unknown' : 'waiting',
          cause: event.cause,
          since: waits?.since ?? event.at,
        }),
      };
    }
    case 'ended':
      return ended(event.end);
    case 'no-effect-seen':
    case 'absent-seen':
    case 'listed-again':
      return nothing;
  }

  function say(news: ReactivationNews, broadcast = false): Narration['say'] {
    return { notice: { kind: 'reactivation', about: aboutOf(after), news }, broadcast };
  }
  function ended(end: ReactivationEnd): Narration {
    return {
      audit: { event: 'reactivation.ended', outcome: end.kind, facts: factsOf(end) },
      // What many come to is told once, with the end of their plan.
      say: say({ news: 'ended', end }, after.plan === null),
    };
  }
}
