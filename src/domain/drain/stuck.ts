import type { AgentSighting, Sighting, TaskFacts } from '../agent.ts';
import { type HeldCause, stillHeld } from '../deactivation/still-held.ts';
import type { Drain, DrainEvent, DrainState } from '../drain.ts';
import type { Instant } from '../ids.ts';

/** Why a drain does not move, with the facts that an operator needs. */
export type Cause =
  | { code: 'master-silent'; why: string }
  | { code: 'recovering' }
  | { code: 'unreachable'; since: Instant }
  /** The master does not list it and the registry could not say why. */
  | { code: 'not-listed'; why: string }
  | { code: 'tasks-in-grace'; tasks: number; until: Instant | null }
  | { code: 'tasks-overdue'; tasks: { name: string; framework: string; state: string }[]; count: number }
  | {
      code: 'unacknowledged';
      tasks: number;
      frameworks: { id: string; name: string; connected: boolean | null }[];
    }
  | { code: 'operations-pending'; operations: number }
  /** The master says DRAINED; the agent still has work. */
  | { code: 'agent-still-busy'; executors: number; tasks: number; operations: number; draining: boolean }
  /** No task and no operation left, yet DRAINING: the master missed its own check (mesos-api 2.2). */
  | { code: 'missed-check' }
  /** A deactivated agent's. */
  | HeldCause
  | { code: 'not-known'; why: string };

/** How long nobody worries, and how often a worry is repeated. Milliseconds. */
export interface Patience {
  stuckAfterMs: number;
  repeatMs: number;
  /** For an agent that is no longer listed, after the first day. */
  repeatSlowMs: number;
  /** An agent that stayed unlisted for so long is given up. */
  giveUpMs: number;
}

const shownTasks = 5;

type Draining = Extract<DrainState, { status: 'draining' }>;

/** The events of a look that ends nothing: a cause that is new, whose facts changed, or that must be told (again). */
export function waitingOn(
  { drain, sighting, limits, at }: { drain: Drain; sighting: Sighting; limits: Patience; at: Instant },
  state: Draining,
): DrainEvent[] {
  const cause = causeOf(drain, sighting, at);
  const { waiting, progress } = state;
  const tell: DrainEvent = { type: 'waiting', at, cause, tell: true };
  const note: DrainEvent = { type: 'waiting', at, cause, tell: false };
  if (waiting === null) return [isAlarming(cause) ? tell : note];
  if (waiting.cause.code !== cause.code) {
    if (isAlarming(cause)) return [tell];
    if (waiting.toldAt === null || !isBlind(cause)) return [...movingAgain(state, at), note];
    // Neither movement nor standstill was seen: what people were told stands, and the days out of sight count on.
    if (waiting.cause.code === 'not-listed') return [];
    return at >= waiting.toldAt + limits.repeatMs ? [tell] : [];
  }
  if (cause.code === 'not-listed' && at >= waiting.since + limits.giveUpMs)
    return [
      { type: 'ended', at, end: { kind: 'lost-sight', forDays: Math.floor(limits.giveUpMs / 86_400_000) } },
    ];
  if (isDue()) return [tell];
  return JSON.stringify(cause) === JSON.stringify(waiting.cause) ? [] : [note];

  function isDue(): boolean {
    if (waiting === null) return false;
    if (waiting.toldAt !== null) {
      const slow = cause.code === 'not-listed' && at >= waiting.since + limits.repeatSlowMs;
      return at >= waiting.toldAt + (slow ? limits.repeatSlowMs : limits.repeatMs);
    }
    // Tasks inside their grace are no worry however long the grace is; nor is it when nobody can say.
    const mayBeInGrace = cause.code === 'tasks-in-grace' || cause.code === 'not-known';
    const quietSince = Math.max(progress.movedAt, waiting.since);
    const worryFrom = mayBeInGrace ? Math.max(quietSince, drain.expectedEnd ?? 0) : quietSince;
    return at >= worryFrom + limits.stuckAfterMs;
  }
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

/** A look that could not see the agent's work. */
function isBlind({ code }: Cause): boolean {
  return code === 'master-silent' || code === 'recovering' || code === 'not-known';
}

function causeOf(drain: Drain, sighting: Sighting, at: Instant): Cause {
  const { master, agent } = sighting;
  switch (master.kind) {
    case 'not-read':
      return { code: 'master-silent', why: master.why };
    case 'recovered':
      return { code: 'recovering' };
    case 'unreachable':
      return { code: 'unreachable', since: master.since };
    case 'unexplained':
      return { code: 'not-listed', why: master.why };
    case 'absent':
      return {
        code: 'not-listed',
        why: 'it stands in no list of the registry, which is no proof that it is gone',
      };
    case 'registered':
    case 'gone':
      break; // an end, not a wait; what follows is for the registered
  }
  if (agent.kind === 'not-asked') return { code: 'not-known', why: agent.why };
  if (drain.way === 'deactivate') return stillHeld(agent, sighting.frameworks);
  const saysDrained = master.kind === 'registered' && master.agent.drain?.state === 'DRAINED';
  if (saysDrained)
    return {
      code: 'agent-still-busy',
      executors: agent.executors,
      tasks: tasksLeft(agent) ?? 0,
      operations: agent.pendingOperations,
      draining: agent.draining,
    };
  const live = agent.tasks.filter((task) => !task.terminalUnacknowledged);
  if (live.length > 0) {
    const overdue = drain.expectedEnd !== null && at > drain.expectedEnd;
    return overdue
      ? { code: 'tasks-overdue', tasks: live.slice(0, shownTasks).map(inWords(sighting)), count: live.length }
      : { code: 'tasks-in-grace', tasks: live.length, until: drain.expectedEnd };
  }
  const unacknowledged = agent.tasks.filter((task) => task.terminalUnacknowledged);
  if (unacknowledged.length > 0)
    return {
      code: 'unacknowledged',
      tasks: unacknowledged.length,
      frameworks: frameworksOf(unacknowledged, sighting),
    };
  if (agent.pendingOperations > 0) return { code: 'operations-pending', operations: agent.pendingOperations };
  if (tasksLeft(agent) !== 0)
    return { code: 'not-known', why: 'the agent counts tasks that it does not list' };
  return { code: 'missed-check' };
}

function inWords(sighting: Sighting) {
  return (task: TaskFacts) => ({
    name: task.name,
    framework: sighting.frameworks.find(({ id }) => id === task.framework)?.name ?? task.framework,
    state: task.state,
  });
}

function frameworksOf(tasks: TaskFacts[], sighting: Sighting) {
  return [...new Set(tasks.map((task) => task.framework))].map((id) => {
    const known = sighting.frameworks.find((framework) => framework.id === id);
    return { id, name: known?.name ?? id, connected: known?.connected ?? null };
  });
}

/** Tasks that still run or are about to, by the agent's word; null when it could not be asked. */
export function tasksLeft(agent: AgentSighting): number | null {
  return agent.kind === 'asked' ? agent.pending + agent.queued + agent.launched : null;
}

/** The agent's own "nothing left": no task, executor, pending operation, or drain in progress. */
export function isEmpty(agent: Extract<AgentSighting, { kind: 'asked' }>): boolean {
  return (
    agent.pending + agent.queued + agent.launched + agent.executors + agent.pendingOperations === 0 &&
    !agent.draining
  );
}
