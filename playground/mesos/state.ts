import type { SimClock } from '../clock.ts';
import type {
  Acks,
  AclAction,
  AgentSpec,
  Credential,
  ExecutorKind,
  FrameworkSpec,
  TaskSpec,
  Timings,
} from './spec.ts';

/** What DRAIN_AGENT asked for. `graceNs` is null when no maximum was given; it may be negative or have
 * overflowed, as in Mesos (recordings hostile_*). */
export interface DrainConfig {
  graceNs: bigint | null;
  markGone: boolean;
}

export interface DrainInfo {
  state: 'DRAINING' | 'DRAINED';
  config: DrainConfig;
}

export interface MachineId {
  hostname?: string;
  ip?: string;
}

export interface Window {
  machineIds: MachineId[];
  startNs: bigint;
  durationNs: bigint | null;
}

export interface Machine {
  id: MachineId;
  mode: 'DRAINING' | 'DOWN';
}

/** What survives a failover (mesos src/master/registry.proto). */
export interface Registry {
  agents: Map<string, { host: Host; deactivated: boolean; drain: DrainInfo | null }>;
  unreachable: Map<string, { host: Host; at: number; deactivated: boolean; drain: DrainInfo | null }>;
  gone: Map<string, number>;
  windows: Window[];
  machines: Machine[];
  /** AGENT_DRAINING once anything was drained or deactivated. */
  drainingUsed: boolean;
}

/** A machine with an agent process on it; agent ids come and go. */
export interface Host {
  readonly spec: AgentSpec;
  readonly port: number;
}

export type TaskState =
  | 'TASK_STARTING'
  | 'TASK_RUNNING'
  | 'TASK_KILLING'
  | 'TASK_KILLED'
  | 'TASK_FINISHED'
  | 'TASK_FAILED'
  | 'TASK_LOST'
  | 'TASK_UNREACHABLE'
  | 'TASK_GONE_BY_OPERATOR';

export interface TaskStatus {
  state: TaskState;
  source: 'SOURCE_EXECUTOR' | 'SOURCE_MASTER' | 'SOURCE_AGENT';
  at: number;
  /** null: the master's own, which nobody acknowledges. */
  uuid: string | null;
  message?: string;
  reason?: string;
}

/** A task as one process (master or agent) sees it. */
export interface Task {
  readonly spec: TaskSpec;
  readonly frameworkId: string;
  readonly agentId: string;
  readonly containerId: string;
  readonly executorPid: number;
  state: TaskState;
  statuses: TaskStatus[];
  /** State and uuid of the newest update that arrived, acknowledged or not. */
  updateState: TaskState | null;
  updateUuid: string | null;
}

export interface Operation {
  readonly uuid: string;
  readonly agentId: string;
  readonly frameworkId: string | null;
  readonly kind: 'RESERVE' | 'CREATE_DISK';
  /** Operations of a resource provider do not hold up DRAINED (mesos-api 2.2). */
  readonly resourceProvider: boolean;
  state: 'OPERATION_PENDING' | 'OPERATION_FINISHED';
  statusUuid: string | null;
}

/** An agent that is registered with the leading master. */
export interface RegisteredAgent {
  readonly id: string;
  readonly host: Host;
  connected: boolean;
  registeredAt: number;
  reregisteredAt: number | null;
  /** Lost with the object: after a failover or a return from unreachable. */
  drainStartedAt: number | null;
  tasks: Map<string, Task>;
  operations: Map<string, Operation>;
}

export interface MasterFramework {
  readonly id: string;
  readonly spec: FrameworkSpec;
  connected: boolean;
  /** Known only from an agent, since a failover. */
  recovered: boolean;
  registeredAt: number | null;
  reregisteredAt: number | null;
  unregisteredAt: number | null;
  unreachableTasks: Task[];
  completedTasks: Task[];
}

/** The memory of the leading master's process. */
export interface Leader {
  readonly index: number;
  electedAt: number;
  /** Whether the registry has been read: until then /api/v1 answers 503. */
  recovered: boolean;
  agents: Map<string, RegisteredAgent>;
  recoveredAgents: Map<string, Host>;
  unreachable: Map<string, { host: Host; at: number }>;
  gone: Map<string, number>;
  /** Leftovers of gone agents stay in these two, as in Mesos (mesos-api 2.5). */
  draining: Map<string, DrainInfo>;
  deactivated: Set<string>;
  frameworks: Map<string, MasterFramework>;
  completedFrameworks: MasterFramework[];
  /** By agent, what each framework said to its inverse offer; nobody else remembers it. */
  inverseOffers: Map<string, Map<string, InverseOfferStatus>>;
}

export interface InverseOfferStatus {
  readonly status: 'ACCEPT' | 'DECLINE';
  readonly at: number;
}

export interface MasterProcess {
  readonly index: number;
  readonly port: number;
  id: string;
  startedAt: number;
  running: boolean;
  /** The index of the master it believes to lead; null: none. */
  believes: number | null;
}

/** A task in the hands of its executor. */
export interface RunningTask {
  readonly task: Task;
  /** Cancels the end that is scheduled. */
  cancelEnd: (() => void) | null;
  /** When SIGKILL comes, once the task is being killed. */
  killAt: number | null;
  sigtermAt: number | null;
  executorRunning: boolean;
  /** Updates not yet acknowledged, oldest first; the first is on its way. */
  unacknowledged: TaskStatus[];
  /** Cancels the repetition of the first. */
  cancelRetry: (() => void) | null;
}

/** The agent process on a host. */
export interface AgentProcess {
  readonly host: Host;
  /** null: never registered, unregistered, shut down for maintenance or wiped; the next start takes a new id. The order
   * to a gone agent leaves it, so that it is refused again and again. */
  id: string | null;
  running: boolean;
  /** Told by the master to shut down: it ends with its last executor; `forgets`: and with its id. */
  terminating: boolean | 'forgets';
  drain: { config: DrainConfig; startedAt: number } | null;
  tasks: Map<string, RunningTask>;
  completedTasks: Task[];
  operations: Map<string, Operation>;
}

/** The scheduler side of a framework. */
export interface Scheduler {
  readonly spec: FrameworkSpec;
  id: string | null;
  connected: boolean;
  acks: Acks;
  cancelTimeout: (() => void) | null;
}

/** A mutating call that took effect. `body` is the call's sub-message as it was sent. */
export interface AppliedCall {
  readonly master: number;
  readonly type: string;
  readonly body: unknown;
  readonly principal: string | null;
  readonly at: number;
}

/** Sees a call about an agent before it is carried out; what it returns is called once that took effect. */
export type CallWitness = (type: string, agentId: string) => (() => void) | undefined;

/** Everything there is. Only the files beside this one change it. */
export interface Cluster {
  readonly clock: SimClock;
  readonly newId: () => string;
  readonly timings: Timings;
  readonly version: string;
  readonly credentials: readonly Credential[];
  readonly agentCredentials: readonly Credential[];
  readonly acls: Readonly<Partial<Record<AclAction, readonly string[]>>>;
  readonly masters: MasterProcess[];
  readonly registry: Registry;
  readonly processes: AgentProcess[];
  readonly schedulers: Scheduler[];
  readonly applied: AppliedCall[];
  readonly witnesses: CallWitness[];
  leader: Leader | null;
  zooKeeperUp: boolean;
  agentsSeen: number;
  frameworksSeen: number;
  nextPid: number;
}

/** The executor of a task; `command` unless it says otherwise. */
export const executorOf = (spec: TaskSpec): ExecutorKind => spec.executor ?? 'command';

/** Whether no further state follows. TASK_UNREACHABLE is not terminal. */
export const isTerminal = (state: TaskState): boolean =>
  !['TASK_STARTING', 'TASK_RUNNING', 'TASK_KILLING', 'TASK_UNREACHABLE'].includes(state);

export const DEFAULT_FRAMEWORK_CAPABILITIES: readonly string[] = [
  'RESERVATION_REFINEMENT',
  'TASK_KILLING_STATE',
  'REVOCABLE_RESOURCES',
  'PARTITION_AWARE',
];

/** Whether a framework declared a capability. */
export const declares = (spec: FrameworkSpec, capability: string): boolean =>
  (spec.capabilities ?? DEFAULT_FRAMEWORK_CAPABILITIES).includes(capability);

/** The process that runs under an agent id, or null. */
export const processOf = (cluster: Cluster, agentId: string): AgentProcess | null =>
  cluster.processes.find((process) => process.id === agentId) ?? null;

/** The scheduler with a framework id, or null. */
export const schedulerOf = (cluster: Cluster, frameworkId: string): Scheduler | null =>
  cluster.schedulers.find((scheduler) => scheduler.id === frameworkId) ?? null;
