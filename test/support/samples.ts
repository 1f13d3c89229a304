import type { InboxCommand, TypedCommand } from '../../src/app/ports.ts';
import type {
  AgentSighting,
  FrameworkFacts,
  KnownAgent,
  MasterDrain,
  MasterSighting,
  OperationFacts,
  RegisteredAgent,
  Sighting,
  TaskFacts,
} from '../../src/domain/agent.ts';
import type { Amendment } from '../../src/domain/drain/amendment.ts';
import type { Cause } from '../../src/domain/drain/cause.ts';
import { noNudges } from '../../src/domain/drain/nudge.ts';
import type { Drain, DrainState } from '../../src/domain/drain.ts';
import * as ids from '../../src/domain/ids.ts';
import type { Preview, PreviewTask } from '../../src/domain/preview.ts';

/** 2026-11-22T12:00:00Z: when the sample drain was intended and accepted. */
export const noon = ids.instant(Date.UTC(2026, 10, 22, 12));

/** So many seconds after {@link noon}. */
export function at(secondsAfterNoon: number): ids.Instant {
  return ids.after(noon, secondsAfterNoon * 1000);
}

export const cluster = ids.clusterName('main');
export const agentId = ids.agentId('36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S3');
export const newerAgent = ids.agentId('36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S9');
export const leader = ids.masterId('master-1');
export const otherLeader = ids.masterId('master-2');
export const framework = ids.frameworkId('36693d5a-0000');
export const channel = ids.channelId('C0OPS');
export const home = ids.teamId('T0HOME');
export const alice = { userId: ids.userId('U0ALICE'), teamId: home, name: 'alice' };
export const bob = { userId: ids.userId('U0BOB'), teamId: home, name: 'bob' };

/** The config that the sample drain meant, as a master shows it. */
export const ours: Omit<MasterDrain, 'state'> = { maxGraceNs: 600e9, markGone: false };
export const draining: MasterDrain = { ...ours, state: 'DRAINING' };
export const drained: MasterDrain = { ...ours, state: 'DRAINED' };
/** Somebody else's: the same drain with another grace. */
export const foreign: MasterDrain = { ...ours, maxGraceNs: 60e9, state: 'DRAINING' };

/** A drain of 4 tasks with 10 min of grace, asked for by alice; still calling. */
export function drain(over: Partial<Drain> = {}): Drain {
  return {
    id: ids.drainId(17),
    way: 'drain',
    version: 1,
    cluster,
    agentId,
    hostname: 'agent3.example',
    attributes: { rack: 'r12' },
    requester: alice,
    channel,
    thread: ids.threadId('t-1'),
    correlation: ids.correlationId('c-1'),
    reason: 'kernel upgrade',
    maxGrace: ids.seconds(600),
    markGone: false,
    goneNext: false,
    approved: null,
    tookOver: null,
    plan: null,
    intendedAt: noon,
    tasksAtStart: 4,
    frameworks: null,
    expectedEnd: at(600),
    state: { status: 'calling' },
    ...over,
  };
}

type In<S extends DrainState['status']> = Extract<DrainState, { status: S }>;

/** Four tasks of 600 s each, as `asked(4)` shows them. */
export const inGrace: Cause = {
  code: 'tasks-in-grace',
  by: 'agent',
  tasks: 4,
  until: at(600),
  named: Array.from({ length: 4 }, () => ({ name: 'web', framework, state: 'TASK_RUNNING', until: at(600) })),
};

/** Draining since noon; 4 tasks were left at the first look. */
export function inDraining(over: Partial<In<'draining'>> = {}): In<'draining'> {
  return {
    status: 'draining',
    acceptedAt: noon,
    progress: { left: 4, quarter: 0, movedAt: noon },
    staying: [],
    waiting: { cause: inGrace, since: noon, toldAt: null },
    firstDrained: null,
    firstAbsent: null,
    witness: null,
    amendment: null,
    nudges: noNudges,
    ...over,
  };
}

/** One state of every status, without a half proof. */
export const states: { [S in DrainState['status']]: In<S> } = {
  calling: { status: 'calling' },
  checking: { status: 'checking', since: at(30), why: 'no answer in 30 s', noEffect: null, waiting: null },
  draining: inDraining(),
  drained: {
    status: 'drained',
    acceptedAt: noon,
    provenAt: at(60),
    proof: { by: 'master-and-agent' },
    firstAbsent: null,
    witness: null,
  },
  ended: { status: 'ended', at: at(60), end: { kind: 'not-applied' }, drainedAt: null },
};

/** agent3, registered and active. */
export function agent(over: Partial<RegisteredAgent> = {}): RegisteredAgent {
  return {
    agentId,
    hostname: 'agent3.example',
    address: { ip: '10.0.0.3', port: 5051 },
    attributes: { rack: 'r12' },
    version: '1.11.0',
    active: over.drain === undefined && over.deactivated !== true,
    deactivated: over.drain !== undefined && over.drain !== null,
    canDrain: true,
    drain: null,
    drainStartedAt: null,
    total: { cpus: 8, mem: 16_384, disk: 100_000, gpus: 0 },
    used: { cpus: 2, mem: 4_096, disk: 0, gpus: 0 },
    held: [],
    ...over,
  };
}

/** agent3 as the directory remembers it. */
export function known(over: Partial<KnownAgent> = {}): KnownAgent {
  return {
    agentId,
    hostname: 'agent3.example',
    address: { ip: '10.0.0.3', port: 5051 },
    attributes: { rack: 'r12' },
    held: [],
    room: null,
    state: 'active',
    lastSeenAt: noon,
    ...over,
  };
}

/** The agent is registered and shows this drain, or none. */
export function shows(shown: MasterDrain | null, by = leader): MasterSighting {
  return { kind: 'registered', leader: by, agent: agent(shown === null ? {} : { drain: shown }) };
}

export function unreachable(
  over: Partial<Extract<MasterSighting, { kind: 'unreachable' }>> = {},
): MasterSighting {
  return { kind: 'unreachable', leader, since: at(10), drain: draining, deactivated: true, ...over };
}

export function absent(by = leader): MasterSighting {
  return { kind: 'absent', leader: by };
}

export const notRead: MasterSighting = { kind: 'not-read', why: 'no master answers' };
export const unexplained: MasterSighting = { kind: 'unexplained', leader, why: 'the registry answers 403' };

export function task(over: Partial<TaskFacts> = {}): TaskFacts {
  return {
    taskId: 'web.1',
    name: 'web',
    framework,
    state: 'TASK_RUNNING',
    killPolicySeconds: null,
    resources: { cpus: 1, mem: 512, disk: 0, gpus: 0 },
    executor: 'command',
    terminalUnacknowledged: false,
    ...over,
  };
}

/** One that an operator asked for, on the agent's own resources. */
export function operation(over: Partial<OperationFacts> = {}): OperationFacts {
  return { type: 'RESERVE', id: 'op-1', framework: null, resourceProvider: null, ...over };
}

type Asked = Extract<AgentSighting, { kind: 'asked' }>;

/** The agent's own word: so many running tasks, by default none and nothing else left. `executors` and
 * `pendingOperations`: how many of its own. */
export function asked(
  launched = 0,
  {
    executors = launched,
    pendingOperations = 0,
    ...over
  }: Partial<Omit<Asked, 'executors'>> & { executors?: number; pendingOperations?: number } = {},
): Asked {
  return {
    kind: 'asked',
    pending: 0,
    queued: 0,
    launched,
    tasks: Array.from({ length: launched }, (_, n) => task({ taskId: `web.${n + 1}` })),
    executors: Array.from({ length: executors }, (_, n) => ({ executorId: `exec-${n + 1}`, framework })),
    operations: Array.from({ length: pendingOperations }, (_, n) => operation({ id: `op-${n + 1}` })),
    draining: launched > 0,
    ...over,
  };
}

/** alice takes the `mark_gone` of a drain back. */
export function takingBack(
  secondsAfterNoon: number,
  status: Amendment['status'],
  noEffect: Amendment['noEffect'] = null,
): Amendment {
  return { change: { kind: 'take-back' }, by: alice, at: at(secondsAfterNoon), status, noEffect };
}

export const notAsked: AgentSighting = { kind: 'not-asked', why: 'connection refused' };

/** One look, so many seconds after noon; the agent answers, with all 4 tasks running. */
export function sighting(
  secondsAfterNoon: number,
  master: MasterSighting,
  own: AgentSighting = asked(4),
  frameworks: FrameworkFacts[] = [],
): Sighting {
  return { at: at(secondsAfterNoon), master, agent: own, frameworks, diagnosis: null };
}

export function frameworkFacts(over: Partial<FrameworkFacts> = {}): FrameworkFacts {
  return {
    id: framework,
    name: 'marathon',
    connected: true,
    failoverTimeoutSeconds: null,
    webUrl: null,
    partitionAware: true,
    knowsTaskKilling: true,
    ...over,
  };
}

/** A command task without a kill policy, in a drain without a max grace period. */
export function previewTask(over: Partial<PreviewTask> = {}): PreviewTask {
  return {
    name: 'web',
    state: 'TASK_RUNNING',
    graceSeconds: 3,
    graceFrom: 'executor-default',
    ownGraceSeconds: 3,
    executor: 'command',
    ...over,
  };
}

/** A drain of agent3 that costs 1 task of 3 s. */
export function preview(over: Partial<Preview> = {}): Preview {
  return {
    cluster,
    at: noon,
    subject: { kind: 'registered', agent: agent() },
    maxGrace: null,
    markGone: false,
    unattended: false,
    agentNotAsked: null,
    groups: {
      known: true,
      value: [
        {
          framework: frameworkFacts(),
          tasks: [previewTask()],
        },
      ],
    },
    expectedEnd: at(3),
    scheduled: { known: true, value: null },
    pendingOperations: { known: true, value: 0 },
    held: { known: true, value: [] },
    master: { known: true, value: { version: '1.11.0', canDrain: true } },
    openDrain: null,
    alsoKnownAs: [],
    unlisted: null,
    beyond: null,
    ...over,
  };
}

/** A slash command, typed at noon by alice. */
export function typed(over: Partial<TypedCommand> = {}): TypedCommand {
  return {
    via: 'typed',
    triggerId: 'trigger-1',
    user: alice.userId,
    userName: alice.name,
    team: home,
    channel,
    text: 'drain agent3',
    responseUrl: 'https://hooks.slack.example/commands/1',
    receivedAt: noon,
    ...over,
  };
}

/** The same as it waits in the inbox. */
export function inboxCommand(over: Partial<InboxCommand> = {}): InboxCommand {
  return { ...typed(), id: 1, correlation: ids.correlationId('c-1'), ...over };
}
