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
  /** Of the frameworks that have answered. None of a machine that matches no agent, none of a deactivated agent; and
   * none right after a failover or any write of the schedule: they are in the leader's memory only, and are asked for
   * anew (mesos-api 6; mesos src/master/allocator/mesos/hierarchical.cpp). */
  answers: InverseOfferAnswer[];
}

/** What a framework said to its inverse offer. A hint only: nothing is bound by it. */
export interface InverseOfferAnswer {
  framework: FrameworkId;
  /** Mesos's words; UNKNOWN: it has not answered. The allocator of Mesos itself never writes that one. */
  answer: 'ACCEPT' | 'DECLINE' | 'UNKNOWN';
  at: Instant;
}
