import type { FrameworkFacts, Held, KnownAgent, RegisteredAgent } from './agent.ts';
import type { ClusterName, DrainId, Instant, Seconds } from './ids.ts';

/** A fact, or why it is not known. "Not known" is never "none". */
export type Known<T> = { known: true; value: T } | { known: false; why: string };

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
  /** When the last task must be gone, from each task's effective grace; null: nothing runs or it is not known. */
  expectedEnd: Instant | null;
  /** The machine's entry in the maintenance schedule, or null: the master refuses to drain a scheduled machine. */
  scheduled: Known<string | null>;
  pendingOperations: Known<number>;
  /** What it holds; of an agent that is away, as it was last seen. */
  held: Known<Held[]>;
  /** Our own drain on this agent, open or proven. */
  openDrain: DrainId | null;
  /** Candidates of the same hostname that were not chosen: a re-imaged machine has a new id. */
  alsoKnownAs: { agentId: string; state: string }[];
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
  tasks: {
    name: string;
    state: string;
    graceSeconds: number;
    graceFrom: 'kill-policy' | 'max-grace' | 'executor-default';
  }[];
}
