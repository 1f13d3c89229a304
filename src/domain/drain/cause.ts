import {
  type AgentSighting,
  isInUse,
  type OperationFacts,
  type RegisteredAgent,
  type Sighting,
  type TaskFacts,
} from '../agent.ts';
import { type HeldCause, stillHeld } from '../deactivation/still-held.ts';
import type { Drain } from '../drain.ts';
import { after, type Instant, type MasterId } from '../ids.ts';
import { causeOfAway } from './away.ts';
import { effectiveGrace } from './grace.ts';
import {
  type NamedExecutors,
  type NamedOperation,
  type NamedTask,
  namedExecutors,
  namedOperations,
  namedTask,
  shown,
  type TaskInGrace,
  type Unacknowledging,
  unacknowledging,
} from './named.ts';

/** Why a drain does not move, with the facts that an operator needs. `by`: on whose word, the agent's own or, where it
 * can't be asked, the master's. Lists are cut to the first few; the counts are whole. */
export type Cause =
  | { code: 'master-silent'; why: string }
  | { code: 'recovering' }
  | { code: 'unreachable'; since: Instant }
  /** The master does not list it and the registry could not say why. */
  | { code: 'not-listed'; why: string }
  /** `until`: when the last must have been killed. */
  | { code: 'tasks-in-grace'; by: Word; tasks: number; until: Instant | null; named: TaskInGrace[] }
  | { code: 'tasks-overdue'; by: Word; tasks: NamedTask[]; count: number; since: Instant | null }
  | { code: 'unacknowledged'; by: Word; tasks: number; frameworks: Unacknowledging[] }
  | { code: 'operations-pending'; by: Word; operations: number; named: NamedOperation[] }
  /** The master says DRAINED; the agent still has work. `named`: whose executors, each with how many. */
  | {
      code: 'agent-still-busy';
      executors: number;
      tasks: number;
      operations: number;
      draining: boolean;
      named: NamedExecutors[];
      pending: NamedOperation[];
    }
  /** No task and no operation left, yet DRAINING: the master missed its own check (mesos-api 2.2). `held`: why it is not
   * nudged; null: it is, until `nudges` have been enough. */
  | { code: 'missed-check'; by: Word; leader: MasterId | null; nudges: number; held: NudgeHeld | null }
  /** A deactivated agent's. */
  | HeldCause
  | { code: 'not-known'; why: string };

export type Word = 'agent' | 'master';

type Asked = Extract<AgentSighting, { kind: 'asked' }>;

/** What speaks against sending the drain once more: it would be irreversible, or the agent would be left draining. */
export type NudgeHeld = 'marks-gone' | 'version-1.9';

/** Whether the one goes on from the other, so that it counts from when that began. */
export function isSameWait(a: Cause, b: Cause): boolean {
  // What one leader missed says nothing of the next.
  if (a.code === 'missed-check' && b.code === 'missed-check') return a.leader === b.leader;
  return a.code === b.code;
}

/** Why it does not move, by this look. `before`: what the look before found, for since when. */
export function causeOf(drain: Drain, sighting: Sighting, at: Instant, before: Cause | null): Cause {
  const { master } = sighting;
  switch (master.kind) {
    case 'not-read':
    case 'recovered':
    case 'unexplained':
    case 'absent':
      return causeOfAway(master);
    case 'unreachable':
      return { code: 'unreachable', since: master.since };
    case 'gone': // an end, not a wait
      return { code: 'not-known', why: 'the master lists it as gone' };
    case 'registered':
      return ofRegistered(drain, sighting, master, at, before);
  }
}

function ofRegistered(
  drain: Drain,
  sighting: Sighting,
  master: Extract<Sighting['master'], { kind: 'registered' }>,
  at: Instant,
  before: Cause | null,
): Cause {
  if (drain.way === 'deactivate')
    return sighting.agent.kind === 'asked'
      ? stillHeld(sighting.agent, sighting, at, before)
      : { code: 'not-known', why: sighting.agent.why };
  if (master.agent.drain?.state === 'DRAINED')
    return sighting.agent.kind === 'asked'
      ? stillBusy(sighting.agent, sighting)
      : { code: 'not-known', why: sighting.agent.why };
  const work = workOf(sighting, master.agent);
  if ('why' in work) return { code: 'not-known', why: work.why };
  const { by } = work;
  const live = work.tasks.filter((task) => !task.terminalUnacknowledged);
  if (live.length > 0) return ofLive(drain, live, by, sighting, at);
  const unacknowledged = work.tasks.filter((task) => task.terminalUnacknowledged);
  if (unacknowledged.length > 0) {
    const frameworks = unacknowledging(unacknowledged, sighting, at, before);
    return { code: 'unacknowledged', by, tasks: unacknowledged.length, frameworks };
  }
  // Those on resource providers do not hold the master up; the agent's own do (mesos-api 2.2).
  const blocking = work.operations.filter(({ resourceProvider }) => resourceProvider === null);
  if (blocking.length > 0) {
    const named = namedOperations(blocking, sighting);
    return { code: 'operations-pending', by, operations: blocking.length, named };
  }
  const nudges = drain.state.status === 'draining' ? drain.state.nudges.sent : 0;
  const held = heldBy(drain, master.agent);
  return { code: 'missed-check', by, leader: master.leader, nudges, held };
}

/** What the agent holds, by its own word or else the master's; or why nobody says so. */
function workOf(
  { agent, diagnosis }: Sighting,
  { used, version }: RegisteredAgent,
): { by: Word; tasks: TaskFacts[]; operations: OperationFacts[] } | { why: string } {
  if (agent.kind === 'asked') {
    if (agent.pending + agent.queued + agent.launched > agent.tasks.length)
      return { why: 'the agent counts tasks that it does not list' };
    // It leaves that only when nothing is left on it, whatever the bot may see (mesos-api 1.5, 2.3).
    if (agent.draining && isNothingListed(agent) && !is19(version))
      return {
        why: 'the agent lists nothing, and says that it is still draining: the permissions of the bot may hide tasks',
      };
    return { by: 'agent', tasks: agent.tasks, operations: agent.operations };
  }
  if (diagnosis === null) return { why: agent.why };
  const { tasks, operations } = diagnosis;
  if (!tasks.known) return { why: `${agent.why}; the master's own list of tasks: ${tasks.why}` };
  if (!operations.known)
    return { why: `${agent.why}; the master's own list of operations: ${operations.why}` };
  // What the bot may not see, the master leaves out without a word (mesos-api 1.5).
  if (tasks.value.length === 0 && isInUse(used))
    return {
      why: `${agent.why}; the master shows resources in use and lists no task, as it does to those who may not see them`,
    };
  return { by: 'master', tasks: tasks.value, operations: operations.value };
}

function ofLive(drain: Drain, live: TaskFacts[], by: Word, sighting: Sighting, at: Instant): Cause {
  const end = drain.expectedEnd;
  if (end !== null && at > end)
    return {
      code: 'tasks-overdue',
      by,
      tasks: live.slice(0, shown).map((task) => namedTask(task, sighting)),
      count: live.length,
      since: end,
    };
  const named = live
    .map((task) => ({ ...namedTask(task, sighting), until: killedBy(task, drain) }))
    .sort((a, b) => b.until - a.until)
    .slice(0, shown);
  return { code: 'tasks-in-grace', by, tasks: live.length, until: end, named };
}

/** When its executor must have killed it, counted from when the master took the drain. */
function killedBy({ killPolicySeconds }: TaskFacts, { state, intendedAt, maxGrace }: Drain): Instant {
  const from = state.status === 'draining' ? state.acceptedAt : intendedAt;
  return after(from, effectiveGrace(killPolicySeconds, maxGrace).graceSeconds * 1000);
}

function stillBusy(agent: Asked, sighting: Sighting): Cause {
  return {
    code: 'agent-still-busy',
    executors: agent.executors.length,
    tasks: agent.pending + agent.queued + agent.launched,
    operations: agent.operations.length,
    draining: agent.draining,
    named: namedExecutors(agent.executors, sighting),
    pending: namedOperations(agent.operations, sighting),
  };
}

function heldBy({ markGone }: Drain, agent: RegisteredAgent): NudgeHeld | null {
  if (markGone) return 'marks-gone';
  return is19(agent.version) ? 'version-1.9' : null;
}

/** There an agent that was empty when its drain began is left draining (MESOS-10118). */
function is19(version: string): boolean {
  return /^1\.9\./.test(version);
}

function isNothingListed({ tasks, executors, operations }: Asked): boolean {
  return tasks.length + executors.length + operations.length === 0;
}
