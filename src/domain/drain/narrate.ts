import { factsOf } from '../audit/facts.ts';
import type { Actor, AuditDraft } from '../audit.ts';
import { narrateDeactivation } from '../deactivation/narrate.ts';
import type { Drain, DrainEnd, DrainEvent, Gap } from '../drain.ts';
import { usualAtStart } from '../history/departures.ts';
import { narrateDeparture } from '../history/narrate.ts';
import type { Notice } from '../notice.ts';
import { isOfStay } from '../stay/evolve.ts';
import { narrateStay } from '../stay/narrate.ts';
import { outUntil } from '../stay/stay.ts';
import { gapOf } from './gap.ts';
import { narrateAmendment, narrateNudge } from './narrate-amendment.ts';
import { isElsewhere } from './whose-doing.ts';

/** What an event of a drain leaves behind: an entry in the log, and words in the thread. `actor` absent: the bot. */
export interface Narration {
  audit: (Pick<AuditDraft, 'event' | 'outcome' | 'facts' | 'master'> & { actor?: Actor }) | null;
  /** `broadcast`: shown in the channel too. */
  say: { notice: Notice; broadcast: boolean } | null;
}

const nothing: Narration = { audit: null, say: null };

/** `before` and `after` are the drain on either side of `event`. The small steps of a proof are neither told nor
 * filed: what they lead to is. */
export function narrate(before: Drain, after: Drain, event: DrainEvent): Narration {
  if (isOfStay(event)) return narrateStay(after, event);
  if (after.way === 'deactivate') return narrateDeactivation(before, after, event);
  const who = { drain: after.id, hostname: after.hostname };
  const requester = after.requester.userId;
  const inPlan = isToldByPlan(before, after, event) ? { inPlan: true as const } : {};
  const loud = (notice: Notice) => ({ notice: { ...notice, ...inPlan }, broadcast: !('inPlan' in inPlan) });
  switch (event.type) {
    case 'call-accepted':
      return {
        audit: null, // the door files the call's outcome itself
        say: quiet({
          kind: 'call-accepted',
          ...who,
          agentId: after.agentId,
          maxGraceSeconds: after.maxGrace,
          tasks: after.tasksAtStart,
          expectedEnd: after.expectedEnd,
          usual: usualAtStart(after),
          markGone: after.markGone,
          goneNext: after.goneNext,
          approved: after.approved,
        }),
      };
    case 'call-unknown':
      return { audit: null, say: quiet({ kind: 'call-unknown', ...who, why: event.why }) };
    case 'call-rejected':
      return {
        audit: { event: 'drain.ended', outcome: 'rejected' },
        say: loud(ended(after, { kind: 'rejected', httpStatus: event.httpStatus, body: event.body }, false)),
      };
    case 'effect-seen':
      return {
        audit: { event: 'drain.effect-seen', outcome: 'accepted', master: event.leader },
        say: quiet({ kind: 'effect-seen', ...who }),
      };
    case 'progressed': {
      const audit = {
        event: 'drain.progressed' as const,
        facts: { left: event.left, of: after.tasksAtStart },
      };
      const told = before.state.status === 'draining' ? before.state.progress.quarter : 0;
      if (event.quarter === told || after.tasksAtStart === null) return { audit, say: null };
      return {
        audit,
        say: quiet({ kind: 'progress', ...who, left: event.left, of: after.tasksAtStart, at: event.at }),
      };
    }
    case 'framework-left':
    case 'framework-slow':
      return narrateDeparture(before, after, event);
    case 'waiting': {
      if (!event.tell) return nothing;
      const { state } = after;
      const isWaiting = state.status === 'draining' || state.status === 'checking';
      const since = isWaiting ? (state.waiting?.since ?? event.at) : event.at;
      const kind = state.status === 'checking' ? 'still-unknown' : 'waiting';
      return {
        audit: { event: 'drain.waiting', outcome: event.cause.code, facts: factsOf(event.cause) },
        say: quiet({ kind, ...who, cause: event.cause, since, at: event.at, requester }),
      };
    }
    case 'moving-again':
      return {
        audit: { event: 'drain.moving-again', facts: { was: event.was.code } },
        say: quiet({ kind: 'moving-again', ...who, was: event.was }),
      };
    case 'looked-again':
      return {
        audit: { event: 'drain.looked-again', facts: factsOf({ from: event.from, at: event.at }) },
        say: isExpected(before)
          ? null
          : quiet({ kind: 'looked-again', ...who, gap: { from: event.from, to: event.at } }),
      };
    case 'drained': {
      const seenAt =
        before.state.status === 'draining' ? (before.state.firstDrained?.at ?? event.at) : event.at;
      const gap = gapOf(before, seenAt);
      const until = outUntil(after);
      return {
        audit: {
          event: 'drain.drained',
          outcome: event.proof.by,
          facts: factsOf(event.proof),
          master: event.leader,
        },
        say: loud({
          kind: 'drained',
          ...who,
          agentId: after.agentId,
          proof: event.proof,
          requester,
          tookSeconds: Math.round((event.at - after.intendedAt) / 1000),
          tasks: after.tasksAtStart,
          goneNext: after.goneNext,
          ...(gap === null ? {} : { gap }),
          ...(until === null ? {} : { until }),
        }),
      };
    }
    case 'adopted':
      return {
        audit: { event: 'drain.adopted' },
        say: quiet({ kind: 'adopted', ...who, agentId: after.agentId, approved: after.approved }),
      };
    case 'gone-planned': // its approval tells
      return { audit: { event: 'drain.gone-planned', facts: factsOf(event.approved) }, say: null };
    case 'gone-dropped':
      return { audit: { event: 'drain.gone-dropped' }, say: null };
    case 'amend-intended':
    case 'amend-accepted':
    case 'amend-rejected':
    case 'amend-unknown':
    case 'amend-no-effect-seen':
    case 'amend-not-applied':
    case 'amended':
      return narrateAmendment(before, after, event);
    case 'nudge-intended':
    case 'nudge-answered':
      return narrateNudge(after, event);
    case 'ended':
      return {
        audit: {
          event: 'drain.ended',
          outcome: event.end.kind,
          facts: factsOf(event.end),
          ...(isElsewhere(before, event.end) ? { actor: { kind: 'outside' } } : {}),
        },
        say:
          event.told === true
            ? null
            : loud(ended(after, event.end, before.state.status === 'drained', endedIn(before, event))),
      };
    case 'no-effect-seen':
    case 'witnessed':
    case 'drained-seen':
    case 'drained-unseen':
    case 'absent-seen':
    case 'listed-again':
      return nothing;
  }
}

/** Whether people hear of it with the end of its plan, which tells once what many came to; what is stuck is told of each.
 * Once it is out of service the plan has no more to say, unless another plan put it back. */
export function isToldByPlan(before: Drain, { plan }: Drain, event: DrainEvent): boolean {
  if (plan === null && event.type !== 'ended') return false;
  const isBack = event.type === 'ended' && event.end.kind === 'reactivated' && event.end.by !== undefined;
  return isBack || (plan !== null && before.state.status !== 'drained');
}

function quiet(notice: Notice) {
  return { notice, broadcast: false };
}

/** Whether people know already that nobody could look; or, out of service, that nobody waits for it. */
function isExpected({ state }: Drain): boolean {
  if (state.status !== 'draining') return true;
  const code = state.waiting?.cause.code;
  const blind = code === 'master-silent' || code === 'recovering' || code === 'not-listed';
  return blind && state.waiting?.toldAt != null;
}

/** The gap in which an end came about that only the look after it showed; null: none, or it is a person's doing. */
function endedIn(before: Drain, { at, end }: Extract<DrainEvent, { type: 'ended' }>): Gap | null {
  if (end.kind === 'given-up' || end.kind === 'lost-sight' || end.kind === 'upgraded') return null;
  const { state } = before;
  const firstAbsent = state.status === 'draining' || state.status === 'drained' ? state.firstAbsent : null;
  const twice = end.kind === 'removed' || end.kind === 'replaced';
  return gapOf(before, twice ? (firstAbsent?.at ?? at) : at);
}

function ended(drain: Drain, end: DrainEnd, wasDrained: boolean, gap: Gap | null = null): Notice {
  return {
    kind: 'ended',
    drain: drain.id,
    hostname: drain.hostname,
    agentId: drain.agentId,
    end,
    wasDrained,
    requester: drain.requester.userId,
    markGone: drain.markGone,
    approved: drain.approved,
    tookOver: drain.tookOver,
    ...(gap === null ? {} : { gap }),
  };
}
