import type { AgentSighting, Sighting } from '../agent.ts';
import type { Drain, DrainEvent, DrainState } from '../drain.ts';
import type { Instant } from '../ids.ts';
import { type Cause, causeOf } from './cause.ts';
import { tellFrom } from './nudge.ts';
import { isBlind, lastSeen, waitsSince } from './wait.ts';

/** How long nobody worries, and how often a worry is repeated. Milliseconds. */
export interface Patience {
  stuckAfterMs: number;
  repeatMs: number;
  /** For an agent that is no longer listed, after the first day. */
  repeatSlowMs: number;
  /** An agent that stayed unlisted for so long is given up. */
  giveUpMs: number;
}

type Draining = Extract<DrainState, { status: 'draining' }>;

/** The events of a look that ends nothing: a cause that is new, whose facts changed, or that must be told (again). */
export function waitingOn(
  { drain, sighting, limits, at }: { drain: Drain; sighting: Sighting; limits: Patience; at: Instant },
  state: Draining,
): DrainEvent[] {
  const { waiting, progress } = state;
  const cause = causeOf(drain, sighting, at, lastSeen(waiting));
  const tell: DrainEvent = { type: 'waiting', at, cause, tell: true };
  const note: DrainEvent = { type: 'waiting', at, cause, tell: false };
  if (waiting === null) return [isAlarming(cause) ? tell : note];
  if (waiting.cause.code !== cause.code) {
    if (isAlarming(cause)) return [tell];
    if (waiting.toldAt !== null && !isBlind(cause)) return [...movingAgain(state, at), note];
    if (waiting.toldAt === null) {
      const since = waitsSince(waiting, cause);
      return [since !== null && isDue(since, null) ? tell : note];
    }
    // Neither movement nor standstill was seen: what people were told stands, and the days out of sight count on.
    if (waiting.cause.code === 'not-listed') return [];
    return at >= waiting.toldAt + limits.repeatMs ? [tell] : [];
  }
  if (cause.code === 'not-listed' && at >= waiting.since + limits.giveUpMs)
    return [
      { type: 'ended', at, end: { kind: 'lost-sight', forDays: Math.floor(limits.giveUpMs / 86_400_000) } },
    ];
  // Whoever was told that one framework holds it up must hear that it is another one now.
  if (waiting.toldAt !== null && blamed(cause).some((who) => !blamed(waiting.cause).includes(who)))
    return [tell];
  if (isDue(waiting.since, waiting.toldAt)) return [tell];
  return JSON.stringify(cause) === JSON.stringify(waiting.cause) ? [] : [note];

  function isDue(since: Instant, toldAt: Instant | null): boolean {
    // The nudges tell of themselves.
    if (cause.code === 'missed-check' && cause.held === null) {
      const from = tellFrom(cause, state.nudges, since);
      if (at < from || state.nudges.calling) return false;
      if (toldAt === null || toldAt < from) return true;
    }
    if (toldAt !== null) {
      const slow = cause.code === 'not-listed' && at >= since + limits.repeatSlowMs;
      return at >= toldAt + (slow ? limits.repeatSlowMs : limits.repeatMs);
    }
    // Tasks inside their grace are no worry however long the grace is; nor is it when nobody can say.
    const mayBeInGrace = cause.code === 'tasks-in-grace' || cause.code === 'not-known';
    const quietSince = Math.max(progress.movedAt, since);
    const worryFrom = mayBeInGrace ? Math.max(quietSince, drain.expectedEnd ?? 0) : quietSince;
    return at >= worryFrom + limits.stuckAfterMs;
  }
}

/** Whether the master's own list of tasks, of the whole cluster, should be read to say why it does not move: the agent
 * can't be asked, and people are about to be told. */
export function wantsDiagnosis(drain: Drain, at: Instant, limits: Patience): boolean {
  const { state } = drain;
  if (state.status !== 'draining' || drain.way !== 'drain') return false;
  const quietSince = Math.max(state.progress.movedAt, state.acceptedAt, drain.expectedEnd ?? 0);
  return at >= quietSince + limits.stuckAfterMs / 2;
}

/** People who were told of a wait are told of its end. */
export function movingAgain({ waiting }: Draining, at: Instant): DrainEvent[] {
  return waiting === null || waiting.toldAt === null
    ? []
    : [{ type: 'moving-again', at, was: waiting.cause }];
}

/** Told at the first sight: the operator may be about to pull a plug. */
function isAlarming(cause: Cause): boolean {
  return cause.code === 'unreachable' || cause.code === 'not-listed';
}

/** Who holds it up, as far as that changes within one cause. */
function blamed(cause: Cause): string[] {
  switch (cause.code) {
    case 'unacknowledged':
      return cause.frameworks.map(({ id, connected }) => `${id} ${connected}`);
    case 'operations-pending':
      return cause.named.map(({ id }) => id);
    default:
      return [];
  }
}

/** Tasks that still run or are about to, by the agent's word; null when it could not be asked. */
export function tasksLeft(agent: AgentSighting): number | null {
  return agent.kind === 'asked' ? agent.pending + agent.queued + agent.launched : null;
}

/** The agent's own "nothing left": no task, executor, pending operation, or drain in progress. */
export function isEmpty(agent: Extract<AgentSighting, { kind: 'asked' }>): boolean {
  return (
    agent.pending + agent.queued + agent.launched + agent.executors.length + agent.operations.length === 0 &&
    !agent.draining
  );
}
