import type { AgentId, FrameworkId, Instant, MasterId } from './ids.ts';

/** The drain as the master shows it. `maxGraceNs` null: none is set. Nanoseconds as the master counts them;
 * past 2^53 they are rounded, which {@link sameGrace} allows for. Source: GET_AGENTS `drain_info`. */
export interface MasterDrain {
  state: 'DRAINING' | 'DRAINED';
  maxGraceNs: number | null;
  markGone: boolean;
}

/** Who leads, as GET_MASTER tells. `id` changes with each leading process. */
export interface Leader {
  id: MasterId;
  version: string;
  url: string;
  /** Since 1.9: DRAIN_AGENT, DEACTIVATE_AGENT and REACTIVATE_AGENT. */
  canDrain: boolean;
}

/** An attribute `rack=r12`; ranges and scalars as text. */
export type Attributes = Record<string, string>;

/** cpus; mem, disk in MB; gpus. */
export interface Room {
  cpus: number;
  mem: number;
  disk: number;
  gpus: number;
}

/** A persistent volume or a dynamic reservation: what marking the agent gone would destroy. `sizeMb` null: not disk. */
export type Held =
  | { kind: 'volume'; id: string; role: string; sizeMb: number }
  | { kind: 'reservation'; role: string; resource: string; amount: number };

/** An agent that the leading master has registered now. Source: GET_AGENTS, `/slaves?slave_id=`. */
export interface RegisteredAgent {
  agentId: AgentId;
  hostname: string;
  /** IP and port of the agent's own API, from its `pid`; the IP is also the machine's in the maintenance schedule. */
  address: { ip: string; port: number };
  attributes: Attributes;
  version: string;
  active: boolean;
  deactivated: boolean;
  canDrain: boolean;
  drain: MasterDrain | null;
  /** The master's estimate; null when it never had one or lost it in a failover. */
  drainStartedAt: Instant | null;
  total: Room;
  used: Room;
  held: Held[];
}

/** An agent as the directory remembers it, whatever has become of it. */
export interface KnownAgent {
  agentId: AgentId;
  hostname: string;
  address: { ip: string; port: number } | null;
  attributes: Attributes;
  /** Null: not known, for it was never seen registered. */
  held: Held[] | null;
  /** All that it has, and what is in use of it, as it was last seen registered; null: not known. */
  room: { total: Room; used: Room } | null;
  /** What the last look said; `unlisted` = the sweep no longer saw it, and nobody has asked why yet. */
  state:
    | 'active'
    | 'deactivated'
    | 'draining'
    | 'drained'
    | 'disconnected'
    | 'recovered'
    | 'unreachable'
    | 'gone'
    | 'unlisted';
  lastSeenAt: Instant;
}

/** A machine as the maintenance schedule names it. */
export interface Machine {
  hostname: string | null;
  ip: string | null;
}

/** What a leader's registry holds of one agent. */
export type RegistryWord =
  | { kind: 'gone'; at: Instant }
  | { kind: 'unreachable'; since: Instant; drain: MasterDrain | null; deactivated: boolean }
  /** Registered with it, or known from before it led. */
  | { kind: 'admitted' }
  /** `down`: the machines that are DOWN for maintenance, whose agents it has removed. */
  | { kind: 'none'; down: Machine[] };

/** One look at one agent through the leading master. */
export type MasterSighting =
  | { kind: 'registered'; leader: MasterId; agent: RegisteredAgent }
  /** Known from the registry, not re-registered since a failover; the master shows no drain of it. */
  | { kind: 'recovered'; leader: MasterId }
  | { kind: 'unreachable'; leader: MasterId; since: Instant; drain: MasterDrain | null; deactivated: boolean }
  | { kind: 'gone'; leader: MasterId; at: Instant }
  /** In no list of the registry of one and the same leader: unregistered, replaced, taken down, or pruned. `down`: the
   * machines that it shows as DOWN for maintenance; absent: none. */
  | { kind: 'absent'; leader: MasterId; down?: Machine[] }
  /** The leader does not list it, and the registry could not tell why. Absence is not proof. */
  | { kind: 'unexplained'; leader: MasterId; why: string }
  /** The master could not be asked, or is not recovered. */
  | { kind: 'not-read'; why: string };

/** One task as the agent or the master tells of it. */
export interface TaskFacts {
  taskId: string;
  name: string;
  framework: FrameworkId;
  /** Mesos's `TASK_…`. */
  state: string;
  /** Null: the task has no kill policy of its own. */
  killPolicySeconds: number | null;
  /** What is allocated to it. */
  resources: Room;
  /** Whose process ends it: Mesos's own command executor, or one that its framework named, the default one included. */
  executor: 'command' | 'own';
  /** Ended, but its framework has not acknowledged so yet: this blocks DRAINED. */
  terminalUnacknowledged: boolean;
}

/** One executor that runs on an agent; custom ones may outlive their tasks. */
export interface ExecutorFacts {
  executorId: string;
  /** Null: the agent does not name it. */
  framework: FrameworkId | null;
}

/** One Mesos offer operation that has not ended. */
export interface OperationFacts {
  /** Mesos's `CREATE_VOLUME`, `CREATE_DISK` … */
  type: string;
  /** What its framework named it, else Mesos's own UUID in base64. */
  id: string;
  /** Null: an operator asked for it. */
  framework: FrameworkId | null;
  /** On whose resources; null: the agent's own. Only those stop the master from saying DRAINED (mesos-api 2.2). */
  resourceProvider: string | null;
}

/** The agent's own word on its work. */
export type AgentSighting =
  | {
      kind: 'asked';
      pending: number;
      queued: number;
      launched: number;
      tasks: TaskFacts[];
      executors: ExecutorFacts[];
      /** Those that have not ended, on resource providers too. */
      operations: OperationFacts[];
      /** Present while the agent itself still drains, whatever the master says. */
      draining: boolean;
    }
  | { kind: 'not-asked'; why: string };

/** What an agent says of its work, in numbers: what a proof of empty rests on. */
export interface AgentWord {
  pending: number;
  queued: number;
  launched: number;
  executors: number;
  pendingOperations: number;
  draining: boolean;
}

/** One look at one agent: the master's word and the agent's. */
export interface Sighting {
  at: Instant;
  master: MasterSighting;
  agent: AgentSighting;
  /** Names of frameworks as far as known, with whether they are connected now. */
  frameworks: FrameworkFacts[];
  /** The master's own word on the work of an agent that can't be asked; null: not read. */
  diagnosis: Diagnosis | null;
}

/** From GET_TASKS and GET_OPERATIONS of the whole cluster: a heavy read, so some minutes old at times. */
export interface Diagnosis {
  at: Instant;
  tasks: Known<TaskFacts[]>;
  operations: Known<OperationFacts[]>;
}

/** A fact, or why it is not known. "Not known" is never "none". */
export type Known<T> = { known: true; value: T } | { known: false; why: string };

export interface FrameworkFacts {
  id: FrameworkId;
  name: string;
  connected: boolean;
  /** Null: not told. */
  failoverTimeoutSeconds: number | null;
  webUrl: string | null;
  partitionAware: boolean;
  knowsTaskKilling: boolean;
}

/** Whether the master counts anything of an agent as in use. */
export function isInUse({ cpus, mem, disk, gpus }: Room): boolean {
  return cpus + mem + disk + gpus > 0;
}

/** The state of a registered agent in one word, as `agents` shows it. */
export function stateOf(
  agent: Pick<RegisteredAgent, 'active' | 'deactivated' | 'drain'>,
): KnownAgent['state'] {
  if (agent.drain?.state === 'DRAINED') return 'drained';
  if (agent.drain !== null) return 'draining';
  if (agent.deactivated) return 'deactivated';
  // Neither offered nor deactivated: the only trace that a lost connection leaves (mesos-api 2.4).
  return agent.active ? 'active' : 'disconnected';
}

/** Whether the master's grace is the one we meant. Both sides are the nearest double of the exact nanoseconds. */
export function sameGrace(shownNs: number | null, meantSeconds: number | null): boolean {
  return meantSeconds === null ? shownNs === null : shownNs === meantSeconds * 1e9;
}
