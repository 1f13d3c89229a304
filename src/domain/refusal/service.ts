import type { DrainId } from '../ids.ts';
import type { AgentLabel } from '../refusal.ts';

/** What stands in the way of taking an agent out of service by hand, or back into it. */
export type ServiceRefusal =
  /** By ours: it has not been reactivated since. */
  | { code: 'already-deactivated'; agent: AgentLabel; drain: DrainId; permalink: string | null }
  /** A drain keeps new tasks away as it is. */
  | {
      code: 'drain-keeps-away';
      agent: AgentLabel;
      state: 'DRAINING' | 'DRAINED';
      /** Our own drain that it is out of service for; null: none that we know of. */
      ours: { drain: DrainId; permalink: string | null } | null;
    }
  | {
      code: 'agent-not-deactivatable';
      agent: AgentLabel;
      why: 'gone' | 'absent' | 'unreadable';
      detail: string;
    }
  | { code: 'cannot-cancel-deactivation'; agent: AgentLabel; drain: DrainId }
  /** From before Mesos 1.9. */
  | { code: 'master-cannot-drain'; verb: 'drain' | 'deactivate'; version: string }
  /** `agent` absent: written by an earlier version. */
  | {
      code: 'limit-reached';
      agent?: AgentLabel;
      /** `rack`: written by an earlier version. */
      limit: 'cluster' | 'rack' | { attribute: string; value: string };
      allowed: number;
      open: DrainId[];
    }
  | { code: 'not-deactivated'; agent: AgentLabel }
  | { code: 'still-draining'; agent: AgentLabel; says: 'master' | 'agent' }
  | {
      code: 'agent-not-reactivatable';
      agent: AgentLabel;
      why: 'gone' | 'absent' | 'unreadable';
      detail: string;
    }
  | { code: 'old-master-would-crash'; agent: AgentLabel; version: string; why: string }
  /** Since its return was asked for, by somebody for something else. */
  | { code: 'taken-out-since'; agent: AgentLabel; drain: DrainId; permalink: string | null }
  | { code: 'drain-in-the-way'; agent: AgentLabel; drain: DrainId; permalink: string | null }
  | { code: 'reactivation-open'; agent: AgentLabel; permalink: string | null };
