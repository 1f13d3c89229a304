import { factsOf } from '../audit/facts.ts';
import type { Drain, DrainEvent } from '../drain.ts';
import type { AmendNews, Notice } from '../notice.ts';
import type { Amendment, Change } from './amendment.ts';
import type { Narration } from './narrate.ts';
import { mostNudges } from './nudge.ts';

type AmendEvent = Extract<DrainEvent, { type: `amend${string}` }>;

/** What people and the log are told of a change to a drain that is under way. */
export function narrateAmendment(before: Drain, after: Drain, event: AmendEvent): Narration {
  const change = event.type === 'amend-intended' ? event.change : amendmentOf(before).change;
  const say = (news: AmendNews, broadcast: boolean) => ({
    notice: told(before, after, change, news),
    broadcast,
  });
  const failed =
    change.kind === 'take-back' ? ('drain.recall-failed' as const) : ('drain.hasten-failed' as const);
  const asked = factsOf({
    by: event.type === 'amend-intended' ? event.by : amendmentOf(before).by,
    ...change,
  });
  switch (event.type) {
    case 'amend-intended':
      return { audit: null, say: say({ step: 'begun', by: event.by.userId }, false) };
    case 'amend-rejected': {
      const { httpStatus, body } = event;
      return {
        audit: { event: failed, outcome: 'rejected', facts: asked },
        say: say({ step: 'rejected', httpStatus, body }, true),
      };
    }
    case 'amend-unknown':
      return { audit: null, say: say({ step: 'unknown', why: event.why }, false) };
    case 'amend-not-applied':
      return {
        audit: { event: failed, outcome: 'not-applied', facts: asked },
        say: say({ step: 'not-applied' }, true),
      };
    case 'amended':
      return {
        audit: {
          event: change.kind === 'take-back' ? 'drain.recalled' : 'drain.hastened',
          outcome: 'accepted',
          master: event.leader,
          facts: asked,
        },
        say: say({ step: 'done' }, change.kind === 'take-back'),
      };
    case 'amend-accepted': // the door files it; what counts is what the master then shows
    case 'amend-no-effect-seen':
      return { audit: null, say: null };
  }
}

/** What people are told of a nudge; the door files it. */
export function narrateNudge(
  after: Drain,
  event: Extract<DrainEvent, { type: 'nudge-intended' | 'nudge-answered' }>,
): Narration {
  const nudge = after.state.status === 'draining' ? after.state.nudges.sent : 0;
  const notice = { kind: 'nudge' as const, drain: after.id, hostname: after.hostname, nudge, of: mostNudges };
  if (event.type === 'nudge-intended')
    return { audit: null, say: { notice: { ...notice, failed: null }, broadcast: false } };
  if (event.outcome === 'accepted') return { audit: null, say: null }; // the proof tells whether it helped
  const failed = { outcome: event.outcome, why: event.why ?? '' };
  return { audit: null, say: { notice: { ...notice, failed }, broadcast: false } };
}

function amendmentOf({ state }: Drain): Amendment {
  if (state.status !== 'draining' || state.amendment === null)
    throw new TypeError(`a ${state.status} drain is not being changed`);
  return state.amendment;
}

function told(before: Drain, after: Drain, change: Change, news: AmendNews): Notice {
  const about = { drain: after.id, hostname: after.hostname, requester: after.requester.userId, news };
  if (change.kind === 'take-back') return { kind: 'recall', ...about };
  return { kind: 'hasten', ...about, maxGraceSeconds: change.maxGrace, wasSeconds: before.maxGrace };
}
