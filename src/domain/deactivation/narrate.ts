import { factsOf } from '../audit/facts.ts';
import { isToldByPlan, type Narration } from '../drain/narrate.ts';
import { isElsewhere } from '../drain/whose-doing.ts';
import type { Drain, DrainEnd, DrainEvent } from '../drain.ts';
import type { Instant } from '../ids.ts';
import type { StayEvent } from '../stay/evolve.ts';
import { outUntil } from '../stay/stay.ts';
import type { DeactivationNews } from './news.ts';

const nothing: Narration = { audit: null, say: null };

/** What an event of a deactivation leaves behind. `before` and `after` are the record on either side of it. */
export function narrateDeactivation(
  before: Drain,
  after: Drain,
  event: Exclude<DrainEvent, StayEvent>,
): Narration {
  const toldByPlan = isToldByPlan(before, after, event);
  switch (event.type) {
    case 'call-accepted': // the door files the call's outcome itself
      return { audit: null, say: quiet({ news: 'accepted', tasks: after.tasksAtStart, ...until() }) };
    case 'call-unknown':
      return { audit: null, say: quiet({ news: 'unknown', why: event.why }) };
    case 'call-rejected':
      return ended({ kind: 'rejected', httpStatus: event.httpStatus, body: event.body });
    case 'effect-seen':
      return {
        audit: { event: 'drain.effect-seen', outcome: 'accepted', master: event.leader },
        say: quiet({ news: 'effect-seen', ...until() }),
      };
    case 'progressed': {
      const { left, quarter, at } = event;
      const of = after.tasksAtStart;
      const told = before.state.status === 'draining' ? before.state.progress.quarter : 0;
      return {
        audit: { event: 'drain.progressed', facts: { left, of } },
        say: quarter === told || of === null ? null : quiet({ news: 'progress', left, of, at }),
      };
    }
    case 'waiting': {
      if (!event.tell) return nothing;
      const { state } = after;
      const isWaiting = state.status === 'draining' || state.status === 'checking';
      const since = isWaiting ? (state.waiting?.since ?? event.at) : event.at;
      const news = state.status === 'checking' ? 'still-unknown' : 'waiting';
      return {
        audit: { event: 'drain.waiting', outcome: event.cause.code, facts: factsOf(event.cause) },
        say: quiet({ news, cause: event.cause, since }),
      };
    }
    case 'looked-again':
      return {
        audit: { event: 'drain.looked-again', facts: factsOf({ from: event.from, at: event.at }) },
        say: null,
      };
    case 'moving-again':
      return {
        audit: { event: 'drain.moving-again', facts: { was: event.was.code } },
        say: quiet({ news: 'moving-again', was: event.was }),
      };
    case 'drained':
      return {
        audit: {
          event: 'drain.emptied',
          outcome: event.proof.by,
          facts: factsOf(event.proof),
          master: event.leader,
        },
        say: loud({
          news: 'empty',
          proof: event.proof,
          tookSeconds: Math.round((event.at - after.intendedAt) / 1000),
          tasks: after.tasksAtStart,
        }),
      };
    case 'ended':
      return ended(event.end, event.told);
    case 'no-effect-seen':
    case 'drained-seen':
    case 'drained-unseen':
    case 'absent-seen':
    case 'listed-again':
      return nothing;
    case 'adopted':
    case 'framework-left':
    case 'framework-slow':
    case 'witnessed':
    case 'gone-planned':
    case 'gone-dropped':
    case 'amend-intended':
    case 'amend-accepted':
    case 'amend-rejected':
    case 'amend-unknown':
    case 'amend-no-effect-seen':
    case 'amend-not-applied':
    case 'amended':
    case 'nudge-intended':
    case 'nudge-answered':
      throw new TypeError(`a deactivation can't have ${event.type}`);
  }

  function until(): { until?: Instant } {
    const over = outUntil(after);
    return over === null ? {} : { until: over };
  }
  function ended(end: DrainEnd, told?: true): Narration {
    return {
      audit: {
        event: 'drain.ended',
        outcome: end.kind,
        facts: factsOf(end),
        ...(isElsewhere(before, end) ? { actor: { kind: 'outside' } } : {}),
      },
      say: told === true ? null : loud({ news: 'ended', end, wasEmpty: before.state.status === 'drained' }),
    };
  }
  function quiet(news: DeactivationNews, broadcast = false): Narration['say'] {
    const { id, agentId, hostname, requester } = after;
    const about = {
      drain: id,
      agentId,
      hostname,
      requester: requester.userId,
      ...(toldByPlan ? { inPlan: true as const } : {}),
    };
    return { notice: { kind: 'deactivation', about, news }, broadcast };
  }
  function loud(news: DeactivationNews): Narration['say'] {
    return quiet(news, !toldByPlan);
  }
}
