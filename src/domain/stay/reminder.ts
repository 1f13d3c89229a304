import type { Way } from '../drain.ts';
import type { AgentId, DrainId, Instant, UserId } from '../ids.ts';
import type { Refusal } from '../refusal.ts';

/** Why people are reminded that an agent is out of service. */
export type Reminder =
  | { why: 'forgotten' }
  /** Its time is over, and the policy leaves it to people. */
  | { why: 'by-policy' }
  /** Its time was over a while ago, when nobody could bring it back. `refusal`: what stood in the way when it was last
   * tried; null: it was not tried, or nobody remembers. */
  | { why: 'late'; refusal: Refusal | null }
  /** Its time is over, and its machine is in the maintenance schedule, as the master writes it. */
  | { why: 'scheduled'; machine: string }
  /** Its time is over, and it may not be brought back now. */
  | { why: 'refused'; refusal: Refusal };

/** Whose agent is still out of service. */
export interface StillOut {
  drain: DrainId;
  way: Way;
  agentId: AgentId;
  hostname: string;
  requester: UserId;
  reason: string | null;
  since: Instant;
  /** When its time was over; null: it had none. */
  until: Instant | null;
}

/** What is told in its thread of the time for which an agent is out. */
export type StayNews =
  | { news: 'still-out'; reminder: Reminder; at: Instant }
  /** `by` had it stay for that long. */
  | { news: 'set'; by: UserId; seconds: number };
