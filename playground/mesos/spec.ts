/** Amounts; `ports` are ranges, both ends included. */
export interface Amounts {
  readonly cpus?: number;
  readonly mem?: number;
  readonly disk?: number;
  readonly gpus?: number;
  readonly ports?: readonly (readonly [number, number])[];
}

export interface VolumeSpec {
  readonly id: string;
  readonly role: string;
  readonly principal: string;
  readonly containerPath: string;
  /** MB of disk. */
  readonly size: number;
}

export interface ReservationSpec extends Amounts {
  readonly role: string;
  readonly principal: string;
}

export interface AgentSpec {
  readonly hostname: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Default: 4 cpus, 2048 mem, 4096 disk, ports 31000-32000. */
  readonly resources?: Amounts;
  readonly domain?: { readonly region: string; readonly zone: string };
  readonly version?: string;
  /** Default: those of 1.12, AGENT_DRAINING among them. */
  readonly capabilities?: readonly string[];
  readonly reservations?: readonly ReservationSpec[];
  readonly volumes?: readonly VolumeSpec[];
}

/** When a framework acknowledges a status update. `never`: it is connected and silent. */
export type Acks = 'prompt' | 'never' | { readonly slowMs: number };

export interface FrameworkSpec {
  readonly name: string;
  /** Default: what mesos-execute has, PARTITION_AWARE and TASK_KILLING_STATE among them. */
  readonly capabilities?: readonly string[];
  readonly failoverTimeoutSeconds?: number;
  readonly connected?: boolean;
  readonly acks?: Acks;
  /** What it says to inverse offers. Default: nothing, like most, which don't know them. */
  readonly inverseOffers?: 'ACCEPT' | 'DECLINE';
  readonly webuiUrl?: string;
  readonly role?: string;
  readonly principal?: string;
  readonly user?: string;
  /** Whether its executors outlive a restart of the agent process. Default true. */
  readonly checkpoint?: boolean;
}

/** `command` is the HTTP command executor; `legacy-command` the libprocess one, upstream's default, which ignores
 * a maximum grace period (recording v0exec_1_DRAIN); `custom` decides for itself how long it takes. */
export type ExecutorKind = 'command' | 'default' | 'custom' | 'legacy-command';

export interface TaskSpec {
  /** Its id too, so it names one task of its framework. */
  readonly name: string;
  /** The name in Mesos, where several instances of one thing share it. Default: `name`. */
  readonly shownAs?: string;
  readonly framework: string;
  /** Hostname. */
  readonly agent: string;
  readonly resources?: Amounts;
  readonly killPolicySeconds?: number;
  readonly executor?: ExecutorKind;
  /** From SIGTERM to the end of the process; Infinity: only SIGKILL ends it. Default Infinity. */
  readonly exitsAfterSigtermMs?: number;
  /** How long the executor stays on after its task ended. Default 0. */
  readonly executorLingersMs?: number;
  /** How the state ends when the process obeys SIGTERM. Default TASK_KILLED. */
  readonly endsAs?: 'TASK_KILLED' | 'TASK_FINISHED' | 'TASK_FAILED';
  readonly labels?: Readonly<Record<string, string>>;
  /** Ids of the persistent volumes of its agent that the task uses. */
  readonly volumes?: readonly string[];
  readonly command?: string;
}

/** Actions that an ACL can deny; a missing entry allows everybody. The names are those of mesos acls.proto. */
export type AclAction =
  | 'drain_agents'
  | 'deactivate_agents'
  | 'reactivate_agents'
  | 'mark_agents_gone'
  | 'update_maintenance_schedules'
  | 'start_maintenances'
  | 'stop_maintenances'
  | 'view_frameworks'
  | 'view_tasks';

export interface Credential {
  readonly principal: string;
  readonly secret: string;
}

/** Durations in ms; the defaults are Mesos's own, demos shorten them. */
export interface Timings {
  /** From a dead connection to unreachable: 5 pings of 15 s. */
  readonly agentPingTimeoutMs: number;
  readonly agentReregisterTimeoutMs: number;
  /** From the leader's death to a new leader: the ZooKeeper session (recording ha_22: 9.6 s). */
  readonly electionMs: number;
  /** From election until the registry is read. */
  readonly recoveryMs: number;
  /** From a recovered master to the first agent, and between one agent and the next. */
  readonly reregistrationMs: number;
  /** From the kill message to TASK_KILLING and SIGTERM. */
  readonly killReactionMs: number;
  /** One hop of a status update or of an acknowledgement. */
  readonly messageMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  agentPingTimeoutMs: 75_000,
  agentReregisterTimeoutMs: 600_000,
  electionMs: 9_500,
  recoveryMs: 400,
  reregistrationMs: 300,
  killReactionMs: 60,
  messageMs: 20,
};

/** A whole cluster as data. */
export interface ClusterSpec {
  /** How many masters; the first leads. Default 1. */
  readonly masters?: number;
  readonly agents: readonly AgentSpec[];
  readonly frameworks?: readonly FrameworkSpec[];
  readonly tasks?: readonly TaskSpec[];
  /** With credentials, masters demand Basic authentication. */
  readonly credentials?: readonly Credential[];
  readonly agentCredentials?: readonly Credential[];
  /** Principals that may; others get 403 on calls and see less on reads. */
  readonly acls?: Readonly<Partial<Record<AclAction, readonly string[]>>>;
  readonly timings?: Partial<Timings>;
  /** Mesos version of masters and agents. Default 1.12.0. */
  readonly version?: string;
}
