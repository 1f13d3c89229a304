import type { Machine } from '../agent.ts';
import type { FrameworkId, Instant, MasterId } from '../ids.ts';
import type { Window } from './window.ts';

/** The maintenance schedule and what has come of it, as one leader showed both; the same master led before the first
 * read and after the last. A master leaves out, without a word, machines that the bot may not see. */
export interface MaintenanceSeen {
  leader: MasterId;
  windows: Window[];
  /** In the schedule and not DOWN. Mesos kills nothing on them, and sends their frameworks inverse offers. */
  draining: DrainingMachine[];
  down: Machine[];
}

/** A machine that is to go down. */
export interface DrainingMachine {
  machine: Machine;
  /** None of a machine that matches no agent, none of a deactivated agent, and none after a failover: they are in the
   * leader's memory only (mesos-api 6). */
  answers: InverseOfferAnswer[];
}

/** What a framework said to its inverse offer. A hint only: nothing is bound by it. */
export interface InverseOfferAnswer {
  framework: FrameworkId;
  /** Mesos's words; UNKNOWN: it has not answered. */
  answer: 'ACCEPT' | 'DECLINE' | 'UNKNOWN';
  at: Instant;
}
