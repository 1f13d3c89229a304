import type { FrameworkFacts, Held, Known, KnownAgent, Leader, RegisteredAgent, TaskFacts } from './agent.ts';
import type { FrameworkUsual } from './history/usual.ts';
import type { ClusterName, DrainId, Instant, Seconds } from './ids.ts';
import type { OpenWork } from './preview/open-work.ts';
import type { RoomElsewhere } from './preview/room.ts';
import type { Spread } from './preview/spread.ts';
import type { Unlisted } from './preview/unlisted.ts';

export type { Known } from './agent.ts';

/** What a drain will cost, as far as could be read. */
export interface Preview {
  cluster: ClusterName;
  at: Instant;
  subject: PreviewSubject;
  /** The max grace period that was asked for; null: none. */
  maxGrace: Seconds | null;
  markGone: boolean;
  /** The master is to mark it gone by itself, with the first call. */
  unattended: boolean;
  /** Why the agent's own word on its work is missing; null: it answered. */
  agentNotAsked: string | null;
  groups: Known<TaskGroup[]>;
  /** What is in use beyond these tasks, by executors or by tasks that the bot may not see; null: no more than usual, or
   * nobody can say. */
  unlisted: Unlisted | null;
  /** When the last task must be gone, from each task's effective grace; null: nothing runs or it is not known. */
  expectedEnd: Instant | null;
  /** The machine's entry in the maintenance schedule, or null: the master refuses to drain a scheduled machine. */
  scheduled: Known<string | null>;
  pendingOperations: Known<number>;
  /** What it holds; of an agent that is away, as it was last seen. */
  held: Known<Held[]>;
  /** What leads: whether it can drain at all, and its version. */
  master: Known<Pick<Leader, 'version' | 'canDrain'>>;
  /** Our own drain on this agent, open or proven. */
  openDrain: DrainId | null;
  /** Candidates of the same hostname that were not chosen: a re-imaged machine has a new id. */
  alsoKnownAs: { agentId: string; state: string }[];
  /** What lies beyond the agent; null: nobody looked, because nobody is shown it, or an older bot did not. */
  beyond: Beyond | null;
}

/** What the rest of the cluster, and our other work, make of a drain. */
export interface Beyond {
  /** Of each framework that has tasks on the agent: what of it runs hardly anywhere else. */
  spread: Spread[];
  /** Null: there is nothing that would need room. */
  room: Known<RoomElsewhere> | null;
  /** How long it took its frameworks before; absent: an older bot did not tell. */
  usual?: FrameworkUsual[];
  work: OpenWork[];
}

export type PreviewSubject =
  | { kind: 'registered'; agent: RegisteredAgent }
  /** Not registered now: `known` is the directory's memory, `state` what the master says of it. */
  | {
      kind: 'away';
      known: KnownAgent;
      state: 'unreachable' | 'recovered' | 'gone' | 'absent' | 'unexplained';
      since: Instant | null;
    };

/** The running tasks of one framework on the agent. */
export interface TaskGroup {
  framework: FrameworkFacts | { id: string; name: null; why: string };
  tasks: PreviewTask[];
}

/** A task, with the time between its SIGTERM and its SIGKILL. */
export interface PreviewTask {
  name: string;
  state: string;
  graceSeconds: number;
  /** `raised`: the max grace period gives it more than its executor would, for it has no kill policy. */
  graceFrom: 'kill-policy' | 'max-grace' | 'raised' | 'executor-default';
  /** What it has without the max grace period. */
  ownGraceSeconds: number;
  /** Null: an older bot did not tell. */
  executor: TaskFacts['executor'] | null;
}
