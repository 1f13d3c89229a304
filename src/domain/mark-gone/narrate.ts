import { factsOf } from '../audit/facts.ts';
import type { Narration } from '../drain/narrate.ts';
import type { MarkGone, MarkGoneEnd, MarkGoneEvent } from '../mark-gone.ts';
import { aboutMarkGone, type MarkGoneNews } from './news.ts';

const nothing: Narration = { audit: null, say: null };

/** What an event of a mark gone leaves behind: an entry in the log, and words in the thread. The small steps of a proof
 * are neither told nor filed. `after`: the mark gone as the event left it. */
export function narrateMarkGone(after: MarkGone, event: MarkGoneEvent): Narration {
  switch (event.type) {
    case 'call-accepted':
      // The door files the call's outcome itself.
      return { audit: null, say: say({ news: 'accepted', call: after.call.by }) };
    case 'call-unknown':
      return { audit: null, say: say({ news: 'unknown', why: event.why }) };
    case 'call-rejected':
      return ended({ kind: 'rejected', httpStatus: event.httpStatus, body: event.body });
    case 'effect-seen':
      return {
        audit: { event: 'mark-gone.effect-seen', outcome: 'accepted', master: event.leader },
        say: say({ news: 'effect-seen' }),
      };
    case 'waiting': {
      if (!event.tell) return nothing;
      const { state } = after;
      const waiting = state.status === 'checking' || state.status === 'confirming' ? state.waiting : null;
      return {
        audit: {
          event: 'mark-gone.waiting',
          outcome: event.cause.code,
          facts: factsOf(event.cause),
        },
        say: say({ news: 'waiting', cause: event.cause, since: waiting?.since ?? event.at }),
      };
    }
    case 'ended':
      return ended(event.end);
    case 'no-effect-seen':
      return nothing;
  }

  function say(news: MarkGoneNews, broadcast = false): Narration['say'] {
    return { notice: { kind: 'mark-gone', about: aboutMarkGone(after), news }, broadcast };
  }
  function ended(end: MarkGoneEnd): Narration {
    return {
      audit: { event: 'mark-gone.ended', outcome: end.kind, facts: factsOf(end) },
      say: say({ news: 'ended', end }, true),
    };
  }
}
