import type {
  AgentSighting,
  FrameworkFacts,
  KnownAgent,
  Leader,
  MasterSighting,
  OperationFacts,
  RegisteredAgent,
  RegistryWord,
  TaskFacts,
} from '../../domain/agent.ts';
import type { Call, CallOutcome } from '../../domain/call.ts';
import type { AgentId, ClusterName, FrameworkId, MasterId } from '../../domain/ids.ts';
import type { MaintenanceSeen } from '../../domain/maintenance/seen.ts';
import type { Schedule } from '../../domain/outside/machines.ts';
import type { ListedTask } from '../../domain/preview/spread.ts';

/** Reads of one cluster through its leading master and its agents. Every read is a projection.
 * Throws a MasterFault (app/faults.ts) where nothing could be read; `lookAt` answers `not-read` instead. */
export interface Master {
  readonly cluster: ClusterName;
  leader(): Promise<Leader>;
  /** One shared read of all agents (GET_AGENTS), for the directory and for `agents`. */
  sweep(): Promise<Sweep>;
  /** One look at one agent: `/slaves?slave_id=`, and the registry of the same leader where it isn't listed. */
  lookAt(agent: AgentId): Promise<MasterSighting>;
  /** The registry's word on agents that no list shows, in one read of the whole, whatever their number. */
  registryOn(agents: AgentId[]): Promise<{ leader: MasterId; words: Map<AgentId, RegistryWord> }>;
  /** The agent's own API; never throws. */
  askAgent(agent: AgentId, address: { ip: string; port: number }): Promise<AgentSighting>;
  /** The frameworks that the master knows now (GET_FRAMEWORKS). */
  frameworks(): Promise<FrameworkFacts[]>;
  /** The master's own tasks of one agent; reads GET_TASKS of the whole cluster: never on a timer. */
  tasksOf(agent: AgentId): Promise<TaskFacts[]>;
  /** A page of one framework's tasks on the whole cluster, the newest first, ended and lost ones among them
   * (`/tasks?framework_id=`). Never on a timer. */
  tasksOfFramework(framework: FrameworkId, page: { offset: number; limit: number }): Promise<ListedTask[]>;
  /** Pending operations on one agent (GET_OPERATIONS), resource providers included. */
  pendingOperationsOf(agent: AgentId): Promise<OperationFacts[]>;
  /** The machine's entry in the maintenance schedule as the master writes it, or null. */
  scheduled(machine: { hostname: string; ip: string }): Promise<string | null>;
  /** The whole maintenance schedule to the millisecond, and which of its machines are down. */
  schedule(): Promise<Omit<Schedule, 'at'>>;
  /** The whole maintenance schedule, exact, and what has come of it. A write in between two of its reads can show in
   * one of them only. */
  maintenance(): Promise<MaintenanceSeen>;
}

export interface Sweep {
  leader: Leader;
  registered: RegisteredAgent[];
  /** Known from the registry, not re-registered since a failover. */
  recovered: Pick<KnownAgent, 'agentId' | 'hostname' | 'attributes'>[];
}

/** The one way to change a cluster; handed to submit-call.ts and to nobody else (promise 1). */
export interface Calls {
  /** Sends at most once to a master that can apply it; never throws. `body` is what leaves, byte for byte. */
  submit(call: Call): Promise<CallOutcome>;
  /** The request body that `submit` will send, for the audit log. */
  bodyOf(call: Call): string;
}
